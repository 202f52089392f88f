"""How long answers waited to be read, in working hours. Pure arithmetic; no student, no member of staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from student_portal.duty.queries import WorkingCalendar

FEW = 10
"""With fewer than this a 90th percentile is only another name for the slowest."""


@dataclass(frozen=True)
class Spread:
    """Of `n` times: the middle one, the one that nine in ten do not exceed (None for fewer than `FEW`), and
    the longest. All None where there are none.
    """

    n: int
    median: timedelta | None = None
    ninth: timedelta | None = None
    worst: timedelta | None = None


def spread(times: Sequence[timedelta]) -> Spread:
    """The figures of some times. The median of an even number is the mean of the two in the middle."""
    if not times:
        return Spread(0)
    ordered, n = sorted(times), len(times)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    ninth = ordered[-(-9 * n // 10) - 1] if n >= FEW else None  # nearest rank
    return Spread(n, median, ninth, ordered[-1])


def working_time(since: datetime, until: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time between two moments; none if the second is not later."""
    total = timedelta()
    for opens, closes in calendar.spans(since):
        if max(opens, since) >= until:
            break
        total += min(closes, until) - max(opens, since)
    return total
