"""Written pages: what a student reads, and what staff are editing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlmodel import col, or_, select

from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.signposting import markdown, pages_starting
from student_portal.signposting.models import PageKey, VersionState, WrittenPage, WrittenPageVersion


@dataclass(frozen=True)
class Written:
    """One page as a student reads it. `verified_on` None: no person has checked it."""

    key: PageKey
    title: str
    body: str
    language: str
    verified_on: date | None

    def html(self, under: int = 1) -> Markup:
        """Its words below a heading of this level."""
        return markdown.render(self.body, under=under)


@dataclass(frozen=True)
class PageWords:
    """What one version says; what an admin types."""

    title: str
    body: str
    checked_how: str
    review_by: date | None


@dataclass(frozen=True)
class PageVersion:
    """One version of a page, and who stands behind it."""

    number: int
    state: VersionState
    takes_off: bool  # publishing it takes the page away again
    words: PageWords
    verified_on: date | None
    verified_by: str | None
    drafted_by: str | None
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    seen: int

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should have checked it again by now."""
        return self.words.review_by is not None and self.words.review_by < today


@dataclass(frozen=True)
class Page:
    """One page as staff see it. Its versions stand newest first; there may be none yet."""

    id: str
    key: PageKey
    organisation_id: str | None
    language: str
    versions: tuple[PageVersion, ...]

    @property
    def published(self) -> PageVersion | None:
        """What students read; None: what comes with the software, if it is for everybody."""
        return self._standing(VersionState.PUBLISHED)

    @property
    def waiting(self) -> PageVersion | None:
        """A draft, or one proposed to a second person."""
        return self._standing(VersionState.DRAFT, VersionState.PROPOSED)

    @property
    def older(self) -> tuple[PageVersion, ...]:
        return tuple(version for version in self.versions if version not in (self.published, self.waiting))

    @property
    def newest(self) -> PageVersion:
        return self.waiting or self.published or self.versions[0]

    def _standing(self, *states: VersionState) -> PageVersion | None:
        return next((version for version in self.versions if version.state in states), None)


def written(
    keys: Iterable[PageKey], *, organisation_id: str | None = None, language: str = pages_starting.LANGUAGE
) -> list[Written]:
    """These pages, each with what always stands beside it, once, as this reader should see them.

    In their language before English, their university's before everybody's, and what comes with the
    software where nothing is published or the database cannot be read. Never fails.
    """
    wanted = list(dict.fromkeys(one for key in keys for one in (key, *pages_starting.BESIDE.get(key, ()))))
    try:
        rows = _published(wanted, organisation_id, {language, pages_starting.LANGUAGE})
    except db.Unreachable:
        rows = []
    best = {
        page.key: _as_read(page, version)
        for page, version in sorted(
            rows, key=lambda row: (row[0].language == language, row[0].organisation_id is not None)
        )
    }
    return [best.get(key) or starting(key) for key in wanted]


def starting(key: PageKey) -> Written:
    """The page as it comes with the software."""
    words = pages_starting.STARTING[key]
    return Written(key, words.title, words.body, pages_starting.LANGUAGE, None)


def _published(
    keys: Sequence[PageKey], organisation_id: str | None, languages: set[str]
) -> list[tuple[WrittenPage, WrittenPageVersion]]:
    with db.read() as session:
        rows = session.exec(
            select(WrittenPage, WrittenPageVersion)
            .join(WrittenPageVersion, col(WrittenPageVersion.page_id) == WrittenPage.id)
            .where(
                WrittenPageVersion.state == VersionState.PUBLISHED,
                col(WrittenPage.key).in_(keys),
                col(WrittenPage.language).in_(languages),
                or_(
                    col(WrittenPage.organisation_id).is_(None),
                    WrittenPage.organisation_id == organisation_id,
                ),
            )
        )
        return [(page, version) for page, version in rows]


def _as_read(page: WrittenPage, version: WrittenPageVersion) -> Written:
    return Written(page.key, version.title, version.body, page.language, version.verified_on)


def pages() -> list[Page]:
    """Every page, as staff list them: in the order of the keys, those for everybody first."""
    with db.read() as session:
        rows = session.exec(select(WrittenPage)).all()
        found = [_page(row) for row in rows]
    order = list(PageKey)
    return sorted(
        found, key=lambda one: (order.index(one.key), one.organisation_id or "", one.language, one.id)
    )


def page(page_id: str) -> Page:
    """One page with all its versions. Raises NotFound."""
    with db.read() as session:
        row = session.get(WrittenPage, page_id)
        if row is None:
            raise NotFound("page")
        return _page(row)


def pages_due(until: date) -> list[tuple[str, date]]:
    """The pages students read that a person must check again on this day or before, and by when."""
    with db.read() as session:
        rows = session.exec(
            select(WrittenPageVersion)
            .where(
                WrittenPageVersion.state == VersionState.PUBLISHED, col(WrittenPageVersion.review_by) <= until
            )
            .order_by(col(WrittenPageVersion.review_by), col(WrittenPageVersion.id))
        ).all()
    return [(row.page_id, row.review_by) for row in rows if row.review_by]


def _page(row: WrittenPage) -> Page:
    with db.read() as session:
        versions = session.exec(
            select(WrittenPageVersion)
            .where(WrittenPageVersion.page_id == row.id)
            .order_by(col(WrittenPageVersion.number).desc())
        ).all()
    return Page(row.id, row.key, row.organisation_id, row.language, tuple(map(_version, versions)))


def _version(row: WrittenPageVersion) -> PageVersion:
    return PageVersion(
        number=row.number,
        state=row.state,
        takes_off=row.takes_off,
        words=PageWords(row.title, row.body, row.checked_how, row.review_by),
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        seen=row.version,
    )
