"""Open or closed on the days on which it is easy to be wrong: bank holidays, and the nights of the clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.duty.queries import bank_holidays
from student_portal.foundation import clock
from student_portal.signposting.opening import Hours, Opening, opening

OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
LATE = {str(day): [["22:00", "03:00"]] for day in range(7)}
SMALL_HOURS = {"6": [["01:00", "04:00"]]}
ROUND_THE_CLOCK = {str(day): [["00:00", "00:00"]] for day in range(5)}
TWICE = {"0": [["13:00", "17:00"], ["09:00", "12:00"]]}
HOLIDAY_TOO = OFFICE | {"holiday": [["10:00", "12:00"]]}

CHRISTMAS, BOXING_DAY = date(2026, 12, 25), date(2026, 12, 28)  # the 26th is a Saturday: kept on Monday
GOOD_FRIDAY, EASTER_MONDAY = date(2027, 3, 26), date(2027, 3, 29)
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)  # the Sundays on which the clocks change


def at(day: date, wall: str) -> datetime:
    return clock.in_london(day, time.fromisoformat(wall))


def look(hours: Hours, moment: datetime) -> Opening:
    """By the bank holidays of England, as the portal knows them."""
    return opening(hours, moment, bank_holidays(moment).__contains__)


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    ("hours", "moment", "until"),
    [
        (OFFICE, at(CHRISTMAS - timedelta(days=1), "16:59"), at(CHRISTMAS - timedelta(days=1), "17:00")),
        (HOLIDAY_TOO, at(CHRISTMAS, "11:00"), at(CHRISTMAS, "12:00")),
        (HOLIDAY_TOO, at(EASTER_MONDAY, "10:00"), at(EASTER_MONDAY, "12:00")),
        (LATE, at(GOOD_FRIDAY, "01:00"), at(GOOD_FRIDAY, "03:00")),  # Thursday's night goes on
        (LATE, at(FORWARD, "00:30"), at(FORWARD, "03:00")),
        (LATE, at(FORWARD, "02:59"), at(FORWARD, "03:00")),
        (LATE, at(BACK, "00:30"), at(BACK, "03:00")),
        (LATE, at(BACK, "02:59"), at(BACK, "03:00")),
        (SMALL_HOURS, at(FORWARD, "03:30"), at(FORWARD, "04:00")),
        (SMALL_HOURS, at(BACK, "01:00"), at(BACK, "04:00")),
        (SMALL_HOURS, at(BACK, "01:00") + timedelta(hours=1), at(BACK, "04:00")),  # half past one again
        (ROUND_THE_CLOCK, at(date(2026, 11, 30), "23:59"), at(date(2026, 12, 5), "00:00")),
        (TWICE, at(date(2026, 11, 30), "09:00"), at(date(2026, 11, 30), "12:00")),
    ],
)
def test_open(hours: Hours, moment: datetime, until: datetime) -> None:
    found = look(hours, moment)
    assert (found.open_now, found.until) == (True, until)


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (OFFICE, at(CHRISTMAS - timedelta(days=1), "17:00"), at(date(2026, 12, 29), "09:00")),
        (OFFICE, at(BOXING_DAY, "10:00"), at(date(2026, 12, 29), "09:00")),
        (OFFICE, at(GOOD_FRIDAY, "10:00"), at(date(2027, 3, 30), "09:00")),
        (OFFICE, at(EASTER_MONDAY, "10:00"), at(date(2027, 3, 30), "09:00")),
        (HOLIDAY_TOO, at(EASTER_MONDAY, "12:00"), at(date(2027, 3, 30), "09:00")),
        (LATE, at(GOOD_FRIDAY, "23:00"), at(date(2027, 3, 27), "22:00")),
        (LATE, at(FORWARD, "03:00"), at(FORWARD, "22:00")),
        (LATE, at(BACK, "03:00"), at(BACK, "22:00")),
        (SMALL_HOURS, at(FORWARD, "00:59"), datetime(2027, 3, 28, 1, tzinfo=UTC)),  # the clocks say 2am
        (TWICE, at(date(2026, 11, 30), "12:30"), at(date(2026, 11, 30), "13:00")),
    ],
)
def test_closed(hours: Hours, moment: datetime, opens: datetime) -> None:
    found = look(hours, moment)
    assert (found.open_now, found.next_open) == (False, opens)


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(("night", "real"), [(FORWARD, 4), (BACK, 6), (date(2027, 6, 13), 5)])
def test_a_night_is_as_long_as_the_clocks_make_it(night: date, real: int) -> None:
    begins = at(night - timedelta(days=1), "22:00")
    found = look(LATE, begins)
    assert found.until is not None
    assert found.until - begins == timedelta(hours=real)


@given(st.integers(0, 365 * 48))
def test_it_never_says_that_something_changes_in_the_past(half_hours: int) -> None:
    moment = at(date(2026, 10, 1), "00:00") + timedelta(minutes=30 * half_hours)
    for hours in (OFFICE, LATE, SMALL_HOURS, ROUND_THE_CLOCK, HOLIDAY_TOO):
        found = look(hours, moment)
        change = found.until if found.open_now else found.next_open
        assert change is not None
        assert change > moment
        assert look(hours, change).open_now is not found.open_now
