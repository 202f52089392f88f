"""Reading an alert, and saying what was done. Reading ends the escalation, and so does taking a wish back."""

from datetime import datetime

from sqlmodel import col, select

from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.alerts.service.record import into
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, Refused
from student_portal.messaging import service as messaging

READ = "read"


def acknowledge(*, alert_id: str, by: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Somebody has read it. Doing so again, or after acting, changes nothing.

    `seen_version` is that of the alert on their page. Raises NotFound, and Conflict if the student has
    changed an answer since: nobody has read that yet.
    """
    with db.write():
        alert = db.locked(AnswerAlert, alert_id)
        if alert.state != AlertState.RAISED:
            return
        if seen_version not in (None, alert.version):
            raise Conflict
        settle(alert, AlertState.ACKNOWLEDGED, by=by, at=at)


def settle(alert: AnswerAlert, state: AlertState, *, by: Actor, at: datetime) -> None:
    """Nobody need read it any more: its tasks are done, and messages that wait are dropped."""
    with db.write():
        into(alert, state, by=by, at=at)
        for kind in (alert.task_kind, duty.TaskKind.ESCALATION_FAILED):
            tasks.finish_task(kind=kind, subject_id=alert.id, note="", by=by, at=at)
        messaging.drop(about=alert.id, reason=READ, by=by, at=at)


def act(*, alert_id: str, note: str, by: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Record what was done, in words; whoever did something has read it. May be added to; the same words
    twice running are a button pressed twice.

    Raises as `acknowledge`, and Refused("empty") without words.
    """
    if not note.strip():
        raise Refused("empty")
    with db.write():
        acknowledge(alert_id=alert_id, seen_version=seen_version, by=by, at=at)
        alert = db.locked(AnswerAlert, alert_id)
        if _last_step(alert) != (AlertState.ACTED, by.person_id, note.strip()):
            into(alert, AlertState.ACTED, by=by, at=at, note=note.strip())


def _last_step(alert: AnswerAlert) -> tuple[AlertState, str | None, str] | None:
    steps = select(AlertEvent).where(AlertEvent.alert_id == alert.id).order_by(col(AlertEvent.id).desc())
    with db.read() as unit:
        last = unit.exec(steps).first()
        return (last.state, last.by, last.note or "") if last else None
