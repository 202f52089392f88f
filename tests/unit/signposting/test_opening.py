"""Whether a contact is open now, over weekends, bank holidays, midnights and both clock changes."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import clock
from student_portal.signposting.opening import Opening, opening

OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
NIGHTS = {"4": [["22:00", "02:00"]], "5": [["22:00", "02:00"]]}
EVENING = {str(day): [["17:00", "00:00"]] for day in range(7)}
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.in_london(day, time(hour, minute))


def look(hours: dict[str, list[list[str]]] | None, moment: datetime) -> Opening:
    return opening(hours, moment, CHRISTMAS.__contains__)


MONDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, d) for d in (30, 27, 28, 29))


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (None, at(SUNDAY, 3), True),
        (OFFICE, at(MONDAY, 9), True),
        (OFFICE, at(MONDAY, 8, 59), False),
        (OFFICE, at(MONDAY, 16, 59), True),
        (OFFICE, at(MONDAY, 17), False),
        (OFFICE, at(SATURDAY, 12), False),
        (NIGHTS, at(SATURDAY, 1, 59), True),
        (NIGHTS, at(SUNDAY, 1), True),
        (NIGHTS, at(FRIDAY, 1), False),
        (EVENING, at(MONDAY, 23, 59), True),
        (EVENING, at(MONDAY, 0), False),
        (OFFICE, at(date(2026, 12, 25), 10), False),
        (OFFICE, at(date(2026, 10, 26), 9), True),  # the Monday after clocks went back
        (OFFICE, at(date(2026, 3, 30), 9), True),  # and after they went forward
    ],
)
def test_open_now(hours: dict[str, list[list[str]]] | None, moment: datetime, is_open: bool) -> None:
    assert look(hours, moment).open_now is is_open


@pytest.mark.hazard("H03")
def test_a_closed_contact_says_when_it_opens_over_christmas() -> None:
    christmas_eve_evening = look(OFFICE, at(date(2026, 12, 24), 18))
    assert christmas_eve_evening.next_open == at(date(2026, 12, 29), 9)


def test_own_hours_on_a_bank_holiday_are_used() -> None:
    hours = {**OFFICE, "holiday": [["10:00", "12:00"]]}
    assert look(hours, at(date(2026, 12, 25), 11)).open_now


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 1)))  # noqa: DTZ001
def test_it_is_open_exactly_until_it_closes_and_closed_exactly_until_it_opens(naive: datetime) -> None:
    moment = naive.replace(tzinfo=clock.LONDON)
    now = look(OFFICE, moment)
    change = now.until if now.open_now else now.next_open
    assert change is not None
    assert change > moment
    assert look(OFFICE, change).open_now is not now.open_now
