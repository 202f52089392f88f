"""Rows about a student that staff enter: pronouns, access needs, what to mind when getting in touch."""

from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.caseload.models import LONGEST_ROW, AboutStudent
from student_portal.caseload.queries.about import about
from student_portal.foundation import db
from student_portal.foundation.errors import Refused


def describe(
    *,
    person_id: str,
    pronouns: str,
    access_needs: str,
    safe_contact: str,
    seen_version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Enter these rows as they stand on the page; the same again changes nothing, and older ones stay.

    `seen_version` is that of the rows on the page, 0 for none. Raises NotFound for a student the viewer may
    not see, Conflict when somebody entered others meanwhile, Refused("long").
    """
    words = (pronouns, access_needs, safe_contact)
    if any(len(row) > LONGEST_ROW for row in words):
        raise Refused("long")
    with db.write() as unit:
        db.hold(f"about {person_id}")
        stands = about(by, person_id)
        if words == (stands.pronouns, stands.access_needs, stands.safe_contact):
            return
        db.expect(seen_version, stands.version)
        unit.add(_next(person_id, words, stands.version + 1, by=by, at=at))
        audit.record(
            verb="caseload.describe",
            subject=("person", person_id),
            person_id=person_id,
            by=by,
            at=at,
            detail={"version": stands.version + 1},
        )


def _next(
    person_id: str, words: tuple[str, str, str], version: int, *, by: Viewer, at: datetime
) -> AboutStudent:
    row = AboutStudent(
        service_id=by.service_id,
        person_id=person_id,
        version=version,
        saved_at=at,
        saved_by=str(by.person_id),
    )
    row.pronouns, row.access_needs, row.safe_contact = (one or None for one in words)
    return row
