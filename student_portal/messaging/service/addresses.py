"""What is known of an address: proved by a code, suspended, stopped by its holder."""

from datetime import datetime

from sqlmodel import col, select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.messaging.models import AddressKnown, AddressState, Channel
from student_portal.messaging.queries import address_mark, address_state


def mark_proved(*, channel: Channel, address: str, reason: str, by: Actor, at: datetime) -> None:
    """A code sent there came back. A stopped address stays stopped: only its holder's START lifts that."""
    if address_state(channel, address) != AddressKnown.STOPPED:
        _into(AddressKnown.PROVED, channel, address, reason, by=by, at=at)


def suspend(*, channel: Channel, address: str, reason: str, by: Actor, at: datetime) -> None:
    """Nothing goes there until it is proved again: it does not work, or somebody else answered."""
    if address_state(channel, address) != AddressKnown.STOPPED:
        _into(AddressKnown.SUSPENDED, channel, address, reason, by=by, at=at)


def stop(*, channel: Channel, address: str, reason: str, by: Actor, at: datetime) -> None:
    """The holder said STOP: nothing goes there any more, codes included. Twice is harmless."""
    if address_state(channel, address) != AddressKnown.STOPPED:
        _into(AddressKnown.STOPPED, channel, address, reason, by=by, at=at)


def start(*, channel: Channel, address: str, reason: str, by: Actor, at: datetime) -> None:
    """The holder takes a STOP back: the address is again what it was before. Gives no permission."""
    if address_state(channel, address) == AddressKnown.STOPPED:
        before = _before_the_stop(channel, address) or AddressKnown.UNPROVED
        _into(before, channel, address, reason, by=by, at=at)


def _before_the_stop(channel: Channel, address: str) -> AddressKnown | None:
    with db.read() as session:
        newest = session.exec(
            select(AddressState)
            .where(
                AddressState.channel == channel,
                AddressState.address_index == address_mark(channel, address),
                AddressState.state != AddressKnown.STOPPED,
            )
            .order_by(col(AddressState.id).desc())
        ).first()
        return newest.state if newest else None


def _into(
    state: AddressKnown, channel: Channel, address: str, reason: str, *, by: Actor, at: datetime
) -> None:
    with db.write() as session:
        known = AddressState(
            channel=channel,
            address_index=address_mark(channel, address),
            state=state,
            at=at,
            reason=reason,
        )
        session.add(known)
        session.flush()
        audit.record(
            verb="messaging.address",
            subject=("address_state", known.id),
            by=by,
            at=at,
            detail={"state": state, "reason": reason},
        )
