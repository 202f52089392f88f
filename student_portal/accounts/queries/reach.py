"""How members of staff on duty are reached, and whether they work here still."""

from sqlmodel import select

from student_portal.accounts.models import StaffAccount
from student_portal.foundation import addresses, db
from student_portal.messaging.queries import Channel


def has_left(person_id: str) -> bool:
    """Whether the account of this member of staff was closed."""
    account = _account(person_id)
    return account is not None and account.disabled_at is not None


def staff_address(person_id: str, channel: Channel) -> str | None:
    """Where a message to a member of staff goes now, for the worker alone: the e-mail they sign in with, or
    the number they gave.
    """
    account = _account(person_id)
    if account is None or account.disabled_at is not None:
        return None
    return (account.phone if channel is Channel.SMS else account.email) or None


def staff_channels(person_id: str) -> list[Channel]:
    """How a member of staff can be reached, texts first."""
    return [channel for channel in Channel if staff_address(person_id, channel)]


def staff_phone(person_id: str) -> str:
    """The number somebody gave for texts on duty, as people write it; empty without one. For them alone."""
    number = staff_address(person_id, Channel.SMS)
    return addresses.shown(number) if number else ""


def _account(person_id: str) -> StaffAccount | None:
    with db.read() as session:
        return session.exec(select(StaffAccount).where(StaffAccount.person_id == person_id)).first()
