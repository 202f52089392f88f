"""What must hold of every answer and wish to talk at any time: none lost, each owned, nobody untold."""

from student_portal import worker
from student_portal.access.queries import Role, Viewer
from student_portal.alerts import queries, service
from student_portal.alerts.queries import AlertState, Outcome, StepKind
from student_portal.audit.queries import machine
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, db
from student_portal.messaging.queries import Channel
from tests.support.care import as_student
from tests.support.duty_walk import Walk


def check(walk: Walk) -> None:
    """After each step; with the worker awake also what it must have done by now."""
    if walk.is_awake:
        _round(walk)
    with db.looking():
        unread = queries.unread_anywhere()
        _must_all_be_there(walk, unread)
        for alert in unread:
            task = duty.task_for(alert.task_kind, alert.id)
            assert task, "something unread without a task"
            assert task.owner_id == alert.owner_id, "an alert and its task are not the same person's"
            if walk.is_awake:
                _must_be_in_hand(walk, alert)
        if walk.is_awake:
            owners = {task.owner_id for task in duty.all_tasks(walk.service_id)}
            assert not owners & walk.closed, "a task of somebody who left"


def _must_all_be_there(walk: Walk, unread: list[queries.Unread]) -> None:
    """What waits is what was sent and asked and not read since; no student is told otherwise."""
    wishes = [alert.person_id for alert in unread if alert.task_kind == TaskKind.ASKED_TO_TALK]
    answers = {alert.id for alert in unread if alert.task_kind == TaskKind.ANSWER_TO_READ}
    assert answers == {sent.id for sent in walk.sent if sent.waits}, "an alert was lost, or came up"
    assert sorted(wishes) == sorted(walk.wishing), "a wish was lost, or came up"
    for person_id in wishes:
        asked = queries.asked_to_talk(as_student(walk.service_id, person_id), person_id)
        assert asked, "the page of a student who asked does not say so"
        assert asked.read_at is None, "the page of a student who asked says that it was read"


def _round(walk: Walk) -> None:
    """Of a worker's round all that concerns alerts, in its order; the rest takes most of the time."""
    at, by = clock.now(), machine(walk.service_id)
    service.keep_owned(at=at, by=by)
    service.escalate(at=at, by=by)
    worker.send(at, {Channel.SMS: walk.line, Channel.EMAIL: walk.line})
    service.note_missed(at=at, by=by)


def _must_be_in_hand(walk: Walk, alert: queries.Unread) -> None:
    """Its owner can read it, and everybody was told who should have been by now, each once."""
    assert alert.owner_id not in walk.closed, "an answer of somebody who left"
    owner = Viewer(walk.service_id, alert.owner_id, Role.THERAPIST)
    if alert.task_kind == TaskKind.ASKED_TO_TALK:
        shown = {asked.person_id for asked in queries.unread_wishes(owner)}
        assert alert.person_id in shown, "a wish that its owner does not see"
    else:
        assert queries.one(owner, alert.id).state == AlertState.RAISED
    assert queries.steps_left(alert, clock.now()) == [], "somebody was not told"
    told = [step for step in queries.told(alert.id) if step.raising == alert.raising]
    covers = [step for step in told if step.step == StepKind.COVER]
    assert len(covers) == (alert.due_at <= clock.now()), "the cover is told at due, once"
    assert all(step.to_id or step.outcome in (Outcome.NOBODY, Outcome.PASSED) for step in told)
    lost = any(step.outcome == Outcome.NOBODY or step.missed for step in told)
    assert not lost or duty.task_for(TaskKind.ESCALATION_FAILED, alert.id), "a missed step nobody knows of"
