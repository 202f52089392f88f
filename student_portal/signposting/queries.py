"""What students are shown, what staff are editing, and what each version said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, or_, select

from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.signposting.models import ENGLISH, Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.opening import Hours, opening
from student_portal.signposting.shown import Shown, link

__all__ = ["ENGLISH", "Contact", "Content", "Shown", "VersionState", "Way", "link"]


@dataclass(frozen=True)
class Content:
    """What one version says; what an admin types."""

    way: Way
    name: str
    target: str
    hours: Hours | None  # None: day and night
    cost: str
    what_happens: str
    who_answers: str
    takes: str  # how long it takes
    for_whom: str  # empty: everybody
    organisation_id: str | None = None  # None: students of every university, and who has not signed in
    language: str = ENGLISH
    checked_how: str = ""
    review_by: date | None = None


@dataclass(frozen=True)
class Version:
    """One version of a contact, and who stands behind it."""

    number: int
    state: VersionState
    takes_off: bool  # publishing it takes the contact off the page
    content: Content
    verified_on: date | None
    verified_by: str | None
    drafted_by: str | None
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    seen: int


@dataclass(frozen=True)
class Contact:
    """One contact as staff see it: what students see, and what waits."""

    id: str
    versions: tuple[Version, ...]  # newest first

    @property
    def published(self) -> Version | None:
        """What students see; None: nothing of it."""
        return self._standing(VersionState.PUBLISHED)

    @property
    def waiting(self) -> Version | None:
        """A draft, or one proposed to a second person."""
        return self._standing(VersionState.DRAFT, VersionState.PROPOSED)

    @property
    def older(self) -> tuple[Version, ...]:
        """The versions that stand no longer."""
        return tuple(v for v in self.versions if v not in (self.published, self.waiting))

    @property
    def newest(self) -> Version:
        return self.waiting or self.published or self.versions[0]

    def _standing(self, *states: VersionState) -> Version | None:
        return next((version for version in self.versions if version.state in states), None)


def shown(organisation_id: str | None, at: datetime, language: str = ENGLISH) -> list[Shown]:
    """The published contacts for everybody and, if given, for one organisation's students.

    In order: text, call, web; within each those in the reader's language before those in English, those for
    everybody before their university's, and then as the service ordered them. Overdue ones are among them.
    """
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
            .where(
                SignpostVersion.state == VersionState.PUBLISHED,
                col(SignpostVersion.language).in_({language, ENGLISH}),
                or_(
                    col(SignpostVersion.organisation_id).is_(None),
                    SignpostVersion.organisation_id == organisation_id,
                ),
            )
            .order_by(
                col(SignpostVersion.organisation_id).is_not(None), col(Signpost.position), col(Signpost.id)
            )
        ).all()
    closed = duty.calendar(at).closed
    found = [as_shown(_content(row), at, closed) for row in rows]
    return sorted(found, key=lambda one: (list(Way).index(one.way), one.language != language))


def for_everybody() -> list[Content]:
    """What is published for everybody, whatever the hour; in the order of `shown`."""
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
            .where(
                SignpostVersion.state == VersionState.PUBLISHED,
                SignpostVersion.language == ENGLISH,
                col(SignpostVersion.organisation_id).is_(None),
            )
            .order_by(col(Signpost.position), col(Signpost.id))
        ).all()
    return sorted(map(_content, rows), key=lambda one: list(Way).index(one.way))


def as_shown(content: Content, at: datetime, closed: frozenset[date]) -> Shown:
    """A version's content as a student would see it at this moment."""
    return Shown(
        content.name,
        content.way,
        content.target,
        opening(content.hours, at, closed.__contains__),
        content.cost,
        content.what_happens,
        content.who_answers,
        content.takes,
        content.for_whom,
        content.language,
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
    return Contact(signpost.id, tuple(_version(row) for row in rows))


def _version(row: SignpostVersion) -> Version:
    return Version(
        number=row.number,
        state=row.state,
        takes_off=row.takes_off,
        content=_content(row),
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        seen=row.version,
    )


def _content(row: SignpostVersion) -> Content:
    return Content(
        way=row.way,
        name=row.name,
        target=row.target,
        hours=None if row.always_open else row.hours or {},
        cost=row.cost,
        what_happens=row.what_happens,
        who_answers=row.who_answers,
        takes=row.takes,
        for_whom=row.for_whom,
        organisation_id=row.organisation_id,
        language=row.language,
        checked_how=row.checked_how,
        review_by=row.review_by,
    )
