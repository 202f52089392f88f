"""Every change of a message's state, with why."""

from datetime import datetime

from student_portal.foundation import db
from student_portal.messaging.models import MessageEvent, MessageState, OutboundMessage


def into(row: OutboundMessage, state: MessageState, *, at: datetime, reason: str = "") -> None:
    """Bring a message into a state; `reason` is a code."""
    with db.write() as session:
        row.state = state
        session.add(row)
        session.flush()
        session.add(MessageEvent(message_id=row.id, state=state, at=at, reason=reason))
