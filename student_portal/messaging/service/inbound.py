"""Texts that come in: STOP and START are obeyed, everything else is kept and answered by a notice."""

import re
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.messaging.models import Channel, InboundText, OutboundMessage
from student_portal.messaging.queries import address_mark
from student_portal.messaging.service.addresses import start, stop
from student_portal.messaging.service.outbox import queue

# The provider matches single words only; people write "Stop, please!". First words, any case, accents off.
STOP = frozenset({"stop", "stopall", "stopp", "unsubscribe", "optout", "arret", "alto"})
STOP_ALONE = frozenset({"end", "cancel", "quit"})  # with more words they may mean something else entirely
START = frozenset({"start", "unstop"})
PLAIN = str.maketrans("êéèÊÉÈ", "eeeeee")

BETWEEN_REPLIES = timedelta(hours=1)
REPLY_LIFE = timedelta(minutes=10)


def receive(*, address: str, body: str, provider_id: str | None, by: Actor, at: datetime) -> None:
    """Keep one text as it came, from a number in E.164, and act on its first word.

    A text that says neither STOP nor START gets the notice that nobody reads replies, at most once an hour;
    no machine reads further. The same `provider_id` again changes nothing (None: the provider gave none).
    """
    with db.write() as session:
        text = InboundText(
            service_id=by.service_id,
            address_index=address_mark(Channel.SMS, address),
            received_at=at,
            provider_id=provider_id,
        )
        text.body = body
        if provider_id is None:
            session.add(text)
        elif db.add_unless(_the_same(provider_id), text) is not text:
            return
        asked = wish(body)
        if asked == "stop":
            stop(channel=Channel.SMS, address=address, reason="text", by=by, at=at)
        elif asked == "start":
            start(channel=Channel.SMS, address=address, reason="text", by=by, at=at)
        else:
            _reply(address, by=by, at=at)


def _the_same(provider_id: str) -> SelectOfScalar[InboundText]:
    return select(InboundText).where(InboundText.provider_id == provider_id)


def wish(body: str) -> str:
    """What a text asks of the machine: "stop", "start", or nothing."""
    found = re.findall(r"[^\W_]+", body.translate(PLAIN).casefold())
    first = found[0] if found else ""
    if first in STOP or (first in STOP_ALONE and len(found) == 1):
        return "stop"
    return "start" if first in START else ""


def _reply(address: str, *, by: Actor, at: datetime) -> None:
    prefix = f"auto_reply:{address_mark(Channel.SMS, address).hex()}:"
    with db.read() as session:
        replied = session.exec(
            select(OutboundMessage.queued_at).where(
                col(OutboundMessage.slot).startswith(prefix, autoescape=True)
            )
        ).all()
    if replied and at - max(replied) < BETWEEN_REPLIES:
        return
    queue(
        kind="auto_reply",
        channel=Channel.SMS,
        address=address,
        facts={},
        about=None,
        due_at=at,
        expires_at=at + REPLY_LIFE,
        slot=f"{prefix}{len(replied)}",
        by=by,
        at=at,
    )
