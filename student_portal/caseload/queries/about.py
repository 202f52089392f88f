"""What staff entered about a student: the rows as they stand, and as they stood before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight, visible_people
from student_portal.accounts import queries as accounts
from student_portal.caseload.models import AboutStudent
from student_portal.foundation import db
from student_portal.foundation.prepared import prepared_rows


@dataclass(frozen=True)
class About:
    """The rows as one person entered them; empty ones were not entered. Version 0: nobody has entered any.

    `name_before` is what the student was called until then, if this version gave them another name. What they
    are called now stands with the person, in the accounts' room.
    """

    name_before: str
    pronouns: str
    access_needs: str
    safe_contact: str
    version: int
    saved_at: datetime | None
    saved_by: str


NOTHING = About("", "", "", "", 0, None, "")


def about(viewer: Viewer, person_id: str) -> About:
    """The rows as they stand. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return next(iter(_opened(_versions(person_id=person_id)[:1])), NOTHING)


def about_history(viewer: Viewer, person_id: str) -> list[About]:
    """Every version, newest first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return _opened(_versions(person_id=person_id))


@prepared_rows
def _versions(person_id: str) -> SelectOfScalar[AboutStudent]:
    theirs = select(AboutStudent).where(col(AboutStudent.person_id) == person_id)
    return theirs.order_by(col(AboutStudent.version).desc())


def about_each(viewer: Viewer, people: Collection[str]) -> dict[str, About]:
    """The rows as they stand of those of these students whom the viewer may see, by person."""
    newest: dict[str, AboutStudent] = {}
    with db.read() as unit:
        theirs = select(AboutStudent).where(
            col(AboutStudent.person_id).in_(people), col(AboutStudent.person_id).in_(visible_people(viewer))
        )
        for row in unit.exec(theirs.order_by(col(AboutStudent.version))):
            newest[row.person_id] = row
    return dict(zip(newest, _opened(list(newest.values())), strict=True))


def _opened(rows: Sequence[AboutStudent]) -> list[About]:
    """Versions in their order, with the names of those who saved them."""
    names = accounts.staff_names({row.saved_by for row in rows})
    return [
        About(
            name_before=row.name_before,
            pronouns=row.pronouns,
            access_needs=row.access_needs,
            safe_contact=row.safe_contact,
            version=row.version,
            saved_at=row.saved_at,
            saved_by=names[row.saved_by],
        )
        for row in rows
    ]
