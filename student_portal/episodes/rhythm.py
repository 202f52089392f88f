"""The usual rhythm of a programme, laid over the calendar. Pure: knows dates, not people."""

from collections.abc import Sequence
from datetime import date, time, timedelta

TEN = time(10)


def days_from(first: date, days_after_previous: Sequence[int]) -> list[date]:
    """The day of each session, `first` being the first's.

    `days_after_previous` has one entry a session; the first entry is not used. Days are dates on the wall
    calendar, so a clock change between two of them moves no session.
    """
    days = [first]
    for gap in days_after_previous[1:]:
        days.append(days[-1] + timedelta(days=gap))
    return days


def a_week_on(today: date) -> date:
    """A week from today, or the Monday after if that is at a weekend: somewhere to start from."""
    day = today + timedelta(days=7)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
