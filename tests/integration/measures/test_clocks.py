"""What becomes of a form when time passes or its session moves (rules.md, "Form clocks")."""

from datetime import datetime

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import queries as episode_facts
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Refused
from student_portal.measures import queries, service
from tests.integration.measures import story
from tests.integration.measures.story import OFTEN, SOMETIMES
from tests.support import care


def state(session: SessionFacts) -> str:
    found = queries.form_state(session.id)
    assert found is not None
    return found.state


def move(therapist: Viewer, session: SessionFacts, starts_at: datetime) -> None:
    facts = episode_facts.session(session.id)
    slot = Slot(facts.id, starts_at, 50, episode_facts.Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=therapist, at=clock.now())


def cancel(therapist: Viewer, session: SessionFacts) -> None:
    facts = episode_facts.session(session.id)
    episodes.cancel(
        session_id=facts.id, by_student=True, seen_version=facts.version, by=therapist, at=clock.now()
    )


def purge(therapist: Viewer) -> int:
    return service.destroy_unsent(at=clock.now(), by=machine(therapist.service_id))


def test_a_form_finished_after_the_session_began_is_marked_late(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    portal.move_to(care.at(12, 2, 13))
    story.save(student, session, 1, SOMETIMES)
    portal.move_to(care.at(12, 2, 20))
    assert state(session) == "started"
    story.save(student, session, 2, SOMETIMES)
    story.send(student, session)
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.is_late
    assert form.starts_at_send == session.starts_at


def test_nobody_begins_a_form_once_the_hour_is_up(
    student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    portal.move_to(care.at(12, 2, 15, 1))
    assert state(session) == "closed"
    with pytest.raises(Refused, match="closed"):
        service.open_form(session_id=session.id, by=student, at=clock.now())


@pytest.mark.hazard("H10")
def test_a_sent_form_goes_stale_when_its_session_moves_a_week_and_comes_back_with_it(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    last = sessions[5]
    starts_at = last.starts_at
    assert starts_at is not None
    portal.move_to(care.at(1, 18, 10))
    move(therapist, last, care.at(1, 19))
    story.fill(student, last, {})
    first = story.send(student, last)
    move(therapist, last, care.at(1, 25))
    assert state(last) == "sent", "six days are not a week"
    move(therapist, last, care.at(1, 26))
    assert state(last) == "stale"
    portal.move_to(care.at(1, 24))
    story.save(student, last, 1, OFTEN)
    assert [form.attempt for form in story.forms(last)] == [1, 2]
    assert state(last) == "started"
    move(therapist, last, care.at(1, 25))
    assert state(last) == "sent", "moved back, so the first form counts again"
    (form,) = queries.scores_for_episode(therapist, last.episode_id)
    assert (form.response_id, form.is_stale) == (first, False)


@pytest.mark.hazard("H10")
def test_a_fresh_form_is_the_second_attempt_and_the_first_is_kept(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    last = sessions[5]
    portal.move_to(care.at(1, 18, 10))
    story.fill(student, last, {})
    first = story.send(student, last)
    move(therapist, last, care.at(2, 1))
    portal.move_to(care.at(1, 30, 10))
    story.fill(student, last, {1: OFTEN})
    second = story.send(student, last)
    assert second != first
    forms = queries.scores_for_episode(therapist, last.episode_id)
    assert [(form.attempt, form.is_stale) for form in forms] == [(1, True), (2, False)]


@pytest.mark.hazard("H09")
def test_when_the_session_moves_while_filling_in_the_work_is_kept(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    last = sessions[5]
    portal.move_to(care.at(1, 18, 10))
    story.save(student, last, 1, SOMETIMES)
    move(therapist, last, care.at(2, 5))
    assert state(last) == "not_open"
    with pytest.raises(Refused, match="not_open"):
        story.save(student, last, 2, SOMETIMES)
    portal.move_to(care.at(2, 2, 8))
    assert state(last) == "started"
    story.save(student, last, 2, SOMETIMES)
    assert story.stored(last) == {1: SOMETIMES, 2: SOMETIMES}


def test_without_a_date_there_is_nothing_to_send_and_nothing_lost(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 1, SOMETIMES)
    cancel(therapist, session)
    assert state(session) == "not_open"
    with pytest.raises(Refused, match="not_open"):
        story.send(student, session)
    assert story.stored(session) == {1: SOMETIMES}


@pytest.mark.hazard("H13")
def test_unsent_answers_are_destroyed_two_weeks_after_the_form_closed(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.save(student, session, 9, SOMETIMES)  # closes on Wednesday 2 December at 3pm
    portal.move_to(care.at(12, 16, 14, 59))
    assert purge(therapist) == 0
    assert story.stored(session) == {9: SOMETIMES}
    portal.move_to(care.at(12, 16, 15))
    assert (purge(therapist), purge(therapist)) == (1, 0)
    assert story.stored(session) == {}
    (form,) = story.forms(session)
    assert form.paused_at is None


def test_answers_for_a_session_that_lost_its_date_do_not_stay_for_ever(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.save(student, session, 1, SOMETIMES)
    cancel(therapist, session)
    portal.move_to(care.at(12, 21, 9))
    assert purge(therapist) == 0
    portal.move_to(care.at(12, 21, 11))
    assert purge(therapist) == 1


def test_a_sent_form_is_never_destroyed(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.fill(student, session, {})
    response_id = story.send(student, session)
    portal.move_to(care.at(5, 1))
    assert purge(therapist) == 0
    assert len(queries.response(therapist, response_id).lines) == 34
