"""How a session went. The number survives a missed one; nobody is discharged by a machine."""

from datetime import datetime

from student_portal.audit.queries import Actor
from student_portal.episodes import queries
from student_portal.episodes.models import SessionState, TherapySession
from student_portal.episodes.service.dates import into
from student_portal.foundation import db
from student_portal.foundation.errors import Refused


def attended(*, session_id: str, seen_version: int, by: Actor, at: datetime) -> None:
    """They met. Raises NotFound, Conflict, Refused("not_booked") and Refused("not_yet")."""
    _went(session_id, SessionState.ATTENDED, seen_version=seen_version, by=by, at=at)


def missed(*, session_id: str, seen_version: int, by: Actor, at: datetime) -> None:
    """The student did not come. Raises as `attended`."""
    _went(session_id, SessionState.MISSED, seen_version=seen_version, by=by, at=at)


def _went(session_id: str, state: SessionState, *, seen_version: int, by: Actor, at: datetime) -> None:
    """Either can be corrected to the other; saying the same again changes nothing."""
    with db.write():
        row = db.locked(TherapySession, session_id)
        if row.state == state:
            return
        db.expect(seen_version, row.version)
        if row.state == SessionState.PLANNED:
            raise Refused("not_booked")
        facts = queries.session(session_id)
        if facts.starts_at is None or at < facts.starts_at:
            raise Refused("not_yet")
        into(row, state, reason="", by=by, at=at)
