"""Whether a student is shown their own scores: their choice, and it holds everywhere on their side."""

from datetime import datetime

from sqlmodel import select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import FormPreference


def hide_numbers(*, hidden: bool, by: Actor, at: datetime) -> None:
    """The student's own choice; the same again changes nothing. Raises NotFound for the machine."""
    if by.person_id is None:
        raise NotFound("person")
    made = FormPreference(service_id=by.service_id, person_id=by.person_id)
    with db.write() as unit:
        theirs = select(FormPreference).where(FormPreference.person_id == by.person_id)
        standing = db.locked(FormPreference, db.add_unless(theirs, made).id)
        if standing.hides_numbers == hidden:
            return
        standing.hides_numbers = hidden
        standing.version += 1
        unit.add(standing)
        audit.record(
            verb="measures.hide_numbers" if hidden else "measures.show_numbers",
            subject=("person", by.person_id),
            person_id=by.person_id,
            by=by,
            at=at,
        )
