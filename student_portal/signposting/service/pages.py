"""Changing a written page: one person writes, another publishes; some words go no further than a draft."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.signposting import markdown
from student_portal.signposting.lint import stopping
from student_portal.signposting.models import PageKey, VersionState, WrittenPage, WrittenPageVersion
from student_portal.signposting.queries import PageWords
from student_portal.signposting.service.editing import judge_review
from student_portal.signposting.service.publishing import Life

LONGEST_LINK = 500
LIFE = Life(WrittenPage, WrittenPageVersion, "page_id", room="signposting")
_UNCHECKED = {"verified_on": None, "verified_by": None, "checked_how": "", "review_by": None}


def begin_page(
    *,
    key: PageKey,
    organisation_id: str | None,
    language: str,
    words: PageWords,
    by: Actor,
    at: datetime,
) -> str:
    """Write the first draft of a page for these readers; gives the page's id.

    Raises Refused as `draft_page` does, and Conflict if there is one already that has a version.
    """
    with db.write():
        there = select(WrittenPage).where(
            WrittenPage.key == key,
            WrittenPage.language == language,
            col(WrittenPage.organisation_id).is_(None)
            if organisation_id is None
            else WrittenPage.organisation_id == organisation_id,
        )
        made = db.add_unless(
            there,
            WrittenPage(
                service_id=by.service_id,
                key=key,
                organisation_id=organisation_id,
                language=language,
                created_at=at,
            ),
        )
        draft_page(page_id=made.id, words=words, seen=0, by=by, at=at)
        return made.id


def draft_page(*, page_id: str, words: PageWords, seen: int, by: Actor, at: datetime) -> None:
    """Save a draft of what its author has just checked; students go on reading what is published.

    `seen` is the save count the editor was shown (0: there was no draft). Raises Conflict if someone saved
    in between, Refused("review") for a day past or too far, and Refused("link") for a link that leads
    nowhere a page may lead.
    """
    judge_review(words.review_by, at)
    if markdown.no_links(words.body) or any(len(one) > LONGEST_LINK for one in markdown.links(words.body)):
        raise Refused("link")
    checked = {"takes_off": False, "verified_on": clock.london(at).date(), "verified_by": by.person_id}
    LIFE.draft(owner_id=page_id, columns=_columns(words) | checked, seen=seen, by=by, at=at)


def propose_page(*, page_id: str, by: Actor, at: datetime) -> None:
    """Ask a second person to publish the draft.

    Raises NotFound if there is none, Refused("unchecked") until somebody checked what it says, and
    Refused("words") while it names a method or says "commit".
    """
    with db.write():
        row = LIFE.propose(owner_id=page_id, by=by, at=at)
        if row.verified_on is None and not row.takes_off:
            raise Refused("unchecked")
        if stopping(f"{row.title}\n\n{row.body}"):
            raise Refused("words")


def approve_page(*, page_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Publish what was proposed, as shown to the approver; or take the page away again, if that was asked.

    Raises Refused("second_person") for its author and Conflict if it was changed meanwhile.
    """
    with db.write():
        LIFE.approve(owner_id=page_id, seen=seen, by=by, at=at, becomes=_becomes)
        duty.finish_task(kind=TaskKind.CONTENT_REVIEW, subject_id=page_id, note="", by=by, at=at)


def send_back_page(*, page_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Say no to what waits. It stays readable as a returned version."""
    LIFE.send_back(owner_id=page_id, seen=seen, by=by, at=at)


def bring_back_page(*, page_id: str, number: int, seen: int, by: Actor, at: datetime) -> None:
    """Make a draft of what version `number` said. It must be checked and sent to a second person like any.

    Raises NotFound without such a version, and Conflict as `draft_page` does.
    """
    with db.write() as session:
        old = LIFE.numbered(session, page_id, number)
        said: dict[str, Any] = {"title": old.title, "body": old.body, "takes_off": False, **_UNCHECKED}
        LIFE.draft(owner_id=page_id, columns=said, seen=seen, by=by, at=at, verb="bring_back")


def withdraw_page(*, page_id: str, why: str, by: Actor, at: datetime) -> None:
    """Ask a second person to take the page away; students then read everybody's, or the software's own.

    Raises NotFound if it is not published, and Refused("waits") while a draft of it waits.
    """
    with db.write() as session:
        standing = _published(session, page_id)
        if LIFE.waits(session, page_id):
            raise Refused("waits")
        said: dict[str, Any] = {"title": standing.title, "body": standing.body, **_UNCHECKED}
        said |= {"takes_off": True, "checked_how": why}
        LIFE.draft(owner_id=page_id, columns=said, seen=0, by=by, at=at, verb="withdraw")
        LIFE.propose(owner_id=page_id, by=by, at=at)


def verify_page(*, page_id: str, number: int, how: str, review_by: date, by: Actor, at: datetime) -> None:
    """Write down that somebody checked what students read, and by when to check again.

    Students see no difference, so one person may. `number` is the version that was checked: raises Conflict
    if students read another one by now, and Refused("review") for a day past or too far.
    """
    judge_review(review_by, at)
    with db.write() as session:
        row = _published(session, page_id)
        if row.number != number:
            raise Conflict
        row.verified_on, row.verified_by = clock.london(at).date(), by.person_id
        row.checked_how, row.review_by = how, review_by
        session.add(row)
        audit.record(
            verb="signposting.verify",
            subject=("page_version", row.id),
            by=by,
            at=at,
            detail={"number": row.number, "review_by": review_by.isoformat()},
        )
        duty.finish_task(kind=TaskKind.CONTENT_REVIEW, subject_id=page_id, note="", by=by, at=at)


def _published(session: Session, page_id: str) -> WrittenPageVersion:
    db.locked(WrittenPage, page_id)
    row = LIFE.published(session, page_id)
    if row is None:
        raise NotFound("published")
    return row


def _columns(words: PageWords) -> dict[str, Any]:
    return {
        "title": words.title,
        "body": words.body,
        "checked_how": words.checked_how,
        "review_by": words.review_by,
    }


def _becomes(row: WrittenPageVersion) -> VersionState:
    return VersionState.WITHDRAWN if row.takes_off else VersionState.PUBLISHED
