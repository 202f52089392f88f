"""By when an answer must be read (rules.md, "A safety answer")."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.alerts.due import due_at
from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock

NINE_TO_FIVE = WorkingCalendar(
    {day: (time(9), time(17)) for day in range(5)}, frozenset({date(2026, 12, 25), date(2026, 12, 28)})
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return clock.in_london(date(2026, month, day), time(hour, minute))


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at(1, 0) + timedelta(minutes=minutes))


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    ("sent", "starts", "due"),
    [
        (at(26, 10), at(30, 10), at(26, 14)),  # Thursday morning, session on Monday: four working hours
        (at(26, 15), at(30, 10), at(27, 11)),  # the hours carry over to Friday
        (at(27, 16, 59), at(1, 10, month=12), at(30, 12, 59)),  # Friday, a minute before closing
        (at(27, 17, 1), at(1, 10, month=12), at(30, 13)),  # Friday, a minute after: counts from Monday
        (at(28, 11), at(30, 10), at(30, 10)),  # Saturday: the session comes first
        (at(24, 16, month=12), at(30, 10, month=12), at(29, 12, month=12)),  # Christmas and its bank holidays
        (at(30, 8, 59), at(30, 10), at(30, 10)),  # an hour and a minute before
        (at(30, 9), at(30, 10), at(30, 10)),  # an hour before, to the minute: not less than an hour
        (at(30, 9, 1), at(30, 10), at(30, 9, 1)),  # less than an hour before: at once
        (at(30, 10, 30), at(30, 10), at(30, 10, 30)),  # sent after the session began
    ],
)
def test_an_answer_is_due_when_the_rules_say(sent: datetime, starts: datetime, due: datetime) -> None:
    assert due_at(sent, starts, 4, NINE_TO_FIVE) == due


@given(sent=MOMENTS, starts=MOMENTS)
def test_it_is_never_due_before_it_was_sent_nor_after_a_session_to_come(
    sent: datetime, starts: datetime
) -> None:
    due = due_at(sent, starts, 4, NINE_TO_FIVE)
    assert due >= sent
    if starts - sent >= timedelta(hours=1):
        assert due <= starts
