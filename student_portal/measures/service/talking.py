"""What a student wants to talk about in a session: their words, theirs to change until it starts."""

from datetime import datetime

from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.measures.models import TalkingPoint
from student_portal.measures.queries import own_session
from student_portal.measures.queries.talking import LONGEST_TALK, writable_until


def save_talking_point(*, session_id: str, words: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Keep these words for the session; the same words again change nothing.

    `seen_version` is that of the words on the page, 0 for none. Raises NotFound for another student's session
    and for a link, Conflict when other words were saved meanwhile, Refused("empty"), Refused("long")
    and Refused("closed") once the session has started or has no date.
    """
    if not words.strip():
        raise Refused("empty")
    if len(words) > LONGEST_TALK:
        raise Refused("long")
    _write(session_id, words, seen_version, by=by, at=at)


def take_back_talking_point(*, session_id: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Take the words back: they are destroyed, and nobody reads them from now on. Raises as saving does."""
    _write(session_id, None, seen_version, by=by, at=at)


def _write(session_id: str, words: str | None, seen_version: int, *, by: Actor, at: datetime) -> None:
    with db.write() as unit:
        facts = own_session(by, session_id)
        _must_be_writable(facts, by, at)
        point = _standing(facts, by, at)
        if point.words == (words or ""):
            return
        if point.version != seen_version:
            raise Conflict
        point.words = words
        point.version += 1
        point.saved_at = at
        unit.add(point)
        audit.record(
            verb="measures.save_talking_point" if words else "measures.take_back_talking_point",
            subject=("session", session_id),
            person_id=facts.person_id,
            by=by,
            at=at,
        )


def _must_be_writable(facts: SessionFacts, by: Actor, at: datetime) -> None:
    if by.role != Role.STUDENT:
        raise NotFound("session")
    if writable_until(facts, at) is None:
        raise Refused("closed")


def _standing(facts: SessionFacts, by: Actor, at: datetime) -> TalkingPoint:
    """The one row of this session, held; without words and at version 0 before the first."""
    made = TalkingPoint(
        service_id=by.service_id, person_id=facts.person_id, session_id=facts.id, saved_at=at, version=0
    )
    there = select(TalkingPoint).where(TalkingPoint.session_id == facts.id)
    return db.locked(TalkingPoint, db.add_unless(there, made).id)
