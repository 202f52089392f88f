"""Written pages as a student reads them: what is published, or else what comes with the software."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlmodel import col, or_, select

from student_portal.foundation import db
from student_portal.signposting import markdown, pages_starting
from student_portal.signposting.models import (
    ENGLISH,
    PageKey,
    VersionState,
    WrittenPage,
    WrittenPageVersion,
)


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


def written(
    keys: Iterable[PageKey], *, organisation_id: str | None = None, language: str = ENGLISH
) -> list[Written]:
    """These pages, each with what always stands beside it, once, as this reader should see them.

    In their language before English, their university's before everybody's, and what comes with the
    software where nothing is published or the database cannot be read. Never fails.
    """
    wanted = list(dict.fromkeys(one for key in keys for one in (key, *pages_starting.BESIDE.get(key, ()))))
    try:
        rows = _published(wanted, organisation_id, {language, ENGLISH})
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
    return Written(key, words.title, words.body, ENGLISH, None)


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
