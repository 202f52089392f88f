"""What students are shown, what staff are editing, and what each version said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, or_, select

from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.signposting.models import Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.opening import Hours, opening
from student_portal.signposting.shown import Shown, link

__all__ = ["Contact", "Content", "Shown", "VersionState", "Way", "link"]


@dataclass(frozen=True)
class Content:
    """What one version says; what an admin types."""

    way: Way
    name: str
    target: str
    hours: Hours | None  # None: day and night
    cost: str
    what_happens: str
    checked_how: str
    review_by: date | None


@dataclass(frozen=True)
class Version:
    """One version of a contact, and who stands behind it."""

    number: int
    state: VersionState
    content: Content
    verified_on: date | None
    drafted_by: str | None
    drafted_at: datetime
    seen: int


@dataclass(frozen=True)
class Contact:
    """One contact as staff see it: what students see, and what waits."""

    id: str
    organisation_id: str | None
    published: Version | None
    waiting: Version | None  # a draft, or one proposed to a second person
    older: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.waiting or self.published or self.older[0]


def shown(organisation_id: str | None, at: datetime) -> list[Shown]:
    """The published contacts for everybody and, if given, for one organisation's students.

    In order: text, call, web; within each as the service ordered them.
    """
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
            .where(
                SignpostVersion.state == VersionState.PUBLISHED,
                or_(
                    col(Signpost.organisation_id).is_(None),
                    Signpost.organisation_id == organisation_id,
                ),
            )
            .order_by(col(Signpost.organisation_id).is_not(None), col(Signpost.position))
        ).all()
    closed = duty.calendar(at).closed
    found = [as_shown(_content(row), at, closed) for row in rows]
    return sorted(found, key=lambda one: list(Way).index(one.way))


def as_shown(content: Content, at: datetime, closed: frozenset[date]) -> Shown:
    """A version's content as a student would see it at this moment."""
    return Shown(
        content.name,
        content.way,
        content.target,
        opening(content.hours, at, closed.__contains__),
        content.cost,
        content.what_happens,
    )


def preview(content: Content, at: datetime) -> Shown:
    """What a draft would look like now."""
    return as_shown(content, at, duty.calendar(at).closed)


def checked_on() -> date | None:
    """The oldest day on which a person checked a published contact; None if one was never checked."""
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion).where(SignpostVersion.state == VersionState.PUBLISHED)
        ).all()
    days = [row.verified_on for row in rows]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def contacts() -> list[Contact]:
    """Every contact, as staff list them."""
    with db.read() as session:
        rows = session.exec(select(Signpost).order_by(col(Signpost.position), col(Signpost.id))).all()
        return [_contact(row) for row in rows]


def contact(signpost_id: str) -> Contact:
    """One contact with all its versions. Raises NotFound."""
    with db.read() as session:
        row = session.get(Signpost, signpost_id)
        if row is None:
            raise NotFound("signpost")
        return _contact(row)


def _contact(signpost: Signpost) -> Contact:
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .where(SignpostVersion.signpost_id == signpost.id)
            .order_by(col(SignpostVersion.number).desc())
        ).all()
    versions = [_version(row) for row in rows]
    by_state = {version.state: version for version in reversed(versions)}
    return Contact(
        signpost.id,
        signpost.organisation_id,
        by_state.get(VersionState.PUBLISHED),
        by_state.get(VersionState.PROPOSED) or by_state.get(VersionState.DRAFT),
        tuple(v for v in versions if v.state in (VersionState.REPLACED, VersionState.RETURNED)),
    )


def _version(row: SignpostVersion) -> Version:
    return Version(
        row.number, row.state, _content(row), row.verified_on, row.drafted_by, row.drafted_at, row.version
    )


def _content(row: SignpostVersion) -> Content:
    return Content(
        row.way,
        row.name,
        row.target,
        None if row.always_open else row.hours or {},
        row.cost,
        row.what_happens,
        row.checked_how,
        row.review_by,
    )
