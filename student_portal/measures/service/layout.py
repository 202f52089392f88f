"""How a student wants the questions of a form to stand on their phone."""

from datetime import datetime

from sqlmodel import select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import FormLayout, FormPreference


def choose_layout(*, layout: FormLayout, by: Actor, at: datetime) -> None:
    """The student's own choice, for every form from now on; nothing that was saved changes."""
    if by.person_id is None:
        raise NotFound("person")
    made = FormPreference(service_id=by.service_id, person_id=by.person_id)
    with db.write() as unit:
        theirs = select(FormPreference).where(FormPreference.person_id == by.person_id)
        standing = db.locked(FormPreference, db.add_unless(theirs, made).id)
        if standing.layout == layout:
            return
        standing.layout = layout
        standing.version += 1
        unit.add(standing)
        audit.record(
            verb="measures.choose_layout",
            subject=("person", by.person_id),
            person_id=by.person_id,
            by=by,
            at=at,
            detail={"layout": layout},
        )
