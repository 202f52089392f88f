"""Changing a written page: one person writes, another publishes; some words go no further than a draft."""

from datetime import date, datetime

from sqlmodel import col, select

from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.signposting import markdown
from student_portal.signposting.models import PageKey, WrittenPage, WrittenPageVersion
from student_portal.signposting.queries import PageWords
from student_portal.signposting.service.publishing import Life

LONGEST_LINK = 500
_LIFE = Life(
    WrittenPage,
    WrittenPageVersion,
    "page_id",
    said=lambda row: {"title": row.title, "body": row.body},
    text=lambda row: f"{row.title}\n\n{row.body}",
)


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

    Raises Refused("link") for a link that leads nowhere a page may lead; and Conflict and Refused("review")
    as `Life.draft` does.
    """
    if markdown.no_links(words.body) or any(len(one) > LONGEST_LINK for one in markdown.links(words.body)):
        raise Refused("link")
    columns = {
        "title": words.title,
        "body": words.body,
        "checked_how": words.checked_how,
        "review_by": words.review_by,
    }
    _LIFE.draft(owner_id=page_id, columns=columns, seen=seen, by=by, at=at)


def propose_page(*, page_id: str, by: Actor, at: datetime) -> None:
    """Ask a second person to publish the draft. Raises as `Life.propose` does."""
    _LIFE.propose(owner_id=page_id, by=by, at=at)


def approve_page(*, page_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Publish what was proposed, as shown to the approver; or take the page away again, if that was asked.

    Raises as `Life.approve` does.
    """
    _LIFE.approve(owner_id=page_id, seen=seen, by=by, at=at)


def send_back_page(*, page_id: str, seen: int, by: Actor, at: datetime) -> None:
    """Say no to what waits. It stays readable as a returned version."""
    _LIFE.send_back(owner_id=page_id, seen=seen, by=by, at=at)


def withdraw_page(*, page_id: str, why: str, by: Actor, at: datetime) -> None:
    """Ask a second person to take the page away; students then read everybody's, or the software's own.

    Raises as `Life.withdraw` does.
    """
    with db.write():
        _LIFE.withdraw(owner_id=page_id, why=why, by=by, at=at)
        propose_page(page_id=page_id, by=by, at=at)


def bring_back_page(*, page_id: str, number: int, seen: int, by: Actor, at: datetime) -> None:
    """Make a draft of what version `number` said, checked like any. Raises as `Life.bring_back` does."""
    _LIFE.bring_back(owner_id=page_id, number=number, seen=seen, by=by, at=at)


def verify_page(*, page_id: str, number: int, how: str, review_by: date, by: Actor, at: datetime) -> None:
    """Write down that somebody checked what students read. Raises as `Life.verify` does."""
    _LIFE.verify(owner_id=page_id, number=number, how=how, review_by=review_by, by=by, at=at)
