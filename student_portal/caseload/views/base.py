"""The blueprint of the therapist's pages, and the line that a reading leaves, of one record or of a list."""

from collections.abc import Iterable

from flask import Blueprint

from student_portal.access import queries as access
from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.audit import service as audit
from student_portal.caseload.queries import Head, ReadRow
from student_portal.foundation import clock

blueprint = Blueprint("caseload", "student_portal.caseload")


def opened(viewer: Viewer, person_id: str) -> str:
    """Record that this record was opened, in the reading's transaction; gives the student's name."""
    name = accounts.name_of(viewer, person_id)
    audit.record(
        verb="caseload.open", subject=("person", person_id), person_id=person_id, by=viewer, at=clock.now()
    )
    return name


def record_page(verb: str, head: Head) -> None:
    """The same for one page of the record, by the verb that says which."""
    audit.record(
        verb=verb,
        subject=("person", head.person_id),
        person_id=head.person_id,
        by=access.current(),
        at=clock.now(),
    )


def record_answers(shown: Iterable[ReadRow]) -> None:
    """The same for answers whose words stand on a list: seen there, which is not the form read."""
    audit.record_each(
        verb="caseload.see_answers",
        subjects=[(("alert", row.alert.id), row.alert.person_id) for row in shown],
        by=access.current(),
        at=clock.now(),
    )


def record_list(verb: str, people: Iterable[str]) -> None:
    """One line for a list that shows something of several students."""
    viewer = access.current()
    audit.record(
        verb=verb,
        subject=("service", viewer.service_id),
        by=viewer,
        at=clock.now(),
        detail={"people": list(people)},
    )
