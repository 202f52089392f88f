"""A version of what students read, a contact or a written page, and who stands behind it; for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from sqlmodel import col, select

from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.signposting.models import TwoPersonVersion, VersionState


class Checked(Protocol):
    """What is typed of every version, whatever else it says."""

    @property
    def checked_how(self) -> str: ...

    @property
    def review_by(self) -> date | None: ...


Said = TypeVar("Said", bound=Checked)
Row = TypeVar("Row", bound=TwoPersonVersion)


@dataclass(frozen=True)
class Version(Generic[Said]):
    """One version, and who stands behind it. `seen` counts its saves."""

    number: int
    state: VersionState
    takes_off: bool  # publishing it takes what students read away again
    content: Said
    verified_on: date | None
    verified_by: str | None
    drafted_by: str | None
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    seen: int

    def is_overdue(self, today: date) -> bool:
        """Whether a person should have checked it again before today. Students see it all the same."""
        return self.content.review_by is not None and self.content.review_by < today


@dataclass(frozen=True)
class Versioned(Generic[Said]):
    """What two people share: what students read of it, and what waits. There may be no version yet."""

    id: str
    versions: tuple[Version[Said], ...]  # newest first

    @property
    def published(self) -> Version[Said] | None:
        """What students read."""
        return self._standing(VersionState.PUBLISHED)

    @property
    def waiting(self) -> Version[Said] | None:
        """A draft, or one proposed to a second person."""
        return self._standing(VersionState.DRAFT, VersionState.PROPOSED)

    @property
    def older(self) -> tuple[Version[Said], ...]:
        """The versions that stand no longer."""
        return tuple(version for version in self.versions if version not in (self.published, self.waiting))

    @property
    def newest(self) -> Version[Said]:
        """What waits, or else what students read, or else what was last."""
        return self.waiting or self.published or self.versions[0]

    def numbered(self, number: int) -> Version[Said]:
        """One version. Raises NotFound."""
        found = next((version for version in self.versions if version.number == number), None)
        if found is None:
            raise NotFound("version")
        return found

    def _standing(self, *states: VersionState) -> Version[Said] | None:
        return next((version for version in self.versions if version.state in states), None)


def version_of(row: TwoPersonVersion, content: Said) -> Version[Said]:
    """A row of either table, with what it says."""
    return Version(
        number=row.number,
        state=row.state,
        takes_off=row.takes_off,
        content=content,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        seen=row.version,
    )


def to_review(table: type[Row], until: date) -> Sequence[Row]:
    """What students read and a person must check again on this day or before, the earliest first."""
    with db.read() as session:
        return session.exec(
            select(table)
            .where(table.state == VersionState.PUBLISHED, col(table.review_by) <= until)
            .order_by(col(table.review_by), col(table.id))
        ).all()
