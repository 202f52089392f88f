"""What was talked about, where somebody said so, and what could be. Nothing said means nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, require_sight
from student_portal.foundation import db
from student_portal.measures.models import QuestionnaireResponse, ResponseState, TalkedAbout
from student_portal.measures.queries.talking import talks_for


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


def to_talk_about(viewer: Viewer, sessions: Collection[str]) -> set[str]:
    """Those of these sessions for which the student sent a form, or wrote what they want to talk about.

    Of the others nobody can say that "it" was talked about. The caller has settled who may know.
    """
    sent = select(QuestionnaireResponse.session_id).where(
        col(QuestionnaireResponse.session_id).in_(sessions),
        QuestionnaireResponse.state == ResponseState.SENT,
    )
    with db.read() as unit:
        return set(unit.exec(sent)) | set(talks_for(viewer, sessions))
