"""Putting messages into the outbox and taking back those that have not gone."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.messaging.models import Channel, MessageState, OutboundMessage
from student_portal.messaging.service.history import into
from student_portal.messaging.wording import KINDS


def queue(
    *,
    kind: str,
    channel: Channel,
    recipient_id: str | None = None,
    address: str | None = None,
    facts: Mapping[str, Any],
    about: str | None,
    due_at: datetime,
    expires_at: datetime,
    slot: str | None = None,
    language: str = "en-GB",
    by: Actor,
    at: datetime,
) -> str | None:
    """Ask for one message, not before `due_at` and not at or after `expires_at`; gives its id.

    `facts` are ids, dates and numbers anybody may know, never words, addresses or secrets. `address` is for
    kinds that may go to an unproved one; all others go to the recipient's address as it stands when they are
    sent. `about` is the session, referral or code that `drop` names. With a `slot` that was
    used before nothing happens and None comes back. Raises ValueError for an unknown kind or an address
    where none may be given.
    """
    if kind not in KINDS or (address is not None and not KINDS[kind].to_unproved):
        raise ValueError(kind)
    asked = OutboundMessage(
        service_id=by.service_id, recipient_id=recipient_id, channel=channel, kind=kind, language=language,
        facts=dict(facts), about=about, slot=slot, queued_at=at, due_at=due_at, expires_at=expires_at,
    )  # fmt: skip
    asked.address = address
    with db.write() as session:
        if slot is None:
            session.add(asked)
        elif db.add_unless(_in_slot(by.service_id, slot), asked) is not asked:
            return None
        into(asked, MessageState.QUEUED, at=at)
        _record("messaging.queue", asked, "", by=by, at=at)
        return asked.id


def drop(*, about: str, reason: str, by: Actor, at: datetime, kinds: Collection[str] | None = None) -> int:
    """Take back what waits about one thing, all of it or only some kinds; gives how many."""
    chosen = col(OutboundMessage.about) == about
    if kinds is not None:
        chosen = and_(chosen, col(OutboundMessage.kind).in_(kinds))
    return _drop(chosen, reason, by=by, at=at)


def drop_for(*, recipient_id: str, channel: Channel, reason: str, by: Actor, at: datetime) -> int:
    """Take back what waits for one person on one channel; gives how many."""
    chosen = and_(OutboundMessage.recipient_id == recipient_id, OutboundMessage.channel == channel)
    return _drop(chosen, reason, by=by, at=at)


def _drop(chosen: ColumnElement[bool], reason: str, *, by: Actor, at: datetime) -> int:
    # What a worker holds without words has not begun to go; with words it may be out, and stays as it is.
    not_begun = or_(
        OutboundMessage.state == MessageState.QUEUED,
        and_(OutboundMessage.state == MessageState.CLAIMED, col(OutboundMessage.text_sealed).is_(None)),
    )
    with db.write() as session:
        waiting = select(OutboundMessage).where(chosen, not_begun).with_for_update()
        rows = session.exec(waiting).all()
        for row in rows:
            row.slot = None  # it never went, so what is planned for this slot may be planned again
            into(row, MessageState.DROPPED, at=at, reason=reason)
            _record("messaging.drop", row, reason, by=by, at=at)
        return len(rows)


def _in_slot(service_id: str, slot: str) -> SelectOfScalar[OutboundMessage]:
    return select(OutboundMessage).where(
        OutboundMessage.service_id == service_id, OutboundMessage.slot == slot
    )


def _record(verb: str, row: OutboundMessage, reason: str, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=("message", row.id),
        by=by,
        at=at,
        person_id=row.recipient_id,
        detail={"kind": row.kind, "channel": row.channel, **({"reason": reason} if reason else {})},
    )
