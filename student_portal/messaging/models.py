"""The outbox, what became of each message, and what is known of an address."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

log = Declare(keep=Keep.MESSAGE, readers="care team; the student")


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class MessageState(StrEnum):
    """Where a message stands. Only a person resends what is `unknown`."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # a worker holds it until its lease ends
    SENT = "sent"  # the provider took it
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the line broke; nobody can say
    DROPPED = "dropped"  # a check said no at the moment of sending


class OutboundMessage(Row, table=True):
    """One message to be sent: recipient, kind and facts. No address, except a code's
    or an automatic reply's, which is sealed."""

    __table_args__ = (
        only_one("uq_outbound_message_slot", "service_id", "slot", where="slot IS NOT NULL"),
        check("someone_receives_it", "recipient_id IS NOT NULL OR address_sealed IS NOT NULL"),
    )

    id: str = log.key()
    service_id: str = log.ref("service.id", "which service sends it", index=False)
    recipient_id: str | None = log.ref("person.id", "to whom; empty while an address is proved", null=True)
    channel: Channel = log.choice(Channel, "text or e-mail")
    kind: str = log.text("which words are used", length=40)
    language: str = log.text("in which language", length=12, default="en-GB")
    facts: Any = log.document("ids and dates the words are filled from")
    about: str | None = log.mark("the session or referral it is about", null=True, index=True)
    slot: str | None = log.text("makes a planned message unique: session, kind, slot", length=120, null=True)
    queued_at: datetime = log.moment("when it was asked for")
    due_at: datetime = log.moment("not before", index=True)
    expires_at: datetime = log.moment("not after: then it is dropped")
    state: MessageState = log.choice(MessageState, "where it stands", default=MessageState.QUEUED, index=True)
    attempts: int = log.number("how often a worker began to send it", default=0)
    lease_until: datetime | None = log.moment("until when a worker holds it (machine time)", null=True)
    provider_id: str | None = log.text("what the provider calls it", length=80, null=True)
    text_sealed: bytes | None = log.sealed("the finished words, reused on a retry", null=True)
    address_sealed: bytes | None = log.sealed(
        "only a code's or an automatic reply's: where it goes", null=True
    )

    text = Sealed.text("text_sealed")
    address = Sealed.text("address_sealed")


class MessageEvent(Row, table=True):
    """One change of a message's state."""

    id: str = log.key()
    message_id: str = log.ref("outbound_message.id", "which message")
    state: MessageState = log.choice(MessageState, "the state it came into")
    at: datetime = log.moment("when")
    reason: str = log.text("why, as a code", length=60, default="")


class AddressKnown(StrEnum):
    """What is known of an address. An address without a row is unproved."""

    UNPROVED = "unproved"  # was stopped, and never proved before
    PROVED = "proved"
    SUSPENDED = "suspended"  # a wrong person answered, or delivery failed
    STOPPED = "stopped"  # the holder said STOP: nothing goes there, codes included


class AddressState(Row, table=True):
    """One change in what is known of an address; the newest counts."""

    id: str = log.key()
    channel: Channel = log.choice(Channel, "text or e-mail")
    address_index: bytes = log.blind("the address, as a mark")
    state: AddressKnown = log.choice(AddressKnown, "what is known")
    at: datetime = log.moment("since when")
    reason: str = log.text("why, as a code", length=60, default="")


class InboundText(Row, table=True):
    """A text that came in. Kept as received; never read by a machine beyond its first word."""

    id: str = log.key()
    service_id: str = log.ref("service.id", "which service received it", index=False)
    address_index: bytes = log.blind("from which number, as a mark")
    received_at: datetime = log.moment("when")
    provider_id: str | None = log.text("what the provider calls it", length=80, null=True, unique=True)
    body_sealed: bytes = log.sealed("what it said")

    body = Sealed.text("body_sealed")
