"""When the steps of an unread answer fall due, whatever the hour: in order, never early, never twice."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.alerts.escalation import next_step, steps
from student_portal.alerts.models import StepKind
from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock

NINE_TO_FIVE = WorkingCalendar(
    {day: (time(9), time(17)) for day in range(5)}, frozenset({date(2026, 12, 25), date(2026, 12, 28)})
)
START = clock.in_london(date(2026, 3, 1), time(0))
MOMENTS = st.integers(0, 400 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@pytest.mark.hazard("H01")
@given(due=MOMENTS, at_once=st.booleans(), days=st.integers(0, 20))
def test_steps_come_in_order_each_once_and_the_cover_exactly_at_due(
    due: datetime, at_once: bool, days: int
) -> None:
    found = list(steps(due, at_once=at_once, calendar=NINE_TO_FIVE, until=due + timedelta(days=days)))
    assert [step.at for step in found] == sorted(step.at for step in found)
    assert len({(step.step, step.slot) for step in found}) == len(found)
    first = [StepKind.OWNER, StepKind.COVER] if at_once else [StepKind.COVER]
    assert [(step.step, step.at) for step in found[: len(first)]] == [(kind, due) for kind in first]


@pytest.mark.hazard("H01")
@given(due=MOMENTS)
def test_the_manager_comes_after_two_working_hours_and_then_every_opening_tells_two(due: datetime) -> None:
    found = list(steps(due, at_once=False, calendar=NINE_TO_FIVE, until=due + timedelta(days=15)))
    manager = next(step.at for step in found if step.step == StepKind.MANAGER)
    assert manager == NINE_TO_FIVE.after(due, 2)
    mornings = [step.at for step in found if step.step == StepKind.AGAIN]
    assert mornings[::2] == mornings[1::2]
    assert all(clock.london(at).time() == time(9) for at in mornings)
    assert all(at > manager for at in mornings)
    days = {clock.london(at).date() for at in mornings}
    assert all(NINE_TO_FIVE.is_working_day(day) for day in days)
    between = (clock.london(manager).date() + timedelta(days=n) for n in range(1, 10))
    assert days >= {day for day in between if NINE_TO_FIVE.is_working_day(day) and day <= max(days)}


@given(due=MOMENTS, minutes=st.integers(-60, 5 * 24 * 60))
def test_the_next_step_is_the_first_of_those_to_come(due: datetime, minutes: int) -> None:
    after = due + timedelta(minutes=minutes)
    ahead = next_step(due, at_once=False, calendar=NINE_TO_FIVE, after=after)
    known = steps(due, at_once=False, calendar=NINE_TO_FIVE, until=ahead)
    assert ahead > after
    assert [step.at for step in known if step.at > after][:1] == [ahead]
