"""Whatever was typed comes back letter for letter, or is said to be lost: never a half of it."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.accounts.service.locked_words import LONGEST
from student_portal.episodes.queries import SessionFacts
from tests.integration.locked.conftest import Screen, kept
from tests.support.asking import text

# What a browser can send of a box: any text, its lines ended as forms end them, no lone half of a letter.
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=60)
LINES = st.lists(TYPED, max_size=4).map("\r\n".join)
MANY = st.builds(lambda line, times: line * times, LINES, st.sampled_from([1, 1, 1, 400]))


@pytest.mark.hazard("H09")
@pytest.mark.one_database
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(formulation=MANY, plan=LINES)
def test_both_boxes_of_a_note_come_back_whole_or_not_at_all(
    screen: Screen, session: SessionFacts, formulation: str, plan: str
) -> None:
    screen.browser.get("/staff/accounts/sign-in")
    screen.clock.forward(minutes=1)
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/notes/{session.id}"
    locked = screen.leave_alone(page, formulation=formulation, plan=plan)
    if locked.status_code == 413:  # more bytes than any form may send; as without a lock
        assert kept() == []
        return
    said = text(screen.open(locked.location))
    screen.clock.forward(minutes=1)
    screen.sign_in_staff("Robin")
    shown = screen.open(page).get_data(as_text=True)
    back = [unescape(box) for box in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", shown, re.DOTALL)]
    if "what you typed is not saved yet" in said:
        assert len(formulation) + len(plan) <= LONGEST
        assert back == [formulation, plan]
        assert "nothing of this was saved yet" in shown
    else:
        assert "what you typed or pressed last was not saved" in said
        assert back == ["", ""]
        assert len(formulation) + len(plan) > LONGEST - 100
    if kept():
        screen.post(page, "/staff/accounts/words")
