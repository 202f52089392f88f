"""How a sent form came in: on the student's own phone, on a lent device, on paper, or told to somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import QuestionnaireResponse, ResponseMode

__all__ = ["Manner", "ResponseMode", "manner", "manner_of"]


@dataclass(frozen=True)
class Manner:
    """`filled_on`, `entered_at` and `entered_by` (a name) belong to a paper or spoken form."""

    mode: ResponseMode
    filled_on: date | None = None
    entered_at: datetime | None = None
    entered_by: str = ""

    @property
    def is_together(self) -> bool:
        """Whether the therapist had a part in it."""
        return self.mode is not ResponseMode.OWN_DEVICE

    @property
    def is_entered(self) -> bool:
        """Whether staff typed it in, on another day perhaps than it was filled in."""
        return self.filled_on is not None


def manner(row: QuestionnaireResponse) -> Manner:
    """How this sent form came in."""
    if row.entered_by is None:
        return Manner(row.mode)
    return Manner(row.mode, row.filled_on, row.sent_at, accounts.staff_name(row.entered_by))


def manner_of(viewer: Viewer, response_id: str) -> Manner:
    """The same for a form known by its id. Raises NotFound."""
    with db.read() as unit:
        row = unit.get(QuestionnaireResponse, response_id)
    if row is None:
        raise NotFound("response")
    require_sight(viewer, row.person_id)
    return manner(row)
