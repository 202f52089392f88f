"""Who works, who stands in, who is the manager on duty: the rota's rows, read once, and what they say."""

from collections.abc import Collection
from datetime import datetime, time

from sqlmodel import col, or_, select

from student_portal.duty.models import Absence, DutyTurn
from student_portal.duty.queries.hours import calendar
from student_portal.duty.reading import NextReading, reading_by
from student_portal.duty.rota import Away, Gap, Reader, Rota, Span, Turn
from student_portal.foundation import clock, db


def rota(at: datetime) -> Rota:
    """Who is there on that London day and after it, for whoever asks more than one thing."""
    return Rota(calendar(at), absences(at), turns(at))


def absences(at: datetime) -> tuple[Away, ...]:
    """Every absence that is not over when that London day begins, the soonest first."""
    return db.once(f"absences {_day(at)}", lambda: _absences(_day(at)))


def _day(at: datetime) -> datetime:
    return clock.in_london(clock.london(at).date(), time(0))


def _absences(day: datetime) -> tuple[Away, ...]:
    lasting = or_(col(Absence.until).is_(None), col(Absence.until) > day)
    with db.read() as session:
        rows = session.exec(select(Absence).where(lasting).order_by(col(Absence.since), col(Absence.id)))
        found = [Away(row.person_id, _span(row), row.id) for row in rows]
    return tuple(away for away in found if _lasts(away.span, day))


def _span(row: Absence | DutyTurn) -> Span:
    """As it was planned, or as it was ended."""
    ends = [end for end in (row.until, row.ended_at) if end]
    return Span(row.since, min(ends, default=None), row.weekday, row.half)


def _lasts(span: Span, day: datetime) -> bool:
    return span.until is None or (span.until > day and span.until > span.since)


def turns(at: datetime) -> tuple[Turn, ...]:
    """Every turn that is not over when that London day begins, in the order in which people are asked."""
    return db.once(f"turns {_day(at)}", lambda: _turns(_day(at)))


def _turns(day: datetime) -> tuple[Turn, ...]:
    lasting = or_(col(DutyTurn.until).is_(None), col(DutyTurn.until) > day)
    with db.read() as session:
        rows = session.exec(select(DutyTurn).where(lasting).order_by(col(DutyTurn.place), col(DutyTurn.id)))
        found = [Turn(row.role, row.person_id, _span(row), row.owner_id, row.place, row.id) for row in rows]
    return tuple(turn for turn in found if _lasts(turn.span, day))


def is_away(person_id: str, at: datetime) -> bool:
    """Whether this member of staff does not work then, on leave, ill or by their usual week."""
    return rota(at).is_away(person_id, at)


def works(person_id: str, at: datetime) -> bool:
    """Whether the service is open then and this member of staff is not away."""
    return rota(at).works(person_id, at)


def cover_of(owner_id: str, at: datetime) -> str | None:
    """Who stands in for this person then: the first in the order who is not away; never they themselves."""
    return next(iter(rota(at).covers(owner_id, at)), None)


def manager_at(at: datetime) -> str | None:
    """The manager on duty then, or the next in the order if that one is away."""
    return next(iter(rota(at).managers(at)), None)


def next_reader(owner_id: str, at: datetime) -> Reader | None:
    """From `at` on, the first moment at which the owner or else a cover works, and who; None: nobody does."""
    return rota(at).next_reader(owner_id, at)


def gaps(owner_ids: Collection[str], since: datetime, until: datetime) -> list[Gap]:
    """When the service is open and neither the owner nor a cover works, by owner and then by time."""
    who = rota(since)
    return [gap for owner_id in owner_ids for gap in who.gaps(owner_id, since, until)]


def without_cover(owner_ids: Collection[str], since: datetime, until: datetime) -> list[Gap]:
    """When nobody would stand in for the owner, whether they work or not."""
    who = rota(since)
    return [gap for owner_id in owner_ids for gap in who.uncovered(owner_id, since, until)]


def without_manager(since: datetime, until: datetime) -> list[Gap]:
    """When the service is open and no manager is on duty."""
    return rota(since).unmanaged(since, until)


def next_reading(owner_id: str | None, at: datetime, starts_at: datetime | None = None) -> NextReading:
    """When what a student of this owner sends at `at` is read, and by whom. None: whoever of the team works.

    `starts_at`: the session it is about.
    """
    return reading_by(rota(at), owner_id, at, starts_at)
