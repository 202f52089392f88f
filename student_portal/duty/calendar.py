"""Working time, as arithmetic. Pure: knows open hours and closed days, not where they come from.

Hours are London wall-clock times. A working day runs from the moment clocks show its opening time to the
moment they show its closing time, so on the two days when clocks change it may be an hour longer or shorter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from student_portal.foundation import clock

DAY = timedelta(days=1)
FURTHEST = 366  # days; a calendar with no working day in a year is a mistake, not a calendar
NEVER = "the service has no working days"


@dataclass(frozen=True)
class WorkingCalendar:
    """Open hours by weekday (0 is Monday) and the dates on which the service is closed all day."""

    hours: Mapping[int, tuple[time, time]]
    closed: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.hours and day not in self.closed

    def is_open(self, at: datetime) -> bool:
        """From the opening moment on; no longer at the closing moment."""
        span = self._span(clock.london(at).date())
        return span is not None and span[0] <= at < span[1]

    def next_open(self, at: datetime) -> datetime:
        """`at` itself if open, otherwise the next opening, in UTC. Raises LookupError if there is none."""
        for opens, _ in self.spans(at):
            return max(opens, at)
        raise LookupError(NEVER)

    def after(self, at: datetime, hours: float) -> datetime:
        """The moment at which `hours` (0 or more) of working time have passed since `at`, in UTC.

        Time that ends with a working day ends at its closing, not at the next opening. Raises LookupError
        when there are no working days, ValueError for negative hours.
        """
        if hours < 0:
            raise ValueError("working time only runs forward")
        left = timedelta(hours=hours)
        for opens, closes in self.spans(at):
            begins = max(opens, at)
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        raise LookupError(NEVER)

    def last_working_day(self, on_or_before: date) -> date:
        """The latest working day up to and including this one. Raises LookupError if there is none."""
        for back in range(FURTHEST):
            day = on_or_before - back * DAY
            if self.is_working_day(day):
                return day
        raise LookupError(NEVER)

    def days_left(self, today: date, due: date) -> int:
        """Working days after today up to and including the due day; 0 on that day itself.

        After it, the working days gone since as a negative number, at least -1: late is never 0.
        """
        if today <= due:
            return self._working_days(today, due)
        return -max(1, self._working_days(due, today))

    def _working_days(self, after: date, until: date) -> int:
        return sum(self.is_working_day(after + n * DAY) for n in range(1, (until - after).days + 1))

    def spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The (opening, closing) moments of working days, from the one that `at` falls in or before; they end
        where a year has none.
        """
        day = last_found = clock.london(at).date()
        while (day - last_found).days < FURTHEST:
            span = self._span(day)
            if span:
                last_found = day
                if at < span[1]:
                    yield span
            day += DAY

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        if not self.is_working_day(day):
            return None
        opens, closes = (clock.in_london(day, wall) for wall in self.hours[day.weekday()])
        # Hours inside the one that spring skips do not happen that day.
        return (opens, closes) if opens < closes else None
