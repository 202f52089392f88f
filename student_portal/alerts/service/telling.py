"""Telling one person that an answer is unread: the step and its messages, in one transaction."""

from datetime import datetime, timedelta

from student_portal.accounts import queries as accounts
from student_portal.alerts.escalation import Due
from student_portal.alerts.models import EscalationStep, Outcome
from student_portal.alerts.queries.escalation import Unread
from student_portal.alerts.service.missing import MESSAGE, miss
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.messaging import service as messaging

MESSAGE_LIFE = timedelta(hours=12)


def tell(alert: Unread, due: Due, to_id: str | None, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    """Keep the step, and write to this person by every way they gave; nobody to tell is itself raised.

    Whom one moment concerns twice, as the cover and as the manager, gets one message.
    """
    channels = accounts.staff_channels(to_id) if to_id and outcome != Outcome.AWAY else []
    step = EscalationStep(
        alert_id=alert.id,
        raising=alert.raising,
        step=due.step,
        slot=due.slot,
        due_at=due.at,
        at=at,
        to_id=to_id,
        channels=" ".join(channels),
        outcome=outcome,
    )
    with db.write() as unit:
        unit.add(step)
        unit.flush()
        if outcome == Outcome.NOBODY:
            miss(alert.id, step_id=step.id, why="nobody", by=by, at=at)
        for channel in channels:
            messaging.queue(
                kind=MESSAGE,
                channel=channel,
                recipient_id=to_id,
                facts={"alert_id": alert.id, "step_id": step.id, "due_at": alert.due_at.isoformat()},
                about=alert.id,
                due_at=at,
                expires_at=at + MESSAGE_LIFE,
                slot=f"{MESSAGE}:{alert.id}:{alert.raising}:{int(due.at.timestamp())}:{to_id}:{channel}",
                by=by,
                at=at,
            )
