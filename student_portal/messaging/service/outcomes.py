"""What became of a message after a worker took it: recorded, and shown to a person if it did not go."""

from datetime import datetime, timedelta

from student_portal.access.queries import therapist_of
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind, calendar
from student_portal.foundation import db
from student_portal.messaging.models import Channel, MessageState, OutboundMessage
from student_portal.messaging.service.addresses import stop, suspend
from student_portal.messaging.service.history import into
from student_portal.messaging.wording import KINDS

TRIES = 5
WAIT_MINUTES = (1, 5, 15, 60)
WORKING_HOURS_TO_LOOK = 4

# What Twilio's refusals say about the number (twilio.com/docs/api/errors).
HOLDER_STOPPED = {"21610"}
CANNOT_RECEIVE = {"21211", "21614"}


def sent(row: OutboundMessage, provider_id: str, *, by: Actor, at: datetime) -> None:
    """The provider took it, even if meanwhile another worker had given it up."""
    row.provider_id = provider_id
    duty.finish_task(kind=TaskKind.UNDELIVERED_TEXT, subject_id=row.id, note="", by=by, at=at)
    _end(row, MessageState.SENT, "", by=by, at=at)


def dropped(row: OutboundMessage, reason: str, *, by: Actor, at: datetime) -> None:
    """A check said no at the moment of sending; nobody has to do anything."""
    _end(row, MessageState.DROPPED, reason, by=by, at=at)


def rejected(row: OutboundMessage, address: str, code: str, *, by: Actor, at: datetime) -> None:
    """The provider said no; what its code says about the address is remembered."""
    if row.channel is Channel.SMS and code in HOLDER_STOPPED:
        stop(channel=row.channel, address=address, reason="provider", by=by, at=at)
    if row.channel is Channel.SMS and code in CANNOT_RECEIVE:
        suspend(channel=row.channel, address=address, reason="provider", by=by, at=at)
    failed(row, f"rejected:{code}"[:60], by=by, at=at)


def not_reached(row: OutboundMessage, *, by: Actor, at: datetime) -> None:
    """It certainly did not go: tried again a little later, five times in all; an urgent one is not."""
    if KINDS[row.kind].urgent or row.attempts >= TRIES:
        failed(row, "not_reached", by=by, at=at)
        return
    row.due_at = at + timedelta(minutes=WAIT_MINUTES[row.attempts - 1])
    into(row, MessageState.QUEUED, at=at, reason="not_reached")


def unknown(row: OutboundMessage, reason: str, *, by: Actor, at: datetime) -> None:
    """It may have gone and may not: a person decides what to do, never the machine."""
    _end(row, MessageState.UNKNOWN, reason, by=by, at=at)
    _show_staff(row, by=by, at=at)


def failed(row: OutboundMessage, reason: str, *, by: Actor, at: datetime) -> None:
    """It did not go and will not: never a silent miss."""
    _end(row, MessageState.FAILED, reason, by=by, at=at)
    _show_staff(row, by=by, at=at)


def _end(row: OutboundMessage, state: MessageState, reason: str, *, by: Actor, at: datetime) -> None:
    with db.write():
        row.lease_until = None
        into(row, state, at=at, reason=reason)
        audit.record(
            verb="messaging.dispatch",
            subject=("message", row.id),
            by=by,
            at=at,
            person_id=row.recipient_id,
            detail={"kind": row.kind, "channel": row.channel, "state": state, "reason": reason},
        )


def _show_staff(row: OutboundMessage, *, by: Actor, at: datetime) -> None:
    # A code has nobody to write to but the person who waits for it, and their page already says what to do.
    # What does not reach staff is another matter (`not_arrived`).
    if row.recipient_id is None or KINDS[row.kind].urgent or KINDS[row.kind].to_staff:
        return
    duty.raise_task(
        kind=TaskKind.UNDELIVERED_TEXT,
        subject=("message", row.id),
        person_id=row.recipient_id,
        owner_id=therapist_of(row.recipient_id, at=at),
        due_at=calendar(at).after(at, WORKING_HOURS_TO_LOOK),
        by=by,
        at=at,
    )
