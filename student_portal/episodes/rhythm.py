"""The usual rhythm of a programme, laid over the calendar. Pure: knows dates, not people."""

from collections.abc import Container, Sequence
from datetime import date, time, timedelta

TEN = time(10)
WEEK = timedelta(days=7)


def days_from(first: date, days_after_previous: Sequence[int], *, closed: Container[date] = ()) -> list[date]:
    """The day of each session, `first` being the first's.

    `days_after_previous` has one entry a session; the first entry is not used. A session that would fall on
    a `closed` day comes a week later or more, and the ones after it are counted from there. Days are dates
    on the wall calendar, so a clock change between two of them moves no session.
    """
    days = [first]
    for gap in days_after_previous[1:]:
        days.append(_open_day(days[-1] + timedelta(days=gap), closed))
    return days


def a_week_on(today: date, *, closed: Container[date] = ()) -> date:
    """A week from today, or the Monday after if that is at a weekend: somewhere to start from. Weeks later
    if that day is `closed`.
    """
    day = today + WEEK
    monday = timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)
    return _open_day(day + monday, closed)


def _open_day(day: date, closed: Container[date]) -> date:
    """This day, or the same weekday of the next week in which it is not closed."""
    while day in closed:
        day += WEEK
    return day
