"""Not this time: as easy as going on, asked of nobody twice, and never a wall before the session."""

import re
from collections.abc import Callable

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit.queries import about, machine
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries, service
from student_portal.measures.queries import DeclineReason
from tests.integration.measures import story
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import OFTEN, SOMETIMES

NOT_THIS_TIME = re.compile(r'<(?:a|button) class="btn[^"]*"[^>]*>Not this time<')


def test_it_stands_beside_start_and_below_every_question(hand: Phone) -> None:
    hand.open()
    assert NOT_THIS_TIME.search(hand.page.text)
    hand.post()
    assert NOT_THIS_TIME.search(hand.page.text)
    hand.tap(1, SOMETIMES)
    hand.open("/check")
    assert NOT_THIS_TIME.search(hand.page.text)


def test_a_thumb_that_slipped_goes_back_and_nothing_has_changed(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.tap(1, OFTEN)
    said = hand.open("/decline")
    assert "What you answered so far is not sent. Nobody has seen it." in said
    assert "Go back to the questions" in said
    assert hand.chosen == [], "no reason is chosen for them"
    hand.open()
    assert hand.where == "/2"
    assert story.stored(session) == {1: OFTEN}


@pytest.mark.parametrize("fields", [{}, {"reason": ""}])
def test_no_reason_is_needed(hand: Phone, session: SessionFacts, fields: dict[str, str]) -> None:
    hand.open("/decline")
    said = hand.post("/decline", **fields)
    assert "Your session goes ahead as it is." in said
    assert "Your therapist sees only that you chose not to fill it in" in said
    state = queries.form_state(session.id)
    assert state
    assert (state.state, state.declined_because) == ("declined", None)


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_a_reason_is_kept_as_a_code_and_the_student_is_told_who_sees_it(
    hand: Phone, session: SessionFacts, reason: DeclineReason
) -> None:
    said = hand.post("/decline", reason=reason.value)
    assert "Your therapist sees that you chose not to fill it in this time, and the reason you gave." in said
    state = queries.form_state(session.id)
    assert state
    assert state.declined_because is reason
    assert [line.verb for line in about(session.person_id)].count("measures.decline") == 1


@pytest.mark.parametrize("reason", ["<b>because</b>", "  "])
def test_a_reason_that_does_not_exist_is_not_kept(hand: Phone, session: SessionFacts, reason: str) -> None:
    page = hand.client.post(hand.form + "/decline", data={"reason": reason})
    assert page.status_code == 400
    assert "Choose one of these, or none." in page.text
    assert story.forms(session) == []


def test_it_can_be_undone_and_the_answers_are_still_there(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.tap(1, OFTEN)
    hand.post("/decline", reason="too_much")
    assert "Fill it in after all" in hand.text
    hand.post()
    assert hand.where == "/2"
    assert story.stored(session) == {1: OFTEN}
    hand.post("/decline")
    state = queries.form_state(session.id)
    assert state
    assert state.declined_because is None, "an earlier reason does not stick to a later no"


def test_two_tabs_say_it_once_and_a_reason_given_in_the_second_is_kept(
    student: Viewer, session: SessionFacts
) -> None:
    for reason in (None, DeclineReason.TALK, None):
        service.decline(session_id=session.id, reason=reason, by=student, at=clock.now())
    state = queries.form_state(session.id)
    assert state
    assert state.declined_because is DeclineReason.TALK


def test_the_reason_outlives_the_answers_that_were_never_sent(
    student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.save(student, session, 1, OFTEN)
    service.decline(session_id=session.id, reason=DeclineReason.TOO_MUCH, by=student, at=clock.now())
    portal.forward(days=40)
    assert service.destroy_unsent(by=machine(student.service_id), at=clock.now()) == 1
    state = queries.form_state(session.id)
    assert state
    assert (state.state, state.declined_because) == ("declined", DeclineReason.TOO_MUCH)


def test_after_sending_it_leads_to_sent(hand: Phone, another_hand: Callable[[bool], Phone]) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    other_tab = another_hand(False)
    hand.post("/send")
    assert "We have your answers." in other_tab.open("/decline")
    assert "We have your answers." in other_tab.post("/decline", reason="no_time")
