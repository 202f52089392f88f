"""What else becomes of a contact that stands: taken off the page, brought back, checked again, moved."""

from datetime import date, datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.signposting.models import Signpost
from student_portal.signposting.queries import contacts, neighbour
from student_portal.signposting.queries.versions import content_of
from student_portal.signposting.service.editing import LIFE, columns, judge_review, propose

_UNCHECKED = {
    "takes_off": False,
    "verified_on": None,
    "verified_by": None,
    "checked_how": "",
    "review_by": None,
}


def withdraw(*, signpost_id: str, why: str, by: Actor, at: datetime) -> None:
    """Ask a second person to take the contact off the page.

    Raises NotFound if students do not see it, Refused("waits") while a draft of it waits, and
    Refused("floor") if somebody would be left without a call or a text route open day and night.
    """
    with db.write() as session:
        db.locked(Signpost, signpost_id)
        standing = LIFE.published(session, signpost_id)
        if standing is None:
            raise NotFound("published")
        if LIFE.waits(session, signpost_id):
            raise Refused("waits")
        said = columns(content_of(standing)) | _UNCHECKED | {"takes_off": True, "checked_how": why}
        LIFE.draft(owner_id=signpost_id, columns=said, seen=0, by=by, at=at, verb="withdraw")
        propose(signpost_id=signpost_id, by=by, at=at)


def bring_back(*, signpost_id: str, number: int, seen: int, by: Actor, at: datetime) -> None:
    """Make a draft of what version `number` said. It must be checked and sent to a second person like any.

    Raises NotFound without such a version, and Conflict as `draft` does.
    """
    with db.write() as session:
        old = LIFE.numbered(session, signpost_id, number)
        said = columns(content_of(old)) | _UNCHECKED
        LIFE.draft(owner_id=signpost_id, columns=said, seen=seen, by=by, at=at, verb="bring_back")


def verify(*, signpost_id: str, number: int, how: str, review_by: date, by: Actor, at: datetime) -> None:
    """Write down that somebody checked what students see, and by when to check again.

    Students see no difference, so one person may. `number` is the version that was checked: raises Conflict
    if students see another one by now, and Refused("review") for a day past or too far.
    """
    judge_review(review_by, at)
    with db.write() as session:
        db.locked(Signpost, signpost_id)
        row = LIFE.published(session, signpost_id)
        if row is None or row.number != number:
            raise Conflict
        row.verified_on, row.verified_by = clock.london(at).date(), by.person_id
        row.checked_how, row.review_by = how, review_by
        session.add(row)
        audit.record(
            verb="signposting.verify",
            subject=("signpost_version", row.id),
            by=by,
            at=at,
            detail={"number": row.number, "review_by": review_by.isoformat()},
        )
        duty.finish_task(kind=TaskKind.CONTENT_REVIEW, subject_id=signpost_id, note="", by=by, at=at)


def move(*, signpost_id: str, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down among the contacts of its way that the same students see; at the end it stays.

    Raises NotFound.
    """
    with db.write():
        db.hold("signposting order")
        everything = contacts()
        beside = neighbour(everything, signpost_id, up=up)
        if beside is None:
            return
        order = [contact.id for contact in everything]
        here, there = order.index(signpost_id), order.index(beside)
        order[here], order[there] = order[there], order[here]
        for position, key in enumerate(order, start=1):
            db.locked(Signpost, key).position = position
        audit.record(
            verb="signposting.move",
            subject=("signpost", signpost_id),
            by=by,
            at=at,
            detail={"up": up},
        )
