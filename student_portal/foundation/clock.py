"""The one source of time, for web, worker and tests.

`now()` is the service's time: bookings, windows, quiet hours and everything a person is told.
`real()` is the machine's time: code life, idle time, leases and rate limits, so that moving the demo's
clock signs nobody out. Both give aware UTC values; people are shown Europe/London.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Anything that can tell both times."""

    def now(self) -> datetime: ...
    def real(self) -> datetime: ...


class SystemClock:
    """A live service: both times are the machine's."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    real = now


@dataclass
class FrozenClock:
    """Tests: both times stand still until a test moves them; `forward` moves both."""

    at: datetime
    real_at: datetime | None = None

    def now(self) -> datetime:
        return self.at

    def real(self) -> datetime:
        return self.real_at or self.at

    def move_to(self, at: datetime) -> None:
        """Move the service's time and leave the machine's where it stands."""
        self.real_at = self.real()
        self.at = at.astimezone(UTC)

    def forward(self, **span: float) -> None:
        """Let both times pass, as in life: `forward(minutes=16)`."""
        passed = timedelta(**span)
        if self.real_at is not None:
            self.real_at += passed
        self.at += passed


class DemoClock:
    """The demo's clock: an offset kept in the data folder, shared by the web and worker processes.

    It starts on a weekday at 10:00 in London and then runs at normal speed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = -1
        self._offset = timedelta(0)
        if not path.exists():
            self.move_to(self._first_weekday_at_ten())

    def now(self) -> datetime:
        stamp = os.stat(self.path).st_mtime_ns
        if stamp != self._stamp:
            self._offset = timedelta(seconds=json.loads(self.path.read_text())["offset_seconds"])
            self._stamp = stamp
        return self.real() + self._offset

    def real(self) -> datetime:
        return datetime.now(UTC)

    def move_to(self, at: datetime) -> None:
        """Make `at` the service's present time, in every process."""
        aside = self.path.with_suffix(".new")
        aside.write_text(json.dumps({"offset_seconds": (at - self.real()).total_seconds()}))
        os.replace(aside, self.path)

    def _first_weekday_at_ten(self) -> datetime:
        day = self.real().astimezone(LONDON).date()
        while day.weekday() >= 5:
            day += timedelta(days=1)
        return in_london(day, time(10))


_clock: Clock = SystemClock()


def install(clock: Clock) -> None:
    """Choose the clock of this process. Called once at start, and by tests."""
    global _clock
    _clock = clock


def installed() -> Clock:
    """The clock of this process, for the few places that may move it."""
    return _clock


def now() -> datetime:
    """The service's present time, aware, UTC."""
    return _clock.now()


def real() -> datetime:
    """The machine's present time, aware, UTC."""
    return _clock.real()


def london(at: datetime) -> datetime:
    """The same moment on a London wall clock."""
    return at.astimezone(LONDON)


def today() -> date:
    """The service's present date in London."""
    return london(now()).date()


def in_london(day: date, wall: time) -> datetime:
    """The moment, in UTC, when London clocks show `wall` on `day`.

    In the hour that is skipped in spring the moment after the gap is given; in the hour that comes
    twice in autumn, the first of the two.
    """
    return datetime.combine(day, wall, LONDON).astimezone(UTC)
