"""What staff entered about a student: the rows as they stand, and as they stood before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import col, select

from student_portal.access.queries import Viewer, require_sight, visible_people
from student_portal.accounts import queries as accounts
from student_portal.caseload.models import AboutStudent
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared


@dataclass(frozen=True)
class About:
    """The rows as one person entered them; empty ones were not entered. Version 0: nobody has entered any."""

    pronouns: str
    access_needs: str
    safe_contact: str
    version: int
    saved_at: datetime | None
    saved_by: str


NOTHING = About("", "", "", 0, None, "")


def about(viewer: Viewer, person_id: str) -> About:
    """The rows as they stand. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return next((_read(row) for row in _newest_of(person_id=person_id)), NOTHING)


@prepared
def _newest_of(person_id: str) -> Columns:
    rows = columns(
        AboutStudent.id,
        AboutStudent.pronouns_sealed,
        AboutStudent.access_needs_sealed,
        AboutStudent.safe_contact_sealed,
        AboutStudent.version,
        AboutStudent.saved_at,
        AboutStudent.saved_by,
    )
    theirs = rows.where(col(AboutStudent.person_id) == person_id)
    return theirs.order_by(col(AboutStudent.version).desc()).limit(1)


def _read(row: Row[Any]) -> About:
    return About(
        pronouns=AboutStudent.pronouns.opened(row.pronouns_sealed, row.id),
        access_needs=AboutStudent.access_needs.opened(row.access_needs_sealed, row.id),
        safe_contact=AboutStudent.safe_contact.opened(row.safe_contact_sealed, row.id),
        version=row.version,
        saved_at=row.saved_at,
        saved_by=accounts.staff_name(row.saved_by),
    )


def about_history(viewer: Viewer, person_id: str) -> list[About]:
    """Every version, newest first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    with db.read() as unit:
        theirs = select(AboutStudent).where(AboutStudent.person_id == person_id)
        rows = unit.exec(theirs.order_by(col(AboutStudent.version).desc())).all()
    names = accounts.staff_names({row.saved_by for row in rows})
    return [_opened(row, names) for row in rows]


def about_each(viewer: Viewer, people: Collection[str]) -> dict[str, About]:
    """The rows as they stand of those of these students whom the viewer may see, by person."""
    newest: dict[str, AboutStudent] = {}
    with db.read() as unit:
        theirs = select(AboutStudent).where(
            col(AboutStudent.person_id).in_(people), col(AboutStudent.person_id).in_(visible_people(viewer))
        )
        for row in unit.exec(theirs.order_by(col(AboutStudent.version))):
            newest[row.person_id] = row
    names = accounts.staff_names({row.saved_by for row in newest.values()})
    return {person_id: _opened(row, names) for person_id, row in newest.items()}


def _opened(row: AboutStudent, names: dict[str, str]) -> About:
    return About(
        pronouns=row.pronouns,
        access_needs=row.access_needs,
        safe_contact=row.safe_contact,
        version=row.version,
        saved_at=row.saved_at,
        saved_by=names[row.saved_by],
    )
