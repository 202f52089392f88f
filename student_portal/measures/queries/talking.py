"""What a student wants to talk about, in their own words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight, seen_among
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.prepared import prepared_rows
from student_portal.measures.models import TalkingPoint


@dataclass(frozen=True)
class Talk:
    """The words for one session as they were last saved; empty and version 0: none."""

    words: str
    saved_at: datetime | None
    version: int


NONE = Talk("", None, 0)
LONGEST_TALK = 500  # characters


def talking_point(viewer: Viewer, facts: SessionFacts) -> Talk:
    """What the student wants to talk about in this session. Raises NotFound for a viewer without access."""
    require_sight(viewer, facts.person_id)
    with db.read() as unit:
        row = unit.exec(select(TalkingPoint).where(TalkingPoint.session_id == facts.id)).first()
        return Talk(row.words, row.saved_at, row.version) if row else NONE


def talks_for(viewer: Viewer, sessions: Collection[str]) -> dict[str, str]:
    """The words for these sessions where somebody wrote some, of students the viewer may see."""
    written = _written_for(sessions=sessions) if sessions else []
    seen = seen_among(viewer, {row.person_id for row in written})
    return {row.session_id: row.words for row in written if row.person_id in seen and row.words}


@prepared_rows
def _written_for(sessions: Collection[str]) -> SelectOfScalar[TalkingPoint]:
    return select(TalkingPoint).where(col(TalkingPoint.session_id).in_(sessions))


def writable_until(facts: SessionFacts, at: datetime) -> datetime | None:
    """Until when words can be written or taken back: the session's start. None: not, or not any more."""
    if facts.starts_at is None or at > facts.starts_at or facts.has_ended:
        return None
    return facts.starts_at
