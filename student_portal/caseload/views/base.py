"""The blueprint of the therapist's pages, and the line that a reading of one record leaves."""

from flask import Blueprint

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.audit import service as audit
from student_portal.foundation import clock

blueprint = Blueprint("caseload", "student_portal.caseload")


def opened(viewer: Viewer, person_id: str) -> str:
    """Record that this record was opened, in the reading's transaction; gives the student's name."""
    name = accounts.name_of(viewer, person_id)
    audit.record(
        verb="caseload.open", subject=("person", person_id), person_id=person_id, by=viewer, at=clock.now()
    )
    return name
