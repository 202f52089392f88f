"""Lending a device: the therapist vouches for the student in the room, who fills in one form on it."""

from datetime import datetime

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures.queries.entering import entry


def lend(*, session_id: str, replacing: str | None, by: Viewer, at: datetime) -> str:
    """Lend the device `by` stands at for the form of one of their own students' sessions.

    Gives the secret for the students' cookie; `replacing` is the one it held. Raises NotFound,
    Refused("sent"), Refused("not_permitted"), Refused("no_date"), Refused("not_open") and Refused("closed").
    """
    if by.role != Role.THERAPIST:
        raise NotFound("form")
    with db.write():
        found = entry(by, session_id, at=at)
        if found.refused:
            raise Refused(found.refused)
        if not found.state.can_fill:
            raise Refused("closed")
        return accounts.lend(
            person_id=found.facts.person_id, about=session_id, replacing=replacing, by=by, at=at
        )
