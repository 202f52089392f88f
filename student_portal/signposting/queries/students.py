"""What students are shown: the published contacts, open or closed at a moment."""

from datetime import date, datetime

from sqlmodel import col, or_, select

from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.signposting.models import ENGLISH, Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.opening import opening
from student_portal.signposting.queries.versions import Content, content_of
from student_portal.signposting.shown import Shown


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
    closed = duty.bank_holidays(at)
    found = [as_shown(content_of(row), at, closed) for row in rows]
    return sorted(found, key=lambda one: (list(Way).index(one.way), one.language != language))


def for_everybody(language: str = ENGLISH) -> list[Content]:
    """What is published for everybody, whatever the hour; in the order of `shown`."""
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
            .where(
                SignpostVersion.state == VersionState.PUBLISHED,
                col(SignpostVersion.language).in_({language, ENGLISH}),
                col(SignpostVersion.organisation_id).is_(None),
            )
            .order_by(col(Signpost.position), col(Signpost.id))
        ).all()
    found = map(content_of, rows)
    return sorted(found, key=lambda one: (list(Way).index(one.way), one.language != language))


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
        content.hours,
    )


def preview(content: Content, at: datetime) -> Shown:
    """What a draft would look like now."""
    return as_shown(content, at, duty.bank_holidays(at))


def checked_on() -> date | None:
    """The oldest day on which a person checked a published contact; None if one was never checked."""
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion).where(SignpostVersion.state == VersionState.PUBLISHED)
        ).all()
    days = [row.verified_on for row in rows]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None
