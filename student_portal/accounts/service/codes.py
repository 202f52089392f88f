"""Six-digit codes to a number or address: asked for here, drawn when the message is sent, checked here.

The digits exist in the message alone; the row keeps a keyed mark of them. For an address that belongs to
nobody, or whose holder said STOP, a row is written like any other and no message is asked for.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import col, select

from student_portal.accounts import queries
from student_portal.accounts.models import CodePurpose, OneTimeCode
from student_portal.accounts.service.limits import (
    CODES_BUDGET,
    CODES_DAILY,
    CODES_MACHINE,
    CODES_SOON,
    count_try,
    is_resting,
)
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, crypto, db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import AddressKnown, Channel, address_mark, address_state

LIFE = timedelta(minutes=10)
TRIES = 5


def ask_code(
    *,
    purpose: CodePurpose,
    about: str,
    channel: Channel,
    address: str,
    by: Actor,
    at: datetime,
    machine: str | None = None,
) -> str:
    """Ask for a code to this address; gives the id under which it is checked. Earlier ones asked from the
    same place (`about`: a draft's or browser's id) stop working.

    `machine` is the network address it was asked from. Raises Refused("limit") when codes were asked for too
    often; the answer never depends on whether anybody has the address.
    """
    _count(channel, address, machine)
    with db.write() as session:
        _replace(purpose, about, by=by, at=at)
        holders = queries.holders(channel, address) if purpose is CodePurpose.SIGN_IN else []
        asked = OneTimeCode(
            service_id=by.service_id,
            purpose=purpose,
            about=about,
            channel=channel,
            address_index=address_mark(channel, address),
            person_id=holders[0] if len(holders) == 1 else None,
            expires_at=clock.real() + LIFE,
        )
        session.add(asked)
        session.flush()
        audit.record(verb="accounts.ask_code", subject=("code", asked.id), by=by, at=at)
        wanted = purpose is CodePurpose.PROVE or holders
        if wanted and address_state(channel, address) != AddressKnown.STOPPED:
            _queue(asked, address, by=by, at=at)
        return asked.id


def _count(channel: Channel, address: str, machine: str | None) -> None:
    keys = [(CODES_SOON, f"{channel} {address}")]
    if machine:
        keys.append((CODES_MACHINE, machine))
    only_asked = [(CODES_DAILY, f"{channel} {address}"), (CODES_BUDGET, "")]  # counted elsewhere
    with db.write():
        full = any(is_resting(limit, key) for limit, key in (*keys, *only_asked))
        if not full:
            for limit, key in keys:
                count_try(limit, key)
    if full:
        raise Refused("limit")


def _replace(purpose: CodePurpose, about: str, *, by: Actor, at: datetime) -> None:
    with db.write() as session:
        earlier = select(OneTimeCode).where(
            OneTimeCode.purpose == purpose, OneTimeCode.about == about, col(OneTimeCode.used_at).is_(None)
        )
        for code in session.exec(earlier):
            code.used_at = clock.real()
            code.code_hash = None  # a code that has a mark and was used is one that came back
            messaging.drop(about=code.id, reason="replaced", by=by, at=at)


def _queue(asked: OneTimeCode, address: str, *, by: Actor, at: datetime) -> None:
    count_try(CODES_BUDGET, "")  # only what is sent costs: asking for strangers' codes locks nobody out
    messaging.queue(
        kind="code",
        channel=asked.channel,
        recipient_id=asked.person_id,
        address=address,
        facts={},
        about=asked.id,
        due_at=at,
        expires_at=at + LIFE,
        by=by,
        at=at,
    )


def draw_digits(*, code_id: str) -> str:
    """Draw the six digits, for the message that is being sent now; the worker's alone.

    Raises Refused("spent") when the code cannot be used any more, so that nothing should be sent.
    """
    with db.write():
        row = db.locked(OneTimeCode, code_id)
        if not queries.is_live(row):
            raise Refused("spent")
        digits = f"{secrets.randbelow(10**6):06}"
        row.code_hash = _mark(code_id, digits)
        return digits


def check_code(*, code_id: str, digits: str, at: datetime) -> bool:
    """Whether these are the digits that were sent. A right answer uses the code up.

    False means: try again. Raises Refused("spent") when nothing typed can be right any more: ten minutes
    passed, five wrong tries, used, or replaced. Never called inside another unit of work that may fail,
    or the try would not be counted.
    """
    with db.write():
        try:
            row = db.locked(OneTimeCode, code_id)
        except NotFound:
            row = None
        live = row is not None and queries.is_live(row) and row.tries < TRIES
        right = live and row is not None and _is_right(row, digits)
        if row is not None and right:
            row.used_at = clock.real()
        elif row is not None and live:
            row.tries += 1
    if not live:
        raise Refused("spent")
    return right


def _is_right(row: OneTimeCode, digits: str) -> bool:
    return row.code_hash is not None and hmac.compare_digest(row.code_hash, _mark(row.id, digits))


def _mark(code_id: str, digits: str) -> bytes:
    return crypto.blind(f"{code_id} {digits}", purpose="code")
