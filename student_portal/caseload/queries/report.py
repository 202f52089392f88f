"""What a report for the record says: the sessions, every sent form, and what tells two people
of one name apart.
"""

from dataclasses import dataclass
from datetime import date, datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.caseload.queries.change import Compared, compared
from student_portal.caseload.queries.head import Head, head
from student_portal.caseload.queries.lines import SessionRow, session_rows
from student_portal.caseload.queries.sent import Sent, sent_forms
from student_portal.measures.queries import SentForm
from student_portal.referral import queries as referral


@dataclass(frozen=True)
class Report:
    """One course of sessions, as it stands at a moment. `sent` holds every sent form by session and attempt,
    stale ones too; `therapists`: who the sessions are or were with.
    """

    head: Head
    sessions: tuple[SessionRow, ...]
    sent: tuple[Sent, ...]
    born: date
    reference: str
    therapists: tuple[str, ...]
    changes: tuple[Compared, ...]

    @property
    def forms(self) -> list[SentForm]:
        return [one.form for one in self.sent]


def report(viewer: Viewer, person_id: str, *, at: datetime) -> Report:
    """The report at this moment; the caller records the export with it. Raises NotFound."""
    over = head(viewer, person_id, at=at)
    of = [over.episode] if over.episode else []
    rows = session_rows(viewer, over.sessions, of=of, who={person_id: over.known}, at=at)
    sent = tuple(one for episode in of for one in sent_forms(viewer, episode))
    with_whom = (facts.therapist_id for facts in over.sessions)
    return Report(
        head=over,
        sessions=tuple(rows),
        sent=sent,
        born=accounts.born_of(viewer, person_id),
        reference=referral.reference_of(viewer, person_id),
        therapists=tuple(accounts.staff_name(one) for one in dict.fromkeys(with_whom) if one),
        changes=tuple(compared([one.form for one in sent])),
    )
