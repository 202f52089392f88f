"""What students are shown: the published contacts, open or closed at a moment."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import col, or_

from student_portal.duty import queries as duty
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.signposting.models import ENGLISH, Signpost, SignpostVersion, VersionState, Way
from student_portal.signposting.opening import ALWAYS, opening
from student_portal.signposting.queries.contacts import CONTENT, Content, content_of
from student_portal.signposting.shown import Shown

Said = TypeVar("Said", Content, Shown)


def shown(organisation_id: str | None, at: datetime, language: str = ENGLISH) -> list[Shown]:
    """The published contacts for everybody and, if given, for one organisation's students.

    In order: text, call, web; within each those in the reader's language before those in English, those for
    everybody before their university's, and then as the service ordered them. Overdue ones are among them.
    """
    rows = _published(organisation_id=organisation_id or "", languages=[language, ENGLISH])
    closed = duty.bank_holidays(at)
    return _in_order((as_shown(content_of(row), at, closed) for row in rows), language)


def for_everybody(language: str = ENGLISH) -> list[Content]:
    """What is published for everybody, whatever the hour; in the order of `shown`."""
    return _in_order(map(content_of, _published(organisation_id="", languages=[language, ENGLISH])), language)


@prepared
def _published(organisation_id: str, languages: Collection[str]) -> Columns:
    theirs = or_(
        col(SignpostVersion.organisation_id).is_(None), SignpostVersion.organisation_id == organisation_id
    )
    return _standing(*CONTENT).where(theirs, col(SignpostVersion.language).in_(languages))


def at_any_hour(language: str = ENGLISH) -> list[Shown]:
    """Those of `shown` that are open to everybody day and night: the foot of every page chooses from them."""
    rows = _always_open(languages=[language, ENGLISH])
    found = (Shown(row.name, row.way, row.target, ALWAYS, "", "", language=row.language) for row in rows)
    return _in_order(found, language)


@prepared
def _always_open(languages: Collection[str]) -> Columns:
    line = (SignpostVersion.name, SignpostVersion.way, SignpostVersion.target, SignpostVersion.language)
    return _standing(*line).where(
        col(SignpostVersion.organisation_id).is_(None),
        col(SignpostVersion.always_open).is_(True),
        col(SignpostVersion.for_whom) == "",
        col(SignpostVersion.language).in_(languages),
    )


def _standing(*wanted: Any) -> Columns:
    """Columns of what is published: of what is for everybody first, and then as the service ordered it."""
    is_for_some = col(SignpostVersion.organisation_id).is_not(None)
    return (
        columns(*wanted)
        .join(Signpost, col(Signpost.id) == SignpostVersion.signpost_id)
        .where(col(SignpostVersion.state) == VersionState.PUBLISHED)
        .order_by(is_for_some, col(Signpost.position), col(Signpost.id))
    )


def _in_order(found: Iterable[Said], language: str) -> list[Said]:
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
    days = [day for (day,) in _checks()]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


@prepared
def _checks() -> Columns:
    return columns(SignpostVersion.verified_on).where(col(SignpostVersion.state) == VersionState.PUBLISHED)
