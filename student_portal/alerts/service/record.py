"""Every change of an alert's state, and its line in the activity log."""

from datetime import datetime

from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db


def into(alert: AnswerAlert, state: AlertState, *, by: Actor, at: datetime, note: str = "") -> None:
    """Bring the alert into a state and keep the step."""
    with db.write() as unit:
        alert.state = state
        alert.version += 1
        event = AlertEvent(alert_id=alert.id, state=state, at=at, by=by.person_id)
        event.note = note or None
        unit.add(event)
        unit.flush()
        record(state, alert, by=by, at=at)


def record(verb: str, alert: AnswerAlert, *, by: Actor, at: datetime, **detail: str | None) -> None:
    """Write the line; `detail` holds codes and ids only."""
    audit.record(
        verb=f"alerts.{verb}",
        subject=("alert", alert.id),
        by=by,
        at=at,
        person_id=alert.person_id,
        detail=detail or None,
    )
