"""Quiet hours, on ordinary nights and on the two when clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import clock
from student_portal.messaging.quiet import QuietHours

USUAL = QuietHours(21, 8)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)
moments = st.integers(int(FIRST.timestamp()), int(LAST.timestamp())).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)
hours = st.integers(0, 23)


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.in_london(day, time(hour, minute))


@pytest.mark.parametrize(
    "day", [date(2026, 11, 30), date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)]
)
def test_nothing_between_nine_in_the_evening_and_eight_in_the_morning(day: date) -> None:
    assert not USUAL.holds(london(day, 8))
    assert not USUAL.holds(london(day, 20, 59))
    assert USUAL.holds(london(day, 21))
    assert USUAL.holds(london(day, 7, 59))
    assert USUAL.over(london(day, 22)) == london(day + timedelta(days=1), 8)
    assert USUAL.over(london(day, 3)) == london(day, 8)
    assert USUAL.over(london(day, 12)) == london(day, 12)


@given(hours, hours, moments)
def test_quiet_ends_and_is_over_then(from_hour: int, to_hour: int, at: datetime) -> None:
    quiet = QuietHours(from_hour, to_hour)
    ends = quiet.over(at)
    assert not quiet.holds(ends)
    assert at <= ends <= at + timedelta(hours=25)
    assert quiet.holds(at) == (ends != at)
    if ends != at:
        assert quiet.holds(ends - timedelta(seconds=1))
