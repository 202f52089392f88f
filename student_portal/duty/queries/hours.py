"""Working time as the service keeps it: open hours, bank holidays in England, its own closed days."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

import holidays
from sqlmodel import col, null, select, union_all

from student_portal.duty.calendar import DAY, WorkingCalendar
from student_portal.duty.models import ClosedDays, ServiceHours
from student_portal.foundation import clock, db

# Until a service says otherwise; without any hours nothing would ever become due.
USUAL_HOURS = {weekday: (time(9), time(17)) for weekday in range(5)}


@dataclass(frozen=True)
class Closed:
    """Days on which the service is closed. A bank holiday has no id: nobody can take it back."""

    first: date
    last: date
    id: str = ""


def calendar(at: datetime) -> WorkingCalendar:
    """Working time by the hours in force on that day: Monday to Friday 9am to 5pm until the service sets
    its own. Bank holidays in England and the service's own closed days are closed.
    """
    today = clock.london(at).date()
    ever_set, closed = db.once("working time", _kept)
    own = {
        weekday: (opens, closes)
        for weekday, opens, closes, since, until in ever_set
        if since <= today and (until is None or until >= today)
    }
    return WorkingCalendar(own if ever_set else USUAL_HOURS, _bank_holidays(today.year) | closed)


def _kept() -> tuple[list[Any], frozenset[date]]:
    """All hours ever set, and all closed days; in one statement, because sending a form waits for it."""
    hours = select(  # type: ignore[call-overload]  # the library types up to four columns
        ServiceHours.weekday, ServiceHours.opens, ServiceHours.closes, ServiceHours.since, ServiceHours.until
    )
    days = select(null(), null(), null(), ClosedDays.first, ClosedDays.last)  # type: ignore[call-overload]
    both = union_all(hours, days.where(col(ClosedDays.taken_back_at).is_(None)))
    with db.read() as session:
        rows = session.execute(both).all()
    closed = {day for weekday, *_, first, last in rows if weekday is None for day in _days(first, last)}
    return [row for row in rows if row[0] is not None], frozenset(closed)


def _days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays in England of this year and its neighbours (package `holidays`, from gov.uk)."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(year - 1, year + 3)))


def bank_holidays(at: datetime) -> frozenset[date]:
    """Bank holidays in England around that day: for others than the service, whose own closed days are not
    theirs.
    """
    return _bank_holidays(clock.london(at).year)


def closed_days(at: datetime, until: date) -> list[Closed]:
    """From that day to `until`, in order of time: bank holidays and the service's own."""
    today = clock.london(at).date()
    holidays_then = [Closed(day, day) for day in _bank_holidays(today.year)]
    with db.read() as session:
        rows = session.exec(select(ClosedDays).where(col(ClosedDays.taken_back_at).is_(None)))
        own = [Closed(row.first, row.last, row.id) for row in rows]
    return sorted(
        (closed for closed in [*holidays_then, *own] if today <= closed.last and closed.first <= until),
        key=lambda closed: (closed.first, closed.last),
    )


def are_hours_decided() -> bool:
    """Whether the service ever said when it works."""
    return bool(db.once("working time", _kept)[0])
