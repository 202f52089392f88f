"""Working time: Friday evening is not late on Monday, bank holidays and clock changes included."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock

USUAL = {weekday: (time(9), time(17)) for weekday in range(5)}
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
CALENDAR = WorkingCalendar(USUAL, CHRISTMAS)


def seconds(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    whole = st.integers(int(first.timestamp()), int(last.timestamp()))
    return whole.map(lambda second: datetime.fromtimestamp(second, UTC))


moments = st.one_of(
    seconds(datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)),
    seconds(datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 3, 29, tzinfo=UTC)),  # clocks go forward
    seconds(datetime(2027, 10, 30, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC)),  # clocks go back
)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any service: some weekdays, any hours, some closed dates; Sundays too, because clocks change then."""
    times = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
    spans = st.tuples(times, times).filter(lambda span: span[0] < span[1])
    hours = draw(st.dictionaries(st.integers(0, 6), spans, min_size=1))
    return WorkingCalendar(hours, frozenset(draw(st.sets(days, max_size=40))))


def london(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return clock.in_london(date(year, month, day), time(hour, minute))


def test_four_hours_from_friday_afternoon_end_on_monday() -> None:
    assert CALENDAR.after(london(11, 27, 15), 4) == london(11, 30, 11)


def test_what_is_sent_on_saturday_counts_from_monday_morning() -> None:
    assert CALENDAR.after(london(11, 28, 13), 4) == london(11, 30, 13)


def test_time_that_fills_the_day_ends_at_closing_not_the_next_morning() -> None:
    assert CALENDAR.after(london(11, 30, 13), 4) == london(11, 30, 17)


@pytest.mark.hazard("H01")
def test_christmas_is_passed_over() -> None:
    assert CALENDAR.after(london(12, 24, 15), 4) == london(12, 29, 11)
    assert CALENDAR.next_open(london(12, 25, 10)) == london(12, 29, 9)


def test_two_weeks_that_end_on_a_bank_holiday_end_on_the_working_day_before() -> None:
    assert CALENDAR.last_working_day(date(2026, 12, 28)) == date(2026, 12, 24)
    assert CALENDAR.last_working_day(date(2026, 12, 24)) == date(2026, 12, 24)


def test_days_left_counts_working_days_and_late_is_never_nought() -> None:
    friday, saturday, monday = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
    assert CALENDAR.days_left(friday, friday) == 0
    assert CALENDAR.days_left(friday, monday) == 1
    assert CALENDAR.days_left(saturday, friday) == -1
    assert CALENDAR.days_left(monday + timedelta(days=1), friday) == -2


def test_opening_counts_as_open_and_closing_does_not() -> None:
    assert CALENDAR.is_open(london(11, 30, 9))
    assert CALENDAR.is_open(london(11, 30, 16, 59))
    assert not CALENDAR.is_open(london(11, 30, 17))
    assert not CALENDAR.is_open(london(11, 29, 12))


@pytest.mark.parametrize("sunday", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_service_open_while_clocks_change_works_by_the_clock_on_the_wall(sunday: date) -> None:
    night = WorkingCalendar({6: (time(0, 30), time(6))}, frozenset())
    opens, closes = clock.in_london(sunday, time(0, 30)), clock.in_london(sunday, time(6))
    worked = (closes - opens).total_seconds() / 3600
    assert worked == (4.5 if sunday.month == 3 else 6.5)
    assert night.after(opens, worked) == closes


def test_hours_that_spring_skips_do_not_happen_that_day() -> None:
    skipped = WorkingCalendar({6: (time(1, 30), time(2, 10))}, frozenset())
    assert skipped.next_open(london(3, 28, 0, year=2027)) == london(4, 4, 1, 30, year=2027)


def test_a_service_without_working_days_says_so() -> None:
    never = WorkingCalendar({}, frozenset())
    assert not never.is_open(london(11, 30, 10))
    for question in (never.next_open, lambda at: never.after(at, 1)):
        with pytest.raises(LookupError):
            question(london(11, 30, 10))
    with pytest.raises(LookupError):
        never.last_working_day(date(2026, 11, 30))


def test_working_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.after(london(11, 30, 10), -1)


@given(calendars(), moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar: WorkingCalendar, at: datetime) -> None:
    opening = calendar.next_open(at)
    assert opening >= at
    assert calendar.is_open(opening)
    assert calendar.is_open(at) == (opening == at)
    between = at + (opening - at) / 2
    assert between == opening or not calendar.is_open(between)


@given(calendars(), moments, st.integers(1, 60 * 60))
def test_working_time_never_ends_outside_hours(calendar: WorkingCalendar, at: datetime, minutes: int) -> None:
    due = calendar.after(at, minutes / 60)
    assert calendar.is_open(due - timedelta(microseconds=1))


@given(calendars(), moments, st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_adds_up(calendar: WorkingCalendar, at: datetime, first: int, second: int) -> None:
    in_two = calendar.after(calendar.after(at, first / 60), second / 60)
    in_one = calendar.after(at, (first + second) / 60)
    # At closing time nothing is left of the day: the next opening is the same moment of working time.
    assert calendar.next_open(in_two) == calendar.next_open(in_one)


@given(calendars(), days, st.integers(0, 400))
def test_days_left_falls_by_one_each_working_day(calendar: WorkingCalendar, due: date, before: int) -> None:
    today = due - timedelta(days=before)
    tomorrow = today + timedelta(days=1)
    if before:
        step = calendar.days_left(today, due) - calendar.days_left(tomorrow, due)
        assert step == calendar.is_working_day(tomorrow)
    else:
        assert calendar.days_left(today, due) == 0 > calendar.days_left(tomorrow, due)
