"""Sending what is due. Each message goes through four steps, and each step is safe to die after.

1. Claim: one transaction takes the most urgent message and a lease; other workers skip it.
2. Prepare: one transaction asks every check again, fills in the words and seals them. From here on nobody
   can know whether the message went until step 4 says so.
3. Send: no transaction is open while the provider is spoken to.
4. Record: one transaction writes down what became of it.

A worker that dies before the end of step 2 has sent nothing, and another takes the message when the lease
ends. One that dies later leaves an unknown outcome, which no machine ever sends again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import col, select

from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock, db
from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected, Sender
from student_portal.messaging.models import AddressKnown, Channel, MessageState, OutboundMessage
from student_portal.messaging.queries import NOT_LIVE, address_state, quiet_hours
from student_portal.messaging.service import outcomes
from student_portal.messaging.service.history import into
from student_portal.messaging.service.recipes import Outbound, Recipe
from student_portal.messaging.wording import KINDS, words
from student_portal.settings import queries as settings

__all__ = ["Outbound", "Recipe", "dispatch"]

LEASE = timedelta(seconds=60)  # six times as long as the providers' timeout
AT_A_TIME = timedelta(seconds=30)  # then the caller looks at the clock again: quiet hours may have begun

URGENT = [kind for kind, about in KINDS.items() if about.urgent]
ANY_HOUR = [kind for kind, about in KINDS.items() if about.any_hour]


@dataclass(frozen=True)
class _Claim:
    """One worker's hold on one message; `attempt` tells it from another's later hold on the same one."""

    message_id: str
    attempt: int


@dataclass(frozen=True, repr=False)
class _Ready:
    """Everything the provider needs."""

    id: str
    channel: Channel
    address: str
    text: str


def dispatch(
    *, at: datetime, table: Mapping[str, Recipe], senders: Mapping[Channel, Sender], may_send: bool
) -> int:
    """Send what may go at `at`, most urgent first, for half a minute at most; gives how many were taken.

    Without `may_send` everything waits; what runs out meanwhile is shown to staff like whatever did not go.
    Never called inside a unit of work.
    """
    worker = machine(settings.service_id())
    until = clock.real() + AT_A_TIME
    _take_up_dropped_leases(by=worker, at=at)
    taken = 0
    while clock.real() < until and (claim := _claim(at, may_send=may_send)) is not None:
        ready = _prepare(claim, table, senders, may_send=may_send, by=worker, at=at)
        if ready is not None:
            taken += _send(ready, senders[ready.channel], by=worker, at=at)
    return taken


def _take_up_dropped_leases(*, by: Actor, at: datetime) -> None:
    with db.write() as session:
        abandoned = select(OutboundMessage).where(
            OutboundMessage.state == MessageState.CLAIMED,
            col(OutboundMessage.lease_until) <= clock.real(),
        )
        for row in session.exec(abandoned.with_for_update(skip_locked=True)).all():
            if row.text_sealed is not None:
                outcomes.unknown(row, "worker_lost", by=by, at=at)
            elif row.attempts >= outcomes.TRIES:
                outcomes.failed(row, "worker_lost", by=by, at=at)
            else:
                into(row, MessageState.QUEUED, at=at, reason="worker_lost")


def _claim(at: datetime, *, may_send: bool) -> _Claim | None:
    due = select(OutboundMessage).where(
        OutboundMessage.state == MessageState.QUEUED, OutboundMessage.due_at <= at
    )
    if not may_send:
        due = due.where(OutboundMessage.expires_at <= at)
    elif quiet_hours().holds(at):
        due = due.where(col(OutboundMessage.kind).in_(ANY_HOUR))
    urgent_first = col(OutboundMessage.kind).in_(URGENT).desc()
    with db.write() as session:
        row = session.exec(
            due.order_by(urgent_first, col(OutboundMessage.due_at), col(OutboundMessage.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.attempts += 1
        row.lease_until = clock.real() + LEASE
        into(row, MessageState.CLAIMED, at=at)
        return _Claim(row.id, row.attempts)


def _prepare(
    claim: _Claim,
    table: Mapping[str, Recipe],
    senders: Mapping[Channel, Sender],
    *,
    may_send: bool,
    by: Actor,
    at: datetime,
) -> _Ready | None:
    with db.write():
        row = db.locked(OutboundMessage, claim.message_id)
        if row.state is not MessageState.CLAIMED or row.attempts != claim.attempt:
            return None  # dropped meanwhile, or our lease ended and another worker took it
        if not may_send:
            outcomes.failed(row, NOT_LIVE, by=by, at=at)
            return None
        recipe = table.get(row.kind)
        if recipe is None or row.channel not in senders:
            outcomes.failed(row, "no_recipe" if recipe is None else "no_sender", by=by, at=at)
            return None
        if row.expires_at <= at:
            outcomes.failed(row, "expired", by=by, at=at)
            return None
        outbound = _outbound(row, at)
        refusal = next(filter(None, (check(outbound) for check in recipe.checks)), None)
        if refusal:
            outcomes.dropped(row, refusal, by=by, at=at)
            return None
        return _addressed(row, outbound, recipe, by=by, at=at)


def _addressed(
    row: OutboundMessage, outbound: Outbound, recipe: Recipe, *, by: Actor, at: datetime
) -> _Ready | None:
    address = recipe.address(outbound)
    if address is None:
        outcomes.failed(row, "no_address", by=by, at=at)
        return None
    known = address_state(row.channel, address) or AddressKnown.UNPROVED
    if known is AddressKnown.STOPPED:
        outcomes.dropped(row, "stopped", by=by, at=at)
        return None
    if known is not AddressKnown.PROVED and not KINDS[row.kind].to_unproved:
        outcomes.failed(row, known.value, by=by, at=at)
        return None
    if row.text_sealed is None:
        row.text = words(row.kind, row.channel, recipe.fill(outbound))
    return _Ready(row.id, row.channel, address, row.text)


def _outbound(row: OutboundMessage, at: datetime) -> Outbound:
    return Outbound(row.id, row.recipient_id, row.channel, row.kind, row.facts, row.about, row.address, at)


def _send(ready: _Ready, sender: Sender, *, by: Actor, at: datetime) -> bool:
    try:
        provider_id = sender.send(to=ready.address, body=ready.text, message_id=ready.id)
    except Rejected as refusal:
        outcome = partial(outcomes.rejected, address=ready.address, code=refusal.code)
    except NotReached:
        outcome = partial(outcomes.not_reached)
    except OutcomeUnknown:
        outcome = partial(outcomes.unknown, reason="line_broke")
    else:
        outcome = partial(outcomes.sent, provider_id=provider_id)
    with db.write():
        row = db.locked(OutboundMessage, ready.id)
        if row.state is MessageState.CLAIMED or outcome.func is outcomes.sent:
            outcome(row, by=by, at=at)
    return outcome.func is outcomes.sent
