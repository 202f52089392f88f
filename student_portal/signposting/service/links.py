"""Once a day each https address that students are led to is asked whether it opens.

Off until the service says otherwise (setting `check_links`). Nothing a student sees depends on it: a page
that does not open makes a task for a person, who looks and decides.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from student_portal.audit.queries import Actor
from student_portal.duty import queries as calendars
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.outside import Answer, Fetch
from student_portal.settings import queries as settings
from student_portal.signposting import markdown
from student_portal.signposting.models import (
    LinkCheck,
    SignpostVersion,
    VersionState,
    Way,
    WrittenPageVersion,
)

A_ROUND = 2
"""So that a round, which comes every minute, never keeps a message waiting for long."""

WORKING_HOURS = 8  # until somebody should have looked at a page that does not open


def check_links(*, at: datetime, by: Actor, fetch: Fetch, most: int = A_ROUND) -> int:
    """Ask those of today's addresses that were not asked yet, at most so many; gives how many it asked.

    The asking happens outside every unit of work: a page that is slow holds up no database.
    """
    if not settings.current().check_links:
        return 0
    with db.write() as session:
        used = _used(session)
        _forget(session, used, by=by, at=at)
        asked = _claim(session, used, most, by=by, at=at)
    for url in asked:
        _note(url, fetch(url), by=by, at=at)
    return len(asked)


def _used(session: Session) -> set[str]:
    """Every https address on a published contact or page."""
    contacts = session.exec(
        select(SignpostVersion.target).where(
            SignpostVersion.state == VersionState.PUBLISHED, SignpostVersion.way == Way.WEB
        )
    )
    bodies = session.exec(
        select(WrittenPageVersion.body).where(WrittenPageVersion.state == VersionState.PUBLISHED)
    )
    found = [*contacts, *(url for body in bodies for url in markdown.links(body))]
    return {url for url in found if url.startswith("https://")}


def _forget(session: Session, used: set[str], *, by: Actor, at: datetime) -> None:
    """An address that students are no longer led to is nobody's task."""
    for row in session.exec(select(LinkCheck)):
        if row.url not in used:
            duty.finish_task(kind=TaskKind.BROKEN_LINK, subject_id=row.id, note="", by=by, at=at)
            session.delete(row)


def _claim(session: Session, used: set[str], most: int, *, by: Actor, at: datetime) -> Sequence[str]:
    """The addresses to ask now, marked as asked so that no second worker asks them too."""
    known = {row.url: row for row in session.exec(select(LinkCheck).order_by(col(LinkCheck.asked_at)))}
    today = clock.london(at).date()
    due = sorted(used - set(known))
    due += [url for url, row in known.items() if clock.london(row.asked_at).date() < today]
    for url in due[:most]:
        row = known.get(url) or LinkCheck(service_id=by.service_id, url=url, asked_at=at, answer=None)
        row.asked_at = at
        session.add(row)
    return due[:most]


def _note(url: str, answer: Answer, *, by: Actor, at: datetime) -> None:
    with db.write() as session:
        row = session.exec(select(LinkCheck).where(LinkCheck.url == url).with_for_update()).first()
        if row is None:
            return  # students are led there no more
        row.answer = answer
        session.add(row)
        if answer is Answer.OPENS:
            duty.finish_task(kind=TaskKind.BROKEN_LINK, subject_id=row.id, note="", by=by, at=at)
            return
        duty.raise_task(
            kind=TaskKind.BROKEN_LINK,
            subject=("link_check", row.id),
            person_id=None,
            owner_id=None,
            due_at=calendars.calendar(at).after(at, WORKING_HOURS),
            by=by,
            at=at,
        )
