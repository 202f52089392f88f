"""What was sent to whom, what waits, and what is known of an address."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, func, select

from student_portal.access.queries import Viewer, require_sight
from student_portal.foundation import crypto, db, outlets
from student_portal.foundation.i18n import later as _
from student_portal.messaging.models import (
    AddressKnown,
    AddressState,
    Channel,
    MessageEvent,
    MessageState,
    OutboundMessage,
)
from student_portal.messaging.quiet import QuietHours
from student_portal.messaging.wording import KINDS, words
from student_portal.settings import queries as settings

__all__ = [
    "KINDS", "NOT_LIVE", "AddressKnown", "Backlog", "Channel", "MessageState", "NotArrived", "SentMessage",
    "address_mark", "address_state", "backlog", "go_live_blockers", "messages_to", "next_due",
    "not_arrived", "quiet_hours", "ran_out_unsent", "slots_taken", "waiting_since", "words",
]  # fmt: skip

NOT_LIVE = "not_live"  # why a message that ran out had not gone: sending was off
LINK = re.compile(r"(/l/)\w+")
DIGITS = re.compile(r"\d{3} ?\d{3}")


@dataclass(frozen=True)
class SentMessage:
    """One message in a student's list. `words` None: not filled in, because it was not sent (yet)."""

    id: str
    at: datetime  # when it was sent; until then, when it is due
    channel: Channel
    kind: str
    words: str | None
    state: MessageState
    reason: str  # why it came into this state, as a code


@dataclass(frozen=True)
class NotArrived:
    """One message that failed, was dropped or may be lost. `reason` says why, as a code."""

    id: str
    channel: Channel
    state: MessageState
    reason: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Backlog:
    """How many messages wait, how many of those could have gone already, and what needs a person."""

    waiting: int
    overdue: int
    unknown: int
    failed: int


def address_mark(channel: Channel, address: str) -> bytes:
    """The blind index of an address: a number in E.164, an e-mail in lower case."""
    return crypto.blind(address, purpose=f"{channel} address")


def address_state(channel: Channel, address: str) -> AddressKnown | None:
    """What is known of an address; None: nothing, so it is unproved."""
    with db.read() as session:
        newest = session.exec(
            select(AddressState)
            .where(
                AddressState.channel == channel,
                AddressState.address_index == address_mark(channel, address),
            )
            .order_by(col(AddressState.id).desc())
        ).first()
        return newest.state if newest else None


def messages_to(viewer: Viewer, person_id: str) -> list[SentMessage]:
    """Everything addressed to one student, newest first; codes and links are struck out.

    Raises NotFound for a viewer who may not open this student's record.
    """
    require_sight(viewer, person_id)
    with db.read() as session:
        rows = session.exec(
            select(OutboundMessage, MessageEvent)
            .join(MessageEvent, col(MessageEvent.message_id) == OutboundMessage.id)
            .where(OutboundMessage.recipient_id == person_id)
            .order_by(col(OutboundMessage.id).desc(), col(MessageEvent.id))
        ).all()
    newest = {row.id: (row, event) for row, event in rows}
    return sorted((_line(*pair) for pair in newest.values()), key=lambda line: line.at, reverse=True)


def _line(row: OutboundMessage, event: MessageEvent) -> SentMessage:
    went = row.state not in (MessageState.QUEUED, MessageState.CLAIMED)
    return SentMessage(
        id=row.id,
        at=event.at if went else row.due_at,
        channel=row.channel,
        kind=row.kind,
        words=_struck_out(row.kind, row.text) if row.text else None,
        state=row.state,
        reason=event.reason,
    )


def _struck_out(kind: str, text: str) -> str:
    without_link = LINK.sub(r"\1…", text)
    return DIGITS.sub("••• •••", without_link) if KINDS[kind].secret else without_link


def quiet_hours() -> QuietHours:
    """The hours in which reminders and confirmations wait, as the service decided."""
    decided = settings.current()
    return QuietHours(decided.quiet_from_hour, decided.quiet_to_hour)


def next_due(after: datetime) -> datetime | None:
    """The first moment later than `after` at which a message that waits could go out."""
    return min((moment for moment, _ in _waiting() if moment > after), default=None)


def slots_taken(slots: Collection[str]) -> frozenset[str]:
    """Those of these slots that a message already stands for."""
    with db.read() as session:
        taken = session.exec(select(OutboundMessage.slot).where(col(OutboundMessage.slot).in_(slots)))
        return frozenset(slot for slot in taken if slot)


def not_arrived(kinds: Collection[str], *, since: datetime) -> list[NotArrived]:
    """Messages of these kinds asked for since then that did not go, or of which nobody can say, in order."""
    lost = (MessageState.FAILED, MessageState.UNKNOWN, MessageState.DROPPED)
    with db.read() as session:
        rows = session.exec(
            select(OutboundMessage, MessageEvent)
            .join(MessageEvent, col(MessageEvent.message_id) == OutboundMessage.id)
            .where(
                col(OutboundMessage.kind).in_(kinds),
                OutboundMessage.queued_at >= since,
                col(OutboundMessage.state).in_(lost),
            )
            .order_by(col(OutboundMessage.id), col(MessageEvent.id))
        ).all()
    newest = {row.id: (row, event) for row, event in rows}
    return [
        NotArrived(row.id, row.channel, row.state, event.reason, row.facts) for row, event in newest.values()
    ]


def backlog(at: datetime) -> Backlog:
    """How much waits and what needs a person. Overdue: could have gone a minute ago or earlier."""
    with db.read() as session:
        counted = session.exec(select(OutboundMessage.state, func.count()).group_by(OutboundMessage.state))
        states = Counter(dict(counted.all()))
    overdue = sum(moment < at - timedelta(minutes=1) for moment, _ in _waiting())
    waiting = states[MessageState.QUEUED] + states[MessageState.CLAIMED]
    return Backlog(waiting, overdue, states[MessageState.UNKNOWN], states[MessageState.FAILED])


def ran_out_unsent() -> int:
    """How many messages ran out while sending was off."""
    with db.read() as session:
        so_ended = select(func.count()).where(MessageEvent.reason == NOT_LIVE)
        return session.exec(so_ended).one()


def go_live_blockers() -> list[str]:
    """A sentence for each channel without a real provider; the page that shows it translates it."""
    providers = {
        _("No provider for texts is set up."): Channel.SMS,
        _("No mail server for e-mails is set up."): Channel.EMAIL,
    }
    return [sentence for sentence, channel in providers.items() if channel not in outlets.installed().real]


def waiting_since(at: datetime) -> datetime | None:
    """Since when the oldest message waits that could have gone by `at`; None: none does."""
    return min((moment for moment, _ in _waiting() if moment <= at), default=None)


def _waiting() -> Iterator[tuple[datetime, str]]:
    """When each queued message may go, quiet hours counted, and its id."""
    quiet = quiet_hours()
    with db.read() as session:
        rows = session.exec(
            select(OutboundMessage.id, OutboundMessage.kind, OutboundMessage.due_at).where(
                OutboundMessage.state == MessageState.QUEUED
            )
        ).all()
    for key, kind, due_at in rows:
        yield (due_at if KINDS[kind].any_hour else quiet.over(due_at)), key
