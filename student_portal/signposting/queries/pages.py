"""Written pages as staff edit them: what each version says, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.signposting.models import PageKey, WrittenPage, WrittenPageVersion
from student_portal.signposting.queries.versions import Version, Versioned, to_review, version_of


@dataclass(frozen=True)
class PageWords:
    """What one version says; what an admin types."""

    title: str
    body: str
    checked_how: str
    review_by: date | None


@dataclass(frozen=True)
class Page(Versioned[PageWords]):
    """One page as staff see it. While nothing of it is published, students read another one for its key."""

    key: PageKey
    organisation_id: str | None
    language: str


def pages() -> list[Page]:
    """Every page, as staff list them: in the order of the keys, those for everybody first."""
    with db.read() as session:
        rows = session.exec(select(WrittenPage)).all()
        versions = session.exec(
            select(WrittenPageVersion).order_by(col(WrittenPageVersion.number).desc())
        ).all()
    found = [_page(row, [one for one in versions if one.page_id == row.id]) for row in rows]
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
        versions = session.exec(
            select(WrittenPageVersion)
            .where(WrittenPageVersion.page_id == page_id)
            .order_by(col(WrittenPageVersion.number).desc())
        ).all()
    return _page(row, versions)


def pages_due(until: date) -> list[tuple[str, date]]:
    """The pages students read that a person must check again on this day or before, and by when."""
    rows = to_review(WrittenPageVersion, until)
    return [(row.page_id, row.review_by) for row in rows if row.review_by]


def _page(row: WrittenPage, versions: Sequence[WrittenPageVersion]) -> Page:
    return Page(row.id, tuple(map(_version, versions)), row.key, row.organisation_id, row.language)


def _version(row: WrittenPageVersion) -> Version[PageWords]:
    words = PageWords(row.title, row.body, row.checked_how, row.review_by)
    return version_of(row, words)
