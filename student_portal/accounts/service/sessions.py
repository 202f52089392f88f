"""Browser sessions: rows, never cookies alone. All their times are the machine's."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from student_portal.access.queries import LENT, STAFF, Role, Viewer
from student_portal.accounts.models import BrowserSession, StaffAccount
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, crypto, db
from student_portal.foundation.prepared import Columns, Plain, columns, prepared
from student_portal.settings import queries as settings

WRITE_SEEN_AFTER = timedelta(minutes=5)
LEFT_FOR_GOOD = timedelta(hours=12)
"""After so long without use nothing is kept for a locked screen any more."""
HERE = "here"  # vouched for by the therapist in the room, on whose device it is


def start_session(
    *, role: Role, person_id: str | None, about: str | None, proved_by: str, by: Actor, at: datetime
) -> str:
    """Begin a browser session and give the secret for its cookie; only its hash is kept.

    A session that `by` already stands in is ended, so that each proof gets a new secret. `proved_by` is
    "code", "link", "password", "born" or "here"; `about` is the one thing a link or draft is limited to.
    """
    secret = crypto.token()
    real = clock.real()
    with db.write() as session:
        if isinstance(by, Viewer) and by.session_id:
            end_session(session_id=by.session_id, by=by, at=at)
        begun = BrowserSession(
            secret_hash=crypto.digest(secret),
            service_id=by.service_id,
            person_id=person_id,
            role=role,
            about=about,
            proved_by=proved_by,
            created_at=real,
            seen_at=real,
        )
        session.add(begun)
        session.flush()
        audit.record(
            verb="accounts.start_session",
            subject=("browser_session", begun.id),
            by=Actor(by.service_id, person_id, role),
            at=at,
            person_id=None if role in STAFF else person_id,
            detail={"proved_by": proved_by},
        )
    return secret


def viewer_from(*, secret: str, seen_real: int | None, is_use: bool = True) -> Viewer | None:
    """Whoever holds this secret, or None when the session has ended, idled out or grown too old.

    `seen_real` is the last use as the signed cookie remembers it, in seconds since 1970 by the machine's
    clock; the row remembers it only to five minutes. `is_use` False: the session lasts no longer by this.
    """
    found = _behind(secret)
    if found is None or not _stands(found, seen_real):
        return None
    if is_use:
        _note_use(found)
    return _viewer(found)


def behind_lock(*, secret: str) -> Viewer | None:
    """Whose screen this is that has only been left alone too long; None where it was ended, lent, left long
    ago, or is no session at all. Nobody may be let in by it: it says whose words they are, and they must
    prove it again.
    """
    found = _behind(secret)
    if found is None or found.ended_at or found.lent_for or not _is_of_the_shift(found):
        return None
    return _viewer(found) if clock.real() - found.seen_at < LEFT_FOR_GOOD else None


def _behind(secret: str) -> Plain | None:
    return next(iter(_held_by(secret_hash=crypto.digest(secret))), None)


def _viewer(found: Plain) -> Viewer:
    return Viewer(
        found.service_id,
        found.person_id,
        LENT if found.lent_for else found.role,
        session_id=found.id,
        about=found.lent_for or found.about,
        is_here=found.proved_by == HERE,
    )


@prepared
def _held_by(secret_hash: bytes) -> Columns:
    """The session of this secret; `account` is the open account of the member of staff whose it is."""
    theirs = col(StaffAccount.person_id) == BrowserSession.person_id
    return (
        columns(
            BrowserSession.id,
            BrowserSession.service_id,
            BrowserSession.person_id,
            BrowserSession.role,
            BrowserSession.about,
            BrowserSession.proved_by,
            BrowserSession.lent_for,
            BrowserSession.created_at,
            BrowserSession.seen_at,
            BrowserSession.ended_at,
            col(StaffAccount.id).label("account"),
        )
        .join(StaffAccount, theirs & col(StaffAccount.disabled_at).is_(None), isouter=True)
        .where(col(BrowserSession.secret_hash) == secret_hash)
    )


def _stands(found: Plain, seen_real: int | None) -> bool:
    rules = settings.current()
    seen = max(found.seen_at, datetime.fromtimestamp(seen_real or 0, UTC))
    if found.ended_at or clock.real() - seen >= timedelta(minutes=rules.idle_minutes):
        return False
    return _is_of_the_shift(found)


def _is_of_the_shift(found: Plain) -> bool:
    """Whether staff whose it is may still work, and signed in no longer ago than a working day."""
    if found.role not in STAFF:
        return True
    rules = settings.current()
    return clock.real() - found.created_at < timedelta(hours=rules.staff_hours) and found.account is not None


def _note_use(found: Plain) -> None:
    if clock.real() - found.seen_at < WRITE_SEEN_AFTER:
        return
    with db.write() as session:
        row = session.get_one(BrowserSession, found.id)
        row.seen_at = max(row.seen_at, clock.real())


def end_session(*, session_id: str, by: Actor, at: datetime) -> None:
    """Sign one browser out. Twice is harmless."""
    with db.write():
        row = db.locked(BrowserSession, session_id)
        if row.ended_at is None:
            _end(row, by=by, at=at)


def end_all(*, person_id: str, by: Actor, at: datetime) -> None:
    """Sign a person out of every browser."""
    end_where(BrowserSession.person_id == person_id, by=by, at=at)


def end_where(*which: bool, by: Actor, at: datetime) -> None:
    """End every session that fits."""
    with db.write() as session:
        for row in session.exec(select(BrowserSession).where(*which, col(BrowserSession.ended_at).is_(None))):
            _end(row, by=by, at=at)


def _end(row: BrowserSession, *, by: Actor, at: datetime) -> None:
    row.ended_at = clock.real()
    audit.record(
        verb="accounts.end_session",
        subject=("browser_session", row.id),
        by=by,
        at=at,
        person_id=None if row.role in STAFF else row.person_id,
    )
