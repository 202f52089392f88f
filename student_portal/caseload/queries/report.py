"""What a report for the record says: the student's page, with what tells two people of one name apart."""

from dataclasses import dataclass
from datetime import date, datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.caseload.queries.change import Compared, compared
from student_portal.caseload.queries.student import StudentPage, student
from student_portal.measures.queries import SentForm
from student_portal.referral import queries as referral


@dataclass(frozen=True)
class Report:
    """One course of sessions, as it stands at a moment. `therapists`: who the sessions are or were with."""

    page: StudentPage
    born: date
    reference: str
    therapists: tuple[str, ...]
    changes: tuple[Compared, ...]

    @property
    def forms(self) -> list[SentForm]:
        """Every sent form by session and attempt, stale ones too."""
        return [sent.form for sent in reversed(self.page.sent)]


def report(viewer: Viewer, person_id: str, *, at: datetime) -> Report:
    """The report at this moment; the caller records the export with it. Raises NotFound."""
    page = student(viewer, person_id, at=at)
    with_whom = (row.facts.therapist_id for row in page.sessions)
    return Report(
        page=page,
        born=accounts.born_of(viewer, person_id),
        reference=referral.reference_of(viewer, person_id),
        therapists=tuple(accounts.staff_name(one) for one in dict.fromkeys(with_whom) if one),
        changes=tuple(compared([sent.form for sent in reversed(page.sent)])),
    )
