"""A student who is in therapy already comes into the portal: what is known of them, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.caseload.queries.adding import added_with, own_key
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service as episodes
from student_portal.episodes.service import DateRefused, Held
from student_portal.foundation import db
from student_portal.institutions import service as institutions
from student_portal.messaging.queries import Channel
from student_portal.referral import service as referral

TOLD = "spoken"  # how a permission came in: the student said so, and staff entered it


@dataclass(frozen=True)
class NewStudent:
    """What is known of one student. `addresses` are as told; `permits` holds what they said yes or no to.

    `key` belongs to the page or the row it was entered with, so that one therapist who presses twice adds one
    student.
    """

    key: str
    name: str
    born: date
    organisation_id: str | None
    other_university: str = ""
    addresses: Mapping[Channel, str] = field(default_factory=dict)
    safety: str = ""
    permits: Mapping[Scope, bool] = field(default_factory=dict)
    held: Sequence[Held] = ()


def add_student(*, new: NewStudent, by: Viewer, at: datetime) -> str:
    """Add one of this therapist's students; gives the person's id, the same one for the same `key`.

    Nothing is sent: a text needs a permission and an address from which a code came back. Raises as
    `episodes.take_over`.
    """
    key = own_key(by, new.key)
    with db.write():
        db.hold(f"add student {key}")
        if already := added_with(by, new.key):
            return already
        person_id = accounts.add_student(
            name=new.name,
            born=new.born,
            addresses=new.addresses,
            safety=new.safety,
            language="en-GB",
            by=by,
            at=at,
        )
        institutions.record_enrolment(
            person_id=person_id,
            organisation_id=new.organisation_id,
            other=new.other_university,
            source="staff",
            by=by,
            at=at,
        )
        _record_permissions(person_id, new.permits, by=by, at=at)
        referral_id = referral.take_on(person_id=person_id, key=key, by=by, at=at)
        episodes.take_over(referral_id=referral_id, person_id=person_id, held=new.held, by=by, at=at)
        audit.record(
            verb="caseload.add_student", subject=("person", person_id), person_id=person_id, by=by, at=at
        )
        return person_id


def add_students(*, rows: Sequence[NewStudent], by: Viewer, at: datetime) -> list[str]:
    """Add all of these or none. Raises as `add_student`."""
    with db.write():
        return [add_student(new=new, by=by, at=at) for new in rows]


def _record_permissions(person_id: str, permits: Mapping[Scope, bool], *, by: Viewer, at: datetime) -> None:
    """As told. Being looked after at all is one the student gave by coming."""
    for scope, given in {Scope.SERVICE: True, **permits}.items():
        consent.record(
            person_id=person_id,
            scope=scope,
            decision=Decision.GIVEN if given else Decision.NOT_GIVEN,
            channel=TOLD,
            by=by,
            at=at,
        )


__all__ = ["DateRefused", "Held", "NewStudent", "add_student", "add_students"]
