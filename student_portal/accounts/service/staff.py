"""Signing staff in: password and six digits together, one answer for everything that is wrong."""

from dataclasses import dataclass

from sqlmodel import col, select

from student_portal.access.queries import Role
from student_portal.accounts.models import StaffAccount
from student_portal.accounts.queries import email_mark
from student_portal.accounts.service.limits import STAFF, count_try, is_resting
from student_portal.foundation import db, passwords
from student_portal.foundation.errors import Refused

_NOBODYS_TOTP = passwords.new_totp_secret()


@dataclass(frozen=True)
class StaffProof:
    """Somebody who proved that they are this member of staff."""

    person_id: str
    role: Role


def sign_in_staff(*, email: str, password: str, code: str) -> StaffProof:
    """Check all three together and use the code up. Changes nothing else: the caller starts the session.

    Raises Refused("no"), with the same work done, whichever was wrong, whether there is such an account, and
    when it rests for 15 minutes after ten wrong tries.
    """
    mark = email_mark(email)
    account = _account(mark)
    # Checking a password takes a while: never while holding the database's one writer.
    known = passwords.matches(account.password_hash if account else None, password)
    step = passwords.totp_step(account.totp if account else _NOBODYS_TOTP, code)
    with db.write():
        resting = is_resting(STAFF, mark.hex())
        if account and known and step is not None and not resting and uses_up(account.id, step):
            return StaffProof(account.person_id, account.role)
        if not resting:  # tries made while it rests do not keep its owner out for longer
            count_try(STAFF, mark.hex())
    raise Refused("no")


def _account(mark: bytes) -> StaffAccount | None:
    with db.read() as session:
        return session.exec(
            select(StaffAccount).where(
                StaffAccount.email_index == mark, col(StaffAccount.disabled_at).is_(None)
            )
        ).first()


def uses_up(account_id: str, step: int) -> bool:
    """Take this half minute's code, if neither it nor a later one was used before."""
    account = db.locked(StaffAccount, account_id)
    if account.disabled_at is not None or step <= account.totp_step:
        return False
    account.totp_step = step
    return True
