"""An answer that somebody must read: raised once, owned, read, acted on; every step kept."""

import pytest

from student_portal.access.queries import Viewer
from student_portal.alerts import queries, service
from student_portal.alerts.queries import AlertView
from student_portal.alerts.service import AnswerFacts, Said
from student_portal.duty import queries as duty
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, ids
from student_portal.foundation.errors import NotFound, Refused
from tests.support import care
from tests.support.care import at

HURT = Said(9, "I have thought of hurting myself", "Sometimes", before="Often", was_asked_before=True)
BLANK = Said(24, "I have thought it would be better if I were dead", None)
FACTS = AnswerFacts("CORE-34", above=(HURT,), unanswered=(BLANK,))


def raise_for(session: SessionFacts, therapist: Viewer, response_id: str) -> AlertView:
    student = care.as_student(therapist.service_id, session.person_id)
    assert session.starts_at
    alert_id = service.raise_alert(
        person_id=session.person_id,
        response_id=response_id,
        session_id=session.id,
        owner_id=str(therapist.person_id),
        facts=FACTS,
        sent_at=clock.now(),
        starts_at=session.starts_at,
        by=student,
        at=clock.now(),
    )
    return queries.one(therapist, alert_id)


@pytest.fixture
def alert(session: SessionFacts, therapist: Viewer) -> AlertView:
    """Sent on Monday at 10am, two days before the session."""
    return raise_for(session, therapist, ids.new())


def tasks(therapist: Viewer) -> list[duty.TaskFacts]:
    return [task for task in duty.open_tasks(therapist) if task.kind == duty.TaskKind.ANSWER_TO_READ]


@pytest.mark.hazard("H01")
def test_an_alert_has_an_owner_a_time_and_a_task(alert: AlertView, therapist: Viewer) -> None:
    assert (alert.owner_id, alert.due_at, alert.state) == (therapist.person_id, at(11, 30), "raised")
    (task,) = tasks(therapist)
    assert (task.subject_id, task.owner_id, task.due_at) == (alert.id, therapist.person_id, alert.due_at)


@pytest.mark.hazard("H12")
@pytest.mark.hazard("H22")
def test_the_words_now_the_words_last_time_and_the_blanks_come_back_as_they_were(alert: AlertView) -> None:
    assert alert.facts == FACTS


@pytest.mark.hazard("H22")
def test_one_sent_form_makes_one_alert(alert: AlertView, session: SessionFacts, therapist: Viewer) -> None:
    assert raise_for(session, therapist, alert.response_id).id == alert.id
    assert [waiting.id for waiting in queries.unread(therapist)] == [alert.id]
    assert len(tasks(therapist)) == 1


@pytest.mark.hazard("H01")
def test_reading_it_twice_is_harmless_and_only_the_first_counts(alert: AlertView, therapist: Viewer) -> None:
    for _press in range(2):
        service.acknowledge(alert_id=alert.id, by=therapist, at=clock.now())
    read = queries.one(therapist, alert.id)
    assert read.is_read
    assert [(step.state, step.by) for step in read.steps[1:]] == [("acknowledged", therapist.person_id)]
    assert (queries.unread(therapist), tasks(therapist)) == ([], [])


@pytest.mark.hazard("H01")
def test_what_was_done_is_kept_in_words_and_may_be_added_to(alert: AlertView, therapist: Viewer) -> None:
    for note in ("Rang Sam.", "Rang Sam.", "Talked in the session."):  # the first was pressed twice
        service.act(alert_id=alert.id, note=note, by=therapist, at=clock.now())
    done = queries.one(therapist, alert.id)
    assert [step.state for step in done.steps] == ["raised", "acknowledged", "acted", "acted"]
    assert [step.note for step in done.steps if step.note] == ["Rang Sam.", "Talked in the session."]
    with pytest.raises(Refused, match="empty"):
        service.act(alert_id=alert.id, note=" ", by=therapist, at=clock.now())


@pytest.mark.hazard("H21")
def test_another_therapist_learns_nothing_of_it(alert: AlertView, therapist: Viewer) -> None:
    other = care.therapist(therapist.service_id, "J. Lindqvist")
    assert queries.unread(other) == []
    for look in (
        lambda: queries.one(other, alert.id),
        lambda: queries.for_response(other, alert.response_id),
        lambda: queries.of_person(other, alert.person_id),
    ):
        with pytest.raises(NotFound):
            look()


@pytest.mark.hazard("H11")
def test_an_alert_knows_no_level(alert: AlertView) -> None:
    telling = " ".join([*vars(alert), *vars(alert.facts), *vars(alert.facts.above[0])])
    assert not any(word in telling for word in ("score", "level", "severity", "priority", "risk", "colour"))
