"""How a text that comes in is understood: by its first word, and no further."""

import pytest

from student_portal.messaging.service.inbound import wish


@pytest.mark.hazard("H24")
@pytest.mark.parametrize(
    "body",
    ["STOP", "stop", "Stop.", "  stop  ", "STOP please", "stop!!", "\"Stop\"", "Stop, thank you", "STOPALL",
     "unsubscribe", "Unsubscribe me", "arrêt", "ARRET", "END", "end.", "Cancel", "quit",
     "STOP\nsent from my phone",
     "*stop*", "stop_", "stop🙏"],
)  # fmt: skip
def test_stop_in_any_spelling_stops(body: str) -> None:
    assert wish(body) == "stop"


@pytest.mark.parametrize("body", ["START", "start", "Start please", "unstop"])
def test_start_in_any_spelling_starts(body: str) -> None:
    assert wish(body) == "start"


@pytest.mark.hazard("H17")
@pytest.mark.parametrize(
    "body",
    ["", " ", "🙂", "?", "thanks", "please stop", "I want to stop coming", "end it", "I want to die",
     "nonstop", "cancel my appointment on Monday", "yes", "x" * 1600, "1", "quitting is hard",
     "starting when?", "stopp3d"],
)  # fmt: skip
def test_anything_else_is_left_to_the_notice(body: str) -> None:
    assert wish(body) == ""
