"""Counting what costs money or could be guessed. Kept in the database, so that every process counts alike."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, func, select

from student_portal.accounts.models import Attempt
from student_portal.foundation import clock, crypto, db


@dataclass(frozen=True)
class Limit:
    """At most `most` uses of `what` for one key within `within` (the machine's time)."""

    what: str
    most: int
    within: timedelta


BORN = Limit("born", 5, timedelta(hours=1))  # rules.md, links: five wrong tries close that way for an hour
STAFF = Limit("staff_sign_in", 10, timedelta(minutes=15))
UNLOCK = Limit("unlock", 5, timedelta(hours=24))  # of one lending; then only signing in anew helps

# SEC-07. A whole campus may share one machine address, so that limit is wider than the 10 proposed there.
CODES_SOON = Limit("code", 3, timedelta(minutes=15))
CODES_DAILY = Limit("code", 10, timedelta(days=1))
CODES_MACHINE = Limit("code_machine", 60, timedelta(hours=1))
CODES_BUDGET = Limit("code_budget", 1000, timedelta(days=1))


def is_resting(limit: Limit, key: str) -> bool:
    """Whether this key has used up its tries."""
    with db.read() as session:
        used = select(func.count()).where(
            Attempt.what == limit.what,
            Attempt.key_index == _mark(limit, key),
            col(Attempt.at) > clock.real() - limit.within,
        )
        return session.exec(used).one() >= limit.most


def count_try(limit: Limit, key: str) -> None:
    """Count one use."""
    with db.write() as session:
        session.add(Attempt(what=limit.what, key_index=_mark(limit, key), at=clock.real()))
        session.flush()


def _mark(limit: Limit, key: str) -> bytes:
    return crypto.blind(key, purpose=f"attempt {limit.what}")
