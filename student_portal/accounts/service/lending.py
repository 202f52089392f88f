"""Lending: a therapist's device shows one student one form, and nothing else until their own six digits."""

from datetime import datetime

from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.accounts.models import BrowserSession, StaffAccount
from student_portal.accounts.service.limits import UNLOCK, count_try, is_resting
from student_portal.accounts.service.sessions import HERE, end_session, end_where, start_session
from student_portal.accounts.service.staff import uses_up
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, crypto, db, passwords
from student_portal.foundation.errors import NotAllowed, Refused


def lend(*, person_id: str, about: str, replacing: str | None, by: Viewer, at: datetime) -> str:
    """Lend the device `by` stands at to this student for one session's form.

    Gives the secret for the students' cookie. `replacing` is the secret that this cookie held: whoever stood
    there is signed out. From now on the therapist's own session opens nothing until `take_back`.
    """
    if by.session_id is None:
        raise NotAllowed
    with db.write():
        row = db.locked(BrowserSession, by.session_id)
        row.lent_for = about
        sign_out_student(secret=replacing, by=by, at=at)
        audit.record(
            verb="accounts.lend_device",
            subject=("browser_session", row.id),
            by=by,
            at=at,
            person_id=person_id,
            detail={"session": about},
        )
        therapist = Actor(by.service_id, by.person_id, by.role)  # whose own session goes on beside this one
        return start_session(
            role=Role.LINK, person_id=person_id, about=about, proved_by=HERE, by=therapist, at=at
        )


def take_back(*, code: str, students_secret: str | None, by: Viewer, at: datetime) -> str:
    """The therapist has the device again. Gives a new secret for the staff's cookie: the old one was within
    the student's reach. Whoever stands in the students' cookie (`students_secret`) is signed out.

    Raises Refused("no") for digits that are wrong or were used before, and Refused("ended") with the fifth
    wrong ones: the staff's session is over then, and signing in with all three goes on.
    """
    if by.session_id is None:
        raise NotAllowed
    with db.write():
        row = db.locked(BrowserSession, by.session_id)
        is_theirs = not is_resting(UNLOCK, row.secret_hash.hex()) and _is_code_of(row.person_id, code)
        if is_theirs:
            return _back(row, students_secret, at=at)
        count_try(UNLOCK, row.secret_hash.hex())
        is_over = is_resting(UNLOCK, row.secret_hash.hex())
        if is_over:
            end_session(session_id=row.id, by=by, at=at)
    raise Refused("ended" if is_over else "no")


def step_up(*, code: str, by: Viewer, at: datetime) -> None:
    """A member of staff proves once more that it is them, before something that touches many records.

    Raises Refused("no") for digits that are wrong or were used before, and after five wrong ones in a day.
    """
    key = f"step up {by.person_id}"
    with db.write():
        if not is_resting(UNLOCK, key) and _is_code_of(by.person_id, code):
            audit.record(verb="accounts.step_up", subject=("person", str(by.person_id)), by=by, at=at)
            return
        count_try(UNLOCK, key)
    raise Refused("no")


def _is_code_of(person_id: str | None, code: str) -> bool:
    """Whether these are their authenticator's digits, which are used up by it."""
    with db.write() as session:
        account = session.exec(select(StaffAccount).where(StaffAccount.person_id == person_id)).first()
    step = passwords.totp_step(account.totp, code) if account else None
    return account is not None and step is not None and uses_up(account.id, step)


def _back(row: BrowserSession, students_secret: str | None, *, at: datetime) -> str:
    secret = crypto.token()
    therapist = Actor(row.service_id, row.person_id, row.role)
    with db.write():
        end_where(BrowserSession.about == row.lent_for, BrowserSession.proved_by == HERE, by=therapist, at=at)
        sign_out_student(secret=students_secret, by=therapist, at=at)
        row.lent_for, row.secret_hash, row.seen_at = None, crypto.digest(secret), clock.real()
        audit.record(
            verb="accounts.take_device_back", subject=("browser_session", row.id), by=therapist, at=at
        )
    return secret


def sign_out_student(*, secret: str | None, by: Actor, at: datetime, only_here: bool = False) -> None:
    """End the student's session that this secret of the students' cookie stands for, if there is one.

    `only_here`: only one on a lent device.
    """
    if not secret:
        return
    which = [BrowserSession.secret_hash == crypto.digest(secret)]
    if only_here:
        which.append(BrowserSession.proved_by == HERE)
    end_where(*which, by=by, at=at)
