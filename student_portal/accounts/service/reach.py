"""The number that staff give for texts on duty, and closing the account of somebody who leaves."""

from datetime import datetime

from sqlmodel import select

from student_portal.accounts.models import StaffAccount
from student_portal.accounts.service.sessions import end_all
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound


def set_staff_phone(*, phone: str, by: Actor, at: datetime) -> None:
    """Keep one's own number, in E.164; empty: no texts. The same again changes nothing. Raises NotFound."""
    with db.write():
        account = _locked(str(by.person_id))
        if (account.phone or "") == phone:
            return
        account.phone = phone or None
        _record("accounts.set_staff_phone", account, by=by, at=at)


def close_staff(*, person_id: str, by: Actor, at: datetime) -> None:
    """Nobody signs in with this account any more, and whoever stands in it is signed out. Twice is harmless.

    What was theirs to read or to do finds another owner within a minute (`alerts.service.keep_owned`). Raises
    NotFound.
    """
    with db.write():
        account = _locked(person_id)
        if account.disabled_at is None:
            account.disabled_at = at
            end_all(person_id=person_id, by=by, at=at)
            _record("accounts.close_staff", account, by=by, at=at)


def _locked(person_id: str) -> StaffAccount:
    with db.write() as session:
        key = session.exec(select(StaffAccount.id).where(StaffAccount.person_id == person_id)).first()
    if key is None:
        raise NotFound("staff")
    return db.locked(StaffAccount, key)


def _record(verb: str, account: StaffAccount, *, by: Actor, at: datetime) -> None:
    audit.record(verb=verb, subject=("person", account.person_id), by=by, at=at)
