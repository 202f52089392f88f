"""Which sessions' forms were talked about, where somebody said so. Nothing said means nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, require_sight
from student_portal.foundation import db
from student_portal.measures.models import TalkedAbout


@dataclass(frozen=True)
class Talked:
    """That somebody ticked "We talked about it". `by` is a member of staff's id."""

    session_id: str
    since: datetime
    by: str


def talked_about(viewer: Viewer, person_id: str) -> dict[str, Talked]:
    """The ticks that stand, by session. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    theirs = select(TalkedAbout).where(TalkedAbout.person_id == person_id, col(TalkedAbout.until).is_(None))
    with db.read() as unit:
        return {row.session_id: Talked(row.session_id, row.since, row.by) for row in unit.exec(theirs)}
