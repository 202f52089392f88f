"""Time in tests: it stands still until a test moves it."""

from collections.abc import Iterator
from datetime import date, time

import pytest

from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock

MONDAY_AT_TEN = clock.in_london(date(2026, 11, 30), time(10))


@pytest.fixture
def frozen() -> Iterator[FrozenClock]:
    """Monday 30 November 2026, 10:00 in London, until `frozen.move_to(...)` or `frozen.forward(hours=3)`."""
    before = clock.installed()
    standing = FrozenClock(MONDAY_AT_TEN)
    clock.install(standing)
    yield standing
    clock.install(before)
