"""Two clocks: the service's may be moved, the machine's never is; people read London's."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import clock
from student_portal.foundation.clock import DemoClock, FrozenClock


def test_moving_the_service_time_leaves_the_machine_time_alone(frozen: FrozenClock) -> None:
    machine = clock.real()
    frozen.move_to(clock.now() + timedelta(days=3))
    assert clock.now() - machine == timedelta(days=3)
    assert clock.real() == machine


def test_the_demo_starts_on_a_weekday_at_ten_and_is_shared_by_processes(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    web, worker = DemoClock(file), DemoClock(file)
    start = clock.london(web.now())
    assert start.weekday() < 5
    assert (start.hour, start.minute) == (10, 0)
    web.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert abs(worker.now() - datetime(2027, 1, 4, 9, tzinfo=UTC)) < timedelta(seconds=5)


@pytest.mark.hazard("H16")
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_booking_keeps_its_wall_clock_time_over_a_clock_change(day: date) -> None:
    before = clock.in_london(day - timedelta(days=3), time(14))
    after = clock.in_london(day + timedelta(days=4), time(14))
    assert clock.london(before).hour == clock.london(after).hour == 14
    assert abs((after - before) - timedelta(days=7)) == timedelta(hours=1)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1)))  # noqa: DTZ001
def test_london_and_back_is_the_same_moment(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    # By way of UTC: in an hour that comes twice Python calls no two times of different zones equal.
    assert clock.london(at).astimezone(UTC) == at
