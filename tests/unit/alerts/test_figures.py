"""The figures of waiting: an oracle counts them the slow way."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.alerts.figures import FEW, spread, working_time
from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock

NINE_TO_FIVE = WorkingCalendar(
    {day: (time(9), time(17)) for day in range(5)}, frozenset({date(2026, 12, 25)})
)
START = clock.in_london(date(2026, 10, 1), time(0))
MOMENTS = st.integers(0, 30 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
TIMES = st.lists(st.integers(0, 10_000).map(lambda minutes: timedelta(minutes=minutes)), max_size=60)


@pytest.mark.hazard("H22")
@given(times=TIMES)
def test_the_figures_say_what_they_are_called(times: list[timedelta]) -> None:
    found, n = spread(times), len(times)
    assert found.n == n
    if not times:
        assert (found.median, found.ninth, found.worst) == (None, None, None)
        return
    assert found.worst == max(times)
    assert sum(time <= found.median for time in times) * 2 >= n
    assert sum(time >= found.median for time in times) * 2 >= n
    assert (found.ninth is None) == (n < FEW)
    if found.ninth is not None:
        assert sum(time <= found.ninth for time in times) >= math.ceil(0.9 * n)
        assert sum(time < found.ninth for time in times) < math.ceil(0.9 * n)


@given(since=MOMENTS, until=MOMENTS)
def test_working_time_counts_the_minutes_in_which_the_service_is_open(
    since: datetime, until: datetime
) -> None:
    minutes = int((until - since).total_seconds() // 60)
    open_minutes = sum(NINE_TO_FIVE.is_open(since + timedelta(minutes=n)) for n in range(max(minutes, 0)))
    assert working_time(since, until, NINE_TO_FIVE) == timedelta(minutes=open_minutes)
