"""Laying six sessions over the calendar."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.episodes import rhythm
from student_portal.foundation import clock

SIX = [0, 7, 7, 7, 7, 21]


def test_five_weekly_sessions_a_three_week_gap_and_the_sixth() -> None:
    days = rhythm.days_from(date(2026, 10, 6), SIX)
    assert [day.isoformat()[5:] for day in days] == ["10-06", "10-13", "10-20", "10-27", "11-03", "11-24"]


@pytest.mark.hazard("H16")
@given(first=st.dates(date(2025, 1, 1), date(2030, 1, 1)), hour=st.integers(3, 23), minute=st.integers(0, 59))
def test_every_session_stands_at_the_same_time_on_the_wall_whatever_the_clocks_do(
    first: date, hour: int, minute: int
) -> None:
    starts = [clock.in_london(day, time(hour, minute)) for day in rhythm.days_from(first, SIX)]
    assert {clock.london(at).time() for at in starts} == {time(hour, minute)}
    weekdays = {clock.london(at).weekday() for at in starts}
    assert weekdays == {first.weekday()}
    assert all(later - earlier > timedelta(days=6) for earlier, later in pairwise(starts))


@pytest.mark.parametrize(
    ("today", "start"),
    [
        ("2026-11-30", "2026-12-07"),
        ("2026-12-04", "2026-12-11"),
        ("2026-12-05", "2026-12-14"),
        ("2026-12-06", "2026-12-14"),
    ],
)
def test_a_week_on_is_never_at_a_weekend(today: str, start: str) -> None:
    assert rhythm.a_week_on(date.fromisoformat(today)).isoformat() == start


def test_no_session_is_suggested_for_a_bank_holiday_and_the_later_ones_are_counted_from_the_next_week() -> (
    None
):
    christmas, new_year = date(2026, 12, 25), date(2027, 1, 1)
    days = rhythm.days_from(date(2026, 12, 11), SIX, closed={christmas, new_year})
    assert [day.isoformat()[5:] for day in days] == ["12-11", "12-18", "01-08", "01-15", "01-22", "02-12"]
    assert rhythm.a_week_on(date(2026, 12, 18), closed={christmas, new_year}) == date(2027, 1, 8)
