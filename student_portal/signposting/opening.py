"""Whether a contact is open, and when it opens next: pure, in London time.

Hours are kept as {"0": [["09:00", "17:00"]], ..., "holiday": [...]}: weekday 0 is Monday, times are wall
clock, a closing time at or before the opening time means the next day. A bank holiday uses "holiday", and
without it the contact counts as closed: better a number that turns out to be open than one that does not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from student_portal.foundation import clock

Hours = Mapping[str, Sequence[Sequence[str]]]

_LOOK_AHEAD = 21  # days; longer than any run of closed days


@dataclass(frozen=True)
class Opening:
    """`until` is the closing moment if open, `next_open` the next opening if closed; None: not known."""

    always: bool
    open_now: bool
    until: datetime | None = None
    next_open: datetime | None = None


ALWAYS = Opening(always=True, open_now=True)


def opening(hours: Hours | None, at: datetime, is_holiday: Callable[[date], bool]) -> Opening:
    """How these hours stand at a moment; no hours at all means day and night."""
    if hours is None:
        return ALWAYS
    yesterday = clock.london(at).date() - timedelta(days=1)
    for opens, closes in _joined(_spans(hours, yesterday, is_holiday)):
        if opens <= at < closes:
            return Opening(always=False, open_now=True, until=closes)
        if opens > at:
            return Opening(always=False, open_now=False, next_open=opens)
    return Opening(always=False, open_now=False)


def _joined(spans: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """One span for those that touch: open until midnight and from midnight is open all the time."""
    standing: tuple[datetime, datetime] | None = None
    for opens, closes in spans:
        if standing and opens <= standing[1]:
            standing = (standing[0], max(standing[1], closes))
        else:
            if standing:
                yield standing
            standing = (opens, closes)
    if standing:
        yield standing


def _spans(
    hours: Hours, first: date, is_holiday: Callable[[date], bool]
) -> Iterator[tuple[datetime, datetime]]:
    """The open spans from one day on, in order."""
    for day in (first + timedelta(days=n) for n in range(_LOOK_AHEAD)):
        key = "holiday" if is_holiday(day) else str(day.weekday())
        for opens, closes in sorted(tuple(span) for span in hours.get(key, ())):
            start, end = time.fromisoformat(opens), time.fromisoformat(closes)
            closing_day = day if end > start else day + timedelta(days=1)
            yield clock.in_london(day, start), clock.in_london(closing_day, end)
