"""One answer at a time: kept whole, once, and only for the student whose form it is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.audit import queries as audit
from student_portal.episodes.models import TherapySession
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures import queries, service
from student_portal.measures.models import ResponseEvent, ResponseState
from student_portal.messaging import service as messaging
from student_portal.messaging.models import MessageState, OutboundMessage
from tests.integration.measures import story
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, SOMETIMES
from tests.support import care


def link(student: Viewer, session: SessionFacts, proof: str) -> Viewer:
    """The same student, let in by the text's link."""
    return Viewer(student.service_id, student.person_id, Role.LINK, session_id=proof, about=session.id)


def own(viewer: Viewer, session: SessionFacts) -> queries.Form:
    return queries.own_form(viewer, session.id, at=clock.now())


def verbs(person_id: str) -> list[str]:
    """What the activity log says about forms."""
    return [line.verb for line in audit.about(person_id) if line.verb.startswith("measures")]


def test_answers_are_there_at_once_and_the_newest_for_an_item_stands(
    student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 1, SOMETIMES)
    story.save(student, session, 2, None)
    story.save(student, session, 1, OFTEN)
    assert story.stored(session) == {1: OFTEN, 2: None}
    state = queries.form_state(session.id)
    assert state is not None
    assert (state.state, state.answered, state.items) == ("started", 1, 34)


def test_a_form_is_begun_once_however_often_start_is_pressed(student: Viewer, session: SessionFacts) -> None:
    at = clock.now()
    once = service.open_form(session_id=session.id, by=student, at=at)
    twice = service.open_form(session_id=session.id, by=student, at=at)
    story.save(student, session, 1, NOT_AT_ALL)
    assert once == twice
    assert len(story.forms(session)) == 1
    assert verbs(session.person_id) == ["measures.open"], "an answer leaves no line in the log"


@pytest.mark.hazard("H02")
def test_nobody_else_has_this_form(therapist: Viewer, student: Viewer, session: SessionFacts) -> None:
    other = care.as_student(therapist.service_id, care.person(therapist.service_id, "Another One"))
    other_link = Viewer(student.service_id, student.person_id, Role.LINK, session_id="x", about="another")
    for nobody in (other, other_link, therapist):
        with pytest.raises(NotFound):
            own(nobody, session)
        with pytest.raises(NotFound):
            story.save(nobody, session, 1, NOT_AT_ALL)
        with pytest.raises(NotFound):
            story.send(nobody, session)
    assert story.forms(session) == []


@pytest.mark.hazard("H13")
def test_answers_under_an_earlier_proof_show_only_that_they_were_given(
    student: Viewer, session: SessionFacts
) -> None:
    story.save(link(student, session, "first"), session, 1, SOMETIMES, proof="first")
    story.save(link(student, session, "second"), session, 2, OFTEN, proof="second")
    seen = own(link(student, session, "second"), session)
    assert (seen.shown_position(1), seen.is_hidden(1)) == (None, True)
    assert (seen.shown_position(2), seen.is_hidden(2)) == (OFTEN, False)
    assert seen.next_item == 3, "the first question not reached yet"
    signed_in = own(student, session)
    assert [signed_in.shown_position(item) for item in (1, 2)] == [SOMETIMES, OFTEN]


def test_a_box_that_does_not_exist_keeps_nothing(student: Viewer, session: SessionFacts) -> None:
    no_box: list[Any] = [-1, 5, 2.5, True, "2", "O", [1]]
    for position in no_box:
        with pytest.raises(Refused):
            story.save(student, session, 1, position)
    with pytest.raises(NotFound):
        story.save(student, session, 35, NOT_AT_ALL)
    assert story.forms(session) == [], "not even an empty form"


@pytest.mark.hazard("H01")
def test_the_pause_comes_once_and_help_stays_with_every_later_safety_answer(
    student: Viewer, session: SessionFacts
) -> None:
    assert not story.save(student, session, 6, NOT_AT_ALL).pauses
    assert story.save(student, session, 9, SOMETIMES).pauses
    assert not own(student, session).shows_help, "the pause page has just said it all"
    story.save(student, session, 10, OFTEN)
    assert not story.save(student, session, 16, 1).pauses
    assert own(student, session).shows_help
    story.save(student, session, 17, OFTEN)
    assert not own(student, session).shows_help


@pytest.mark.hazard("H13")
def test_help_does_not_tell_a_second_person_what_was_answered(student: Viewer, session: SessionFacts) -> None:
    for item in (9, 16):
        story.save(link(student, session, "first"), session, item, OFTEN, proof="first")
    assert own(link(student, session, "first"), session).shows_help
    assert not own(link(student, session, "second"), session).shows_help


def test_not_this_time_stops_the_text_that_asks_and_can_be_taken_back(
    student: Viewer, session: SessionFacts
) -> None:
    at = clock.now()
    for kind in ("form_link", "day_before"):
        messaging.queue(
            kind=kind, channel=messaging.Channel.SMS, recipient_id=session.person_id, facts={},
            about=session.id, due_at=at, expires_at=at + timedelta(days=1), by=student, at=at,
        )  # fmt: skip
    story.save(student, session, 1, SOMETIMES)
    service.decline(session_id=session.id, by=student, at=at)
    service.decline(session_id=session.id, by=student, at=at)
    with db.read() as unit:
        texts = {row.kind: row.state for row in unit.exec(select(OutboundMessage)) if row.kind != "booked"}
        events = unit.exec(select(ResponseEvent.state).order_by(ResponseEvent.id)).all()
    assert texts == {"form_link": MessageState.DROPPED, "day_before": MessageState.QUEUED}
    assert events == [ResponseState.OPEN, ResponseState.DECLINED]
    assert not queries.form_not_sent(session.id)
    service.open_form(session_id=session.id, by=student, at=at)
    assert story.stored(session) == {1: SOMETIMES}
    assert verbs(session.person_id) == ["measures.open", "measures.decline", "measures.open"]


def test_before_its_time_a_form_takes_nothing(student: Viewer, sessions: tuple[SessionFacts, ...]) -> None:
    later = sessions[1]
    with pytest.raises(Refused, match="not_open"):
        story.save(student, later, 1, NOT_AT_ALL)
    state = queries.form_state(later.id)
    assert state is not None
    assert (state.state, state.opens_at) == ("not_open", care.at(12, 6, 8))
    assert queries.form_not_sent(later.id), "there will be something to fill in"


def test_after_its_time_a_form_takes_nothing_and_keeps_what_it_has(
    student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.save(student, session, 1, SOMETIMES)
    portal.move_to(care.at(12, 2, 15, 1))
    with pytest.raises(Refused, match="closed"):
        story.save(student, session, 2, SOMETIMES)
    assert story.stored(session) == {1: SOMETIMES}
    state = queries.form_state(session.id)
    assert state is not None
    assert state.state == "closed"
    assert not queries.form_not_sent(session.id)


def test_a_session_without_a_form_has_no_form(student: Viewer, session: SessionFacts) -> None:
    with db.write():
        db.locked(TherapySession, session.id).definition_id = None
    assert queries.form_state(session.id) is None
    assert not queries.form_not_sent(session.id)
    with pytest.raises(NotFound):
        own(student, session)
