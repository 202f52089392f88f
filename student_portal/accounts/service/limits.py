"""Counting what costs money or could be guessed; `accounts.queries.tries` says what is used up."""

from datetime import timedelta

from sqlmodel import col, delete

from student_portal.accounts.models import Attempt
from student_portal.accounts.queries.tries import BORN, Limit, is_resting, mark
from student_portal.foundation import clock, db

STAFF = Limit("staff_sign_in", 10, timedelta(minutes=15))
UNLOCK = Limit("unlock", 5, timedelta(hours=24))  # of one lending; then only signing in anew helps

# SEC-07. A whole campus may share one machine address, so that limit is wider than the 10 proposed there.
CODES_SOON = Limit("code", 3, timedelta(minutes=15))
CODES_DAILY = Limit("code", 10, timedelta(days=1))
CODES_MACHINE = Limit("code_machine", 60, timedelta(hours=1))
CODES_BUDGET = Limit("code_budget", 1000, timedelta(days=1))

__all__ = [
    "BORN", "CODES_BUDGET", "CODES_DAILY", "CODES_MACHINE", "CODES_SOON", "STAFF", "UNLOCK", "Limit",
    "count_try", "forget_tries", "is_resting",
]  # fmt: skip


def count_try(limit: Limit, key: str) -> None:
    """Count one use."""
    with db.write() as session:
        session.add(Attempt(what=limit.what, key_index=mark(limit, key), at=clock.real()))
        session.flush()


def forget_tries(limit: Limit, *keys: str) -> None:
    """Let these keys be used afresh."""
    marks = [mark(limit, key) for key in keys]
    with db.write() as session:
        session.exec(
            delete(Attempt).where(col(Attempt.what) == limit.what, col(Attempt.key_index).in_(marks))
        )
