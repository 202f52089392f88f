"""A step that did not reach anybody is itself something to act on: kept, and raised as the manager's task."""

from datetime import datetime, timedelta

from sqlmodel import select

from student_portal.alerts.models import EscalationStep, MissedStep
from student_portal.alerts.queries import readers
from student_portal.alerts.queries.escalation import find_unread
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db
from student_portal.messaging import queries as messages

MESSAGE = "staff_read"
LOOK_BACK = timedelta(days=3)  # longer than any message lives
NO_LOSS = frozenset({"read", "handed_over"})
"""Why a message may be dropped without anybody missing it."""


def note_missed(*, at: datetime, by: Actor) -> int:
    """Raise every step whose message failed, was dropped or may be lost; gives how many there were.

    Each is raised once, however often this runs.
    """
    missed, kept = 0, _kept(since=at - LOOK_BACK)
    for message in messages.not_arrived((MESSAGE,), since=at - LOOK_BACK):
        alert_id, step_id = message.facts["alert_id"], message.facts["step_id"]
        if message.reason not in NO_LOSS and (step_id, message.channel) not in kept:
            why = message.reason or message.state
            missed += _keep(alert_id, step_id, message.channel, why, by=by, at=at)
    return missed


def _kept(*, since: datetime) -> set[tuple[str, str]]:
    with db.read() as unit:
        return set(unit.exec(select(MissedStep.step_id, MissedStep.channel).where(MissedStep.at >= since)))


def _keep(alert_id: str, step_id: str, channel: str, why: str, *, by: Actor, at: datetime) -> bool:
    with db.write() as unit:
        if unit.get(EscalationStep, step_id) is None:
            return False
        row = MissedStep(step_id=step_id, channel=channel, at=at, why=why)
        same = select(MissedStep).where(MissedStep.step_id == step_id, MissedStep.channel == channel)
        if db.add_unless(same, row) is not row:
            return False
        _raise(alert_id, by=by, at=at)
        return True


def miss(alert_id: str, *, step_id: str | None, why: str, by: Actor, at: datetime) -> None:
    """A step found nobody to tell; or, without a step, could not even be taken."""
    if step_id is None:
        _raise(alert_id, by=by, at=at)
    else:
        _keep(alert_id, step_id, "", why, by=by, at=at)


def _raise(alert_id: str, *, by: Actor, at: datetime) -> None:
    alert = find_unread(alert_id)
    if alert is not None:  # what has been read meanwhile waits for nobody
        tasks.raise_task(
            kind=duty.TaskKind.ESCALATION_FAILED,
            subject=("alert", alert.id),
            person_id=alert.person_id,
            owner_id=readers.answerable(at),
            due_at=at,
            by=by,
            at=at,
        )
