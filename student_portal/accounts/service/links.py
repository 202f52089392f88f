"""Links that go out in texts. Each serves one form or booking until it closes; only its hash is kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Role
from student_portal.accounts.models import AccessLink, BrowserSession
from student_portal.accounts.service.sessions import end_where
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import crypto, db


def make_link(
    *, person_id: str, about: str, target: str, closes_at: datetime, by: Actor, at: datetime
) -> str:
    """Make a link and give its token for the text. Links made before for the same thing go on working.

    `about` is the id of what it serves, `target` the path it leads to, `closes_at` by the service's time.
    """
    token = crypto.token()
    with db.write() as session:
        link = AccessLink(
            service_id=by.service_id,
            person_id=person_id,
            token_hash=crypto.digest(token),
            about=about,
            target=target,
            made_at=at,
            closes_at=closes_at,
        )
        session.add(link)
        session.flush()
        _record("accounts.make_link", link, by=by, at=at)
    return token


def redate_links(*, about: str, closes_at: datetime, by: Actor, at: datetime) -> None:
    """Let the links for one thing close at another time, because its date moved."""
    with db.write():
        for link in _open_links(AccessLink.about == about):
            link.closes_at = closes_at
            _record("accounts.redate_link", link, by=by, at=at)


def end_links(*, about: str, by: Actor, at: datetime) -> None:
    """Close the links for one thing, and the browsers that were let in by one."""
    with db.write():
        _close(_open_links(AccessLink.about == about), by=by, at=at)
        end_where(BrowserSession.role == Role.LINK, BrowserSession.about == about, by=by, at=at)


def end_links_of(*, person_id: str, by: Actor, at: datetime) -> None:
    """Close every link of one student, and the browsers that were let in by one."""
    with db.write():
        _close(_open_links(AccessLink.person_id == person_id), by=by, at=at)
        end_where(BrowserSession.role == Role.LINK, BrowserSession.person_id == person_id, by=by, at=at)


def _open_links(which: bool) -> list[AccessLink]:
    with db.write() as session:
        return list(session.exec(select(AccessLink).where(which, col(AccessLink.ended_at).is_(None))))


def _close(links: Iterable[AccessLink], *, by: Actor, at: datetime) -> None:
    for link in links:
        link.ended_at = at
        _record("accounts.end_link", link, by=by, at=at)


def _record(verb: str, link: AccessLink, *, by: Actor, at: datetime) -> None:
    audit.record(verb=verb, subject=("access_link", link.id), by=by, at=at, person_id=link.person_id)
