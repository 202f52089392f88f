"""What can go wrong while a form is filled in: each ends with one truthful form, and nobody starts again."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from student_portal.access.queries import Viewer
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import queries as episode_facts
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries
from tests.integration.measures import story
from tests.integration.measures.conftest import Browser
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, SOMETIMES
from tests.support import care

HURT_MYSELF, LATER_SAFETY = 9, 16


def move(therapist: Viewer, session: SessionFacts, starts_at: datetime) -> None:
    facts = episode_facts.session(session.id)
    slot = Slot(facts.id, starts_at, 50, episode_facts.Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=therapist, at=clock.now())


def cancel(therapist: Viewer, session: SessionFacts) -> None:
    facts = episode_facts.session(session.id)
    episodes.cancel(
        session_id=facts.id, by_student=False, seen_version=facts.version, by=therapist, at=clock.now()
    )


def withdraw(student: Viewer, scope: Scope) -> None:
    consent.record(
        person_id=str(student.person_id), scope=scope, decision=Decision.WITHDRAWN,
        text_version="1", language="en-GB", channel="portal", by=student, at=clock.now(),
    )  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    """The fields that the question on this page sends along."""
    return dict(re.findall(r'name="(edition|blank)" type="hidden" value="([^"]*)"', page))


# The line breaks after the server has saved: the phone asks again, or a thumb pressed twice.


@pytest.mark.hazard("H01")
def test_a_lost_reply_does_not_lose_the_pause_page(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.open(f"/{HURT_MYSELF}")
    fields = hidden(hand.page.text) | {"answer": str(SOMETIMES)}
    hand.client.post(f"{hand.form}/{HURT_MYSELF}", data=fields)  # the reply never arrives
    hand.post(f"/{HURT_MYSELF}", **fields)
    assert hand.where == "/pause"
    assert "Back to the question" in hand.text
    assert story.stored(session) == {HURT_MYSELF: SOMETIMES}


@pytest.mark.hazard("H01")
def test_another_answer_after_a_lost_reply_brings_it_too(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.open(f"/{HURT_MYSELF}")
    fields = hidden(hand.page.text)
    hand.client.post(f"{hand.form}/{HURT_MYSELF}", data=fields | {"answer": str(SOMETIMES)})
    hand.post(f"/{HURT_MYSELF}", **fields, answer=str(OFTEN))
    assert hand.where == "/pause"
    assert story.stored(session) == {HURT_MYSELF: OFTEN}


@pytest.mark.hazard("H01")
def test_taken_back_after_a_lost_reply_the_pause_page_comes_at_the_next(hand: Phone) -> None:
    hand.post()
    hand.open(f"/{HURT_MYSELF}")
    fields = hidden(hand.page.text)
    hand.client.post(f"{hand.form}/{HURT_MYSELF}", data=fields | {"answer": str(SOMETIMES)})
    hand.post(f"/{HURT_MYSELF}", **fields, answer=str(NOT_AT_ALL))
    assert hand.where == "/10"
    hand.tap(LATER_SAFETY, SOMETIMES)
    assert hand.where == "/pause"


def test_going_back_from_the_pause_page_and_on_again_does_not_bring_it_twice(hand: Phone) -> None:
    hand.post()
    hand.open(f"/{HURT_MYSELF}")
    hand.post(f"/{HURT_MYSELF}", **hidden(hand.page.text), answer=str(SOMETIMES))
    assert hand.where == "/pause"
    hand.open(f"/{HURT_MYSELF}")
    assert hand.chosen == [str(SOMETIMES)]
    hand.post(f"/{HURT_MYSELF}", **hidden(hand.page.text), answer=str(SOMETIMES))
    assert hand.where == "/10"


# Two tabs, two devices.


@pytest.mark.hazard("H02")
def test_of_two_devices_the_newest_answer_to_each_question_stands(
    hand: Phone, another_hand: Callable[[bool], Phone], session: SessionFacts, therapist: Viewer
) -> None:
    hand.post()
    hand.tap(1, OFTEN)
    hand.tap(2, OFTEN)
    second = another_hand(False)
    assert "3." in second.open()
    second.open("/1")
    assert second.chosen == [], "what the first phone was told stays there"
    second.tap(1, SOMETIMES)
    hand.open("/1")
    assert hand.chosen == []
    assert "You answered this before. It is not shown" in hand.text
    hand.tap(3, NOT_AT_ALL)
    second.post("/send")
    (form,) = story.forms(session)
    assert [line.chosen for line in queries.response(therapist, form.id).lines[:3]] == [
        "Sometimes", "Often", "Not at all",
    ]  # fmt: skip
    assert form.devices == 2


@pytest.mark.hazard("H09")
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/2", {"answer": "3"}),
        ("/2", {"skip": "sure"}),
        ("/send", {"seen": "something else"}),
        ("/decline", {"reason": "no_time"}),
        ("", {}),
    ],
)
def test_whatever_is_pressed_in_the_other_tab_after_send_leads_to_sent(
    hand: Phone,
    another_hand: Callable[[bool], Phone],
    session: SessionFacts,
    therapist: Viewer,
    path: str,
    fields: dict[str, str],
) -> None:
    other_tab = another_hand(False)
    hand.post()
    hand.tap(1, SOMETIMES)
    hand.post("/send")
    (form,) = story.forms(session)
    before = queries.response(therapist, form.id)
    assert "We have your answers. Thank you." in other_tab.post(path, **fields)
    assert other_tab.where == "/sent"
    assert other_tab.page.request.method == "GET", "a refresh asks nothing"
    assert queries.response(therapist, form.id) == before


# The session moves, is called off or begins meanwhile.


@pytest.mark.hazard("H09")
def test_a_session_moved_by_two_hours_in_another_window_changes_nothing_for_the_student(
    hand: Phone, therapist: Viewer, session: SessionFacts
) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    move(therapist, session, care.at(12, 2, 16))
    hand.tap(2, OFTEN)
    assert hand.where == "/3"
    assert "until Wednesday 2 December at 5pm" in hand.open("/stop")
    hand.post("/send")
    assert hand.where == "/sent"


@pytest.mark.hazard("H09")
def test_moved_far_the_page_says_first_that_the_answers_are_kept(
    hand: Phone, therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock, browser: Browser
) -> None:
    last = sessions[5]
    portal.move_to(care.at(1, 18, 10))
    hand = Phone(browser(last.person_id, last.id), last, portal)
    hand.post()
    hand.tap(1, SOMETIMES)
    move(therapist, last, care.at(2, 5))
    said = hand.tap(2, OFTEN)
    assert said.startswith(
        "What you answered is kept Nobody has seen it. When this opens again, you go on from there. "
        "The answer you gave just now was not added. You can give it again then. "
        "Your session has moved. This opens again on Tuesday 2 February at 8am."
    )
    assert story.stored(last) == {1: SOMETIMES}
    portal.move_to(care.at(2, 3, 10))
    again = Phone(browser(last.person_id, last.id), last, portal)
    again.open()
    assert again.where == "/2"


@pytest.mark.hazard("H09")
def test_called_off_the_page_says_first_that_the_answers_are_kept(
    hand: Phone, therapist: Viewer, session: SessionFacts
) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    cancel(therapist, session)
    said = hand.tap(2, OFTEN)
    assert said.startswith("What you answered is kept Nobody has seen it.")
    assert "The answer you gave just now was not added." in said
    assert "Your session has no date at the moment." in said
    assert "start again" not in said.lower()


@pytest.mark.hazard("H09")
def test_begun_in_time_it_may_be_finished_in_the_evening_and_says_that_it_is_late(
    hand: Phone, session: SessionFacts, therapist: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(care.at(12, 2, 13))
    hand.post()
    assert "Your session has begun." not in hand.tap(1, SOMETIMES)
    portal.move_to(care.at(12, 2, 20))
    late = hand.tap(2, OFTEN)
    assert hand.where == "/3"
    assert (
        "Your session has begun. You can still finish this and send it until Thursday 3 December at 4pm."
        in late
    )
    assert "Your session has begun." in hand.open("?first=1")
    assert "They came after your session had begun." in hand.post("/send")
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.is_late


@pytest.mark.hazard("H09")
def test_an_answer_after_closing_is_kindly_refused_and_what_was_given_is_named_first(
    hand: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    portal.move_to(care.at(12, 2, 16))
    said = hand.tap(2, OFTEN)
    assert said.startswith(
        "This has closed What you answered was not sent. Nobody has seen it, and it is destroyed on "
        "Wednesday 16 December. The answer you gave just now came after that, so it was not added."
    )
    assert hand.page.request.method == "GET"


# A permission is withdrawn meanwhile.


@pytest.mark.hazard("H04")
def test_forms_no_longer_permitted_the_page_says_what_became_of_the_answers(
    browser: Browser, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    hand = Phone(browser(session.person_id), session, portal)
    hand.post()
    hand.tap(1, SOMETIMES)
    withdraw(student, Scope.DIGITAL_FORMS)
    said = hand.tap(2, OFTEN)
    assert said.startswith(
        "You chose not to fill in forms here What you answered before was not sent. Nobody has seen it. "
        "The answer you gave just now came after that, so it was not added."
    )


@pytest.mark.hazard("H04")
@pytest.mark.parametrize("by_link", [True, False])
def test_after_leaving_the_service_in_another_window_the_next_tap_says_that_it_was_not_saved(
    browser: Browser, student: Viewer, session: SessionFacts, portal: FrozenClock, by_link: bool
) -> None:
    hand = Phone(browser(session.person_id, session.id if by_link else None), session, portal)
    hand.post()
    hand.tap(1, SOMETIMES)
    episodes.leave(person_id=session.person_id, by=student, at=clock.now())
    said = hand.tap(2, OFTEN)
    assert re.search("What you wrote or pressed last was not saved|it was not added", said), said
    assert "When this opens again" not in said, "it never does"
    assert story.stored(session) == {1: SOMETIMES}


@pytest.mark.hazard("H13")
def test_exit_in_one_tab_and_a_tap_in_the_other_says_that_it_was_not_saved(
    hand: Phone, session: SessionFacts
) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    hand.client.get("/exit")
    said = hand.tap(2, OFTEN)
    assert "What you wrote or pressed last was not saved." in said
    assert story.stored(session) == {1: SOMETIMES}
