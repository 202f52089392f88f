"""Moving the demo's clock: it stops at every due moment on the way, in order, and the worker acts there.

"Next" means next for the newcomer: for whoever holds the phone that last asked for a code, and for everybody
only while nothing lies ahead of them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from student_portal import worker
from student_portal.accounts import queries as people
from student_portal.demo import phone
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import DemoClock, FrozenClock
from student_portal.reminders import queries as reminders

_HOUR = timedelta(hours=1)
_STOPS = 500  # more due moments than any demo week holds


def move(by: str, data_dir: Path) -> None:
    """What a button of the demo bar does: "hour", "day", "text", "session"; anything else does nothing."""
    now = clock.now()
    mine = _newcomers(data_dir)
    if by == "text":
        _pass_while(lambda: not _got_text(data_dir, since=now), data_dir, mine)
        return
    targets: dict[str, Callable[[], datetime | None]] = {
        "hour": lambda: now + _HOUR,
        "day": lambda: now + timedelta(days=1),
        "session": lambda: _hour_before_next_session(now, mine) or _hour_before_next_session(now, set()),
    }
    target = targets.get(by, lambda: None)()
    if target is not None:
        move_to(target, data_dir)


def move_to(target: datetime, data_dir: Path) -> None:
    """Bring the service's time to `target`, never backwards, doing on the way what falls due."""
    _work(data_dir)
    for _ in range(_STOPS):
        due = reminders.next_due(clock.now())
        if due is None or due > target:
            break
        _set(due, data_dir)
    _set(target, data_dir)


def _pass_while(waiting: Callable[[], bool], data_dir: Path, mine: set[str]) -> None:
    """From due moment to due moment, to the newcomer's next text if they expect one, else to anybody's."""
    expected = any(reminders.is_expected(person_id, clock.now()) for person_id in mine)
    for _ in range(_STOPS if expected else 1):
        due = reminders.next_due(clock.now())
        if due is None:
            break
        _set(due, data_dir)
        if not waiting():
            break


def _set(at: datetime, data_dir: Path) -> None:
    installed = clock.installed()
    if not isinstance(installed, DemoClock | FrozenClock):
        raise RuntimeError("only the demo's clock may be moved")
    installed.move_to(max(at, clock.now()))
    _work(data_dir)


def _work(data_dir: Path) -> None:
    worker.tick(clock.now(), phone.senders(data_dir))


def _newcomers(data_dir: Path) -> set[str]:
    """Everybody who holds the newcomer's phone or mailbox."""
    held = phone.held(data_dir)
    return set(people.holders(held.channel, held.to)) if held else set()


def _got_text(data_dir: Path, *, since: datetime) -> bool:
    held = phone.held(data_dir)
    return held is not None and any(
        message.to == held.to and message.at > since for message in phone.received(data_dir)
    )


def _hour_before_next_session(now: datetime, mine: set[str]) -> datetime | None:
    """An hour before the next booked session that is more than an hour away; nobody named: anybody's."""
    ahead = [
        session.starts_at - _HOUR
        for session in episodes.upcoming(now)
        if session.starts_at and session.starts_at - _HOUR > now and (not mine or session.person_id in mine)
    ]
    return min(ahead, default=None)
