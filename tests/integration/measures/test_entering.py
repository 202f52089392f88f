"""A therapist enters what was filled in on paper or said aloud: whole or not at all, marked, once."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.alerts import queries as alerts
from student_portal.audit.models import AuditEvent
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.duty import queries as duty
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures import queries, service
from student_portal.measures.models import ResponseMode
from tests.integration.measures import story
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, SOMETIMES
from tests.support import care

MONDAY = date(2026, 11, 30)
HURT_MYSELF = 9


def on_paper(**answers: int | None) -> list[int | None]:
    """A whole CORE-34: "Not at all" unless said otherwise, as in item_9=2."""
    return [answers.get(f"item_{number}", NOT_AT_ALL) for number in range(1, 35)]


def enter(
    by: Viewer,
    session: SessionFacts,
    answers: list[int | None],
    *,
    mode: ResponseMode = ResponseMode.PAPER,
    filled_on: date = MONDAY,
) -> str:
    return service.enter(
        session_id=session.id, mode=mode, filled_on=filled_on, answers=answers, by=by, at=clock.now()
    )


def refused(by: Viewer, session: SessionFacts, answers: list[int | None], filled_on: date = MONDAY) -> str:
    with pytest.raises(Refused) as refusal:
        enter(by, session, answers, filled_on=filled_on)
    return refusal.value.code


@pytest.mark.hazard("H02")
def test_a_paper_form_is_scored_marked_and_says_both_days(
    therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    portal.forward(days=1)
    enter(therapist, session, on_paper(item_1=OFTEN, item_5=None))
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    whole = form.score()
    assert whole
    assert (whole.answered, whole.items) == (33, 34)
    assert form.manner.mode is ResponseMode.PAPER
    assert form.manner.filled_on == MONDAY
    assert form.manner.entered_at == clock.now()
    assert form.manner.entered_by == "R. Okafor"
    assert not form.is_late
    words = queries.response(therapist, form.response_id)
    assert [line.item for line in words.not_answered] == [5]
    with db.read() as unit:
        (line,) = unit.exec(select(AuditEvent).where(AuditEvent.verb == "measures.enter"))
    assert (line.actor_id, line.person_id) == (therapist.person_id, session.person_id)


@pytest.mark.hazard("H01")
def test_the_alert_of_an_entered_form_is_read_by_whoever_entered_it(
    therapist: Viewer, session: SessionFacts
) -> None:
    enter(therapist, session, on_paper(item_9=SOMETIMES), mode=ResponseMode.SPOKEN)
    (alert,) = alerts.of_person(therapist, session.person_id)
    assert [said.chosen for said in alert.facts.above] == ["Sometimes"]
    assert alert.is_read
    assert [step.by for step in alert.steps] == [therapist.person_id, therapist.person_id]
    assert alerts.unread(therapist) == []
    assert duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert.id) is None


@pytest.mark.hazard("H13")
def test_what_was_begun_on_the_phone_is_destroyed_unseen_and_the_phone_comes_too_late(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 1, OFTEN)
    assert queries.entry(therapist, session.id, at=clock.now()).begun == 1
    enter(therapist, session, on_paper())
    assert story.stored(session) == {}
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert queries.response(therapist, form.response_id).lines[0].chosen == "Not at all"
    with pytest.raises(Refused) as late:
        story.save(student, session, 2, OFTEN)
    assert late.value.code == "sent"


def test_pressed_twice_it_is_stored_once_and_another_form_is_refused(
    therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    first = enter(therapist, session, on_paper(item_9=SOMETIMES))
    portal.forward(seconds=1)
    assert enter(therapist, session, on_paper(item_9=SOMETIMES)) == first
    assert refused(therapist, session, on_paper(item_9=OFTEN)) == "sent"
    assert len(story.forms(session)) == 1
    assert len(alerts.of_person(therapist, session.person_id)) == 1


def test_what_the_student_sent_stands(therapist: Viewer, student: Viewer, session: SessionFacts) -> None:
    story.fill(student, session, {})
    sent = story.send(student, session)
    assert refused(therapist, session, on_paper(item_1=OFTEN)) == "sent"
    assert queries.response(therapist, sent).manner.mode is ResponseMode.OWN_DEVICE


def test_paper_needs_no_permission_for_the_phone_but_the_one_for_the_service(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    def withdraw(scope: Scope) -> None:
        consent.record(
            person_id=session.person_id, scope=scope, decision=Decision.WITHDRAWN, by=student, at=clock.now()
        )

    withdraw(Scope.SERVICE)
    assert refused(therapist, session, on_paper()) == "not_permitted"
    assert story.forms(session) == []


def test_a_student_who_permits_no_forms_on_their_phone_can_hand_in_paper(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    consent.record(
        person_id=session.person_id,
        scope=Scope.DIGITAL_FORMS,
        decision=Decision.WITHDRAWN,
        by=student,
        at=clock.now(),
    )
    assert enter(therapist, session, on_paper())


@pytest.mark.hazard("H21")
def test_nobody_but_the_students_own_therapist_enters_anything(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    strangers = [
        care.therapist(therapist.service_id, "J. Lindqvist"),
        Viewer(therapist.service_id, therapist.person_id, Role.MANAGER),
        student,
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            enter(stranger, session, on_paper())
    assert story.forms(session) == []


def test_only_a_day_on_which_it_can_have_been_filled_in(
    therapist: Viewer, session: SessionFacts, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    """It opens on Sunday 29 November, the session is on Wednesday, the next form opens on 6 December."""
    assert refused(therapist, session, on_paper(), MONDAY - timedelta(days=2)) == "day"
    assert refused(therapist, session, on_paper(), MONDAY + timedelta(days=1)) == "day"
    assert refused(therapist, sessions[1], on_paper()[:10]) == "not_open"
    portal.move_to(care.at(1, 20))
    assert refused(therapist, session, on_paper(), date(2026, 12, 7)) == "day"
    assert story.forms(session) == []
    enter(therapist, session, on_paper(), filled_on=date(2026, 12, 4))
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.is_late


def test_wrong_answers_and_an_empty_form_store_nothing(therapist: Viewer, session: SessionFacts) -> None:
    for wrong in (on_paper()[:33], on_paper(item_1=5), on_paper(item_1=-1)):
        assert refused(therapist, session, wrong) == "answers"
    assert refused(therapist, session, [None] * 34) == "empty"
    assert story.forms(session) == []


def test_an_old_form_entered_late_is_compared_with_those_before_it_and_is_not_the_latest(
    therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    enter(therapist, sessions[0], on_paper(item_9=OFTEN))
    portal.move_to(care.at(12, 15))
    care.send_form(sessions[2].id, 0, 0, 0, 0, 0, 4)
    second = [0, 0, 0, 0, 0, SOMETIMES, 0, 0, 0, 0]
    enter(therapist, sessions[1], second, filled_on=date(2026, 12, 8))
    late = next(
        a for a in alerts.of_person(therapist, sessions[0].person_id) if a.session_id == sessions[1].id
    )
    assert [said.before for said in late.facts.above] == ["Not at all"], "not what was said a week later"
    forms = queries.scores_for_episode(therapist, sessions[0].episode_id)
    assert [form.filled_on for form in forms] == [MONDAY, date(2026, 12, 8), date(2026, 12, 15)]
