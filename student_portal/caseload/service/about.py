"""What staff enter about a student: name, pronouns, access needs, what to mind when getting in touch."""

from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.caseload.models import LONGEST_NAME, LONGEST_ROW, AboutStudent
from student_portal.caseload.queries.about import about
from student_portal.foundation import db
from student_portal.foundation.errors import Refused


def describe(
    *,
    person_id: str,
    name: str,
    pronouns: str,
    access_needs: str,
    safe_contact: str,
    seen_version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Enter these rows as they stand on the page, and call the student by this name from now on; the same
    again changes nothing, and what stood before stays.

    `seen_version` is that of the rows on the page, 0 for none. Raises NotFound for a student the viewer may
    not see, Conflict when somebody entered others meanwhile, Refused("long"), and Refused("name") for a new
    name without a letter or of too many; Refused("shared") as `accounts.rename_student`. A longer one that
    came with a request may stand.
    """
    words = (pronouns, access_needs, safe_contact)
    if any(len(row) > LONGEST_ROW for row in words):
        raise Refused("long")
    with db.write() as unit:
        db.hold(f"about {person_id}")
        stands, called = about(by, person_id), people.name_of(by, person_id)
        if (name, *words) == (called, stands.pronouns, stands.access_needs, stands.safe_contact):
            return
        db.expect(seen_version, stands.version)
        row = _next(person_id, words, stands.version + 1, by=by, at=at)
        if name != called:
            _rename(person_id, name, by=by, at=at)
            row.name_before = called
        unit.add(row)
        _record(row, by=by, at=at)


def _rename(person_id: str, name: str, *, by: Viewer, at: datetime) -> None:
    if len(name) > LONGEST_NAME or not any(letter.isalpha() for letter in name):
        raise Refused("name")
    accounts.rename_student(person_id=person_id, name=name, by=by, at=at)


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


def _record(row: AboutStudent, *, by: Viewer, at: datetime) -> None:
    audit.record(
        verb="caseload.describe",
        subject=("person", row.person_id),
        person_id=row.person_id,
        by=by,
        at=at,
        detail={"version": row.version},
    )
