"""How a sent form came in: on the student's own phone, on a lent device, on paper, or told to somebody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer, visible_people
from student_portal.accounts import queries as accounts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import QuestionnaireResponse, ResponseMode

__all__ = ["Manner", "ResponseMode", "manner", "manners_of"]


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


def manner(row: QuestionnaireResponse, names: Mapping[str, str] | None = None) -> Manner:
    """How this sent form came in. `names`: of the staff who enter forms, where the caller holds them."""
    if row.entered_by is None:
        return Manner(row.mode)
    name = accounts.staff_name(row.entered_by) if names is None else names[row.entered_by]
    return Manner(row.mode, row.filled_on, row.sent_at, name)


def manners_of(viewer: Viewer, responses: Collection[str]) -> dict[str, Manner]:
    """The same for sent forms known by their ids. Raises NotFound if the viewer may not see one of them."""
    seen = select(QuestionnaireResponse).where(
        col(QuestionnaireResponse.id).in_(responses),
        col(QuestionnaireResponse.person_id).in_(visible_people(viewer)),
    )
    with db.read() as unit:
        rows = unit.exec(seen).all() if responses else []
    if set(responses) - {row.id for row in rows}:
        raise NotFound("response")
    names = accounts.staff_names({row.entered_by for row in rows if row.entered_by})
    return {row.id: manner(row, names) for row in rows}
