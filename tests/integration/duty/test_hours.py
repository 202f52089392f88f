"""The service says when it works."""

from datetime import date, time

import pytest

from student_portal.audit.queries import machine
from student_portal.duty import queries, service
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Refused


def decide(service_id: str, weekday: int, opens: time | None, closes: time | None) -> None:
    service.set_hours(weekday=weekday, opens=opens, closes=closes, by=machine(service_id), at=clock.now())


def wall(day: date, hour: int) -> object:
    return clock.in_london(day, time(hour))


@pytest.mark.hazard("H01")
def test_until_it_says_so_a_service_works_monday_to_friday_nine_to_five(service_id: str) -> None:
    calendar = queries.calendar(clock.now())
    assert calendar.is_open(clock.now())
    assert calendar.next_open(wall(date(2026, 12, 4), 17)) == wall(date(2026, 12, 7), 9)


def test_bank_holidays_in_england_are_closed_in_this_year_and_the_next(service_id: str) -> None:
    calendar = queries.calendar(clock.now())
    # Boxing Day 2026 is a Saturday, so Monday the 28th is off; 29 March 2027 is Easter Monday.
    closed = [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)]
    assert [day for day in closed if calendar.is_working_day(day)] == []
    assert calendar.is_working_day(date(2026, 11, 30))  # Saint Andrew's: a holiday in Scotland only
    assert calendar.is_working_day(date(2027, 3, 17))  # Saint Patrick's: in Northern Ireland only


def test_new_hours_hold_from_today_and_the_old_ones_end(service_id: str, portal: FrozenClock) -> None:
    decide(service_id, 0, time(9), time(17))
    decide(service_id, 1, time(9), time(17))
    portal.forward(days=7)
    decide(service_id, 0, time(8), time(12))
    decide(service_id, 1, None, None)
    calendar = queries.calendar(clock.now())
    assert calendar.hours == {0: (time(8), time(12))}
    portal.forward(days=-1)
    assert queries.calendar(clock.now()).hours == {0: (time(9), time(17)), 1: (time(9), time(17))}


def test_changing_ones_mind_twice_in_a_day_leaves_the_last_word(service_id: str) -> None:
    for closes in (time(17), time(16), time(15)):
        decide(service_id, 4, time(9), closes)
    assert queries.calendar(clock.now()).hours == {4: (time(9), time(15))}


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "code"),
    [
        (7, time(9), time(17), "weekday"),
        (-1, time(9), time(17), "weekday"),
        (0, time(17), time(9), "hours"),
        (0, time(9), time(9), "hours"),
        (0, time(9), None, "hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    service_id: str, weekday: int, opens: time, closes: time | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        decide(service_id, weekday, opens, closes)


def test_a_closure_is_closed_until_it_is_taken_back(service_id: str) -> None:
    by = machine(service_id)
    days = {"first": date(2026, 12, 29), "last": date(2026, 12, 31)}
    closed = service.close_days(**days, by=by, at=clock.now())
    assert service.close_days(**days, by=by, at=clock.now()) == closed
    assert queries.calendar(clock.now()).next_open(wall(date(2026, 12, 24), 17)) == wall(date(2027, 1, 4), 9)
    listed = queries.closed_days(clock.now(), date(2027, 1, 1))
    assert [(row.first.day, row.last.day, row.id) for row in listed] == [
        (25, 25, ""), (26, 26, ""), (28, 28, ""), (29, 31, closed), (1, 1, ""),
    ]  # fmt: skip
    for _ in range(2):  # twice is harmless
        service.open_days(closed_id=closed, by=by, at=clock.now())
    assert queries.calendar(clock.now()).is_working_day(date(2026, 12, 29))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 12, 31), date(2026, 12, 29), "order"),
        (date(2026, 11, 1), date(2026, 11, 29), "past"),
        (date(2026, 12, 1), date(2027, 1, 1), "long"),
    ],
)
def test_closures_that_cannot_be_are_refused(service_id: str, first: date, last: date, code: str) -> None:
    with pytest.raises(Refused, match=code):
        service.close_days(first=first, last=last, by=machine(service_id), at=clock.now())


@pytest.mark.hazard("H01")
def test_a_service_never_closes_for_good(service_id: str) -> None:
    week = dict.fromkeys(range(7), None)
    decide(service_id, 0, time(9), time(17))
    with pytest.raises(Refused, match="never_open"):
        service.set_week(week=week, by=machine(service_id), at=clock.now())
    assert queries.calendar(clock.now()).hours == {0: (time(9), time(17))}


def test_a_whole_week_is_decided_at_once(service_id: str) -> None:
    assert not queries.are_hours_decided()
    week = {day: (time(9), time(17)) if day < 4 else None for day in range(7)}
    service.set_week(week=week, by=machine(service_id), at=clock.now())
    service.set_week(week=week, by=machine(service_id), at=clock.now())
    assert queries.are_hours_decided()
    assert queries.calendar(clock.now()).hours == {day: (time(9), time(17)) for day in range(4)}
