"""Moving the demo's clock: it stops at every due moment on the way, in order, and the worker acts there."""

from collections.abc import Callable
from datetime import datetime, timedelta

from student_portal import worker
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import DemoClock, FrozenClock
from student_portal.reminders import queries as reminders

_STOPS = 500  # more due moments than any demo week holds


def targets(now: datetime) -> dict[str, Callable[[], datetime | None]]:
    """Where each button of the demo bar leads from here; None if there is nothing of the kind ahead."""
    return {
        "hour": lambda: now + timedelta(hours=1),
        "day": lambda: now + timedelta(days=1),
        "text": lambda: reminders.next_due(now),
        "session": lambda: _hour_before_next_session(now),
    }


def move_to(target: datetime, senders: worker.Senders) -> None:
    """Bring the service's time to `target`, never backwards, doing on the way what falls due."""
    worker.tick(clock.now(), senders)
    for _ in range(_STOPS):
        due = reminders.next_due(clock.now())
        if due is None or due > target:
            break
        _set(max(due, clock.now()))
        worker.tick(clock.now(), senders)
    _set(max(target, clock.now()))
    worker.tick(clock.now(), senders)


def _set(at: datetime) -> None:
    installed = clock.installed()
    if not isinstance(installed, DemoClock | FrozenClock):
        raise RuntimeError("only the demo's clock may be moved")
    installed.move_to(at)


def _hour_before_next_session(now: datetime) -> datetime | None:
    """An hour before the next booked session that is more than an hour away."""
    ahead = [
        session.starts_at - timedelta(hours=1)
        for session in episodes.upcoming(now)
        if session.starts_at and session.starts_at - timedelta(hours=1) > now
    ]
    return min(ahead, default=None)
