"""When a form can be filled in and sent. Pure: knows times, not where they are kept.

Days before and after are counted on London's clocks, hours and minutes as they pass.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from student_portal.foundation import clock
from student_portal.settings.queries import ServiceSettings


@dataclass(frozen=True)
class Window:
    """The times of one form; each moment named belongs to the time before it.

    From `opens_at` it can be begun. After `send_until` only a form begun by then can be finished, as late.
    After `closes_at` nothing can be added or sent.
    """

    opens_at: datetime
    starts_at: datetime
    send_until: datetime
    closes_at: datetime

    def is_open(self, at: datetime) -> bool:
        """Whether answers can be given and sent."""
        return self.opens_at <= at <= self.closes_at

    def is_late(self, at: datetime) -> bool:
        """Whether what is sent now is marked as finished after the session's start."""
        return at > self.send_until


def opening(starts_at: datetime, rules: ServiceSettings) -> datetime:
    """When the form of a session that starts then opens."""
    day = clock.london(starts_at).date() - timedelta(days=rules.form_opens_days)
    return clock.in_london(day, time(rules.form_opens_hour))


def window(
    *,
    starts_at: datetime,
    next_opens_at: datetime | None,
    begun_at: datetime | None,
    last_saved_at: datetime | None,
    rules: ServiceSettings,
) -> Window:
    """The times of one form, from where its session stands now.

    `next_opens_at`: the opening of the next form, if its session has a date. `begun_at` and `last_saved_at`:
    when this form was opened and its last answer saved, if they were.
    """
    send_until = starts_at + timedelta(minutes=rules.send_grace_minutes)
    return Window(
        opens_at=opening(starts_at, rules),
        starts_at=starts_at,
        send_until=send_until,
        closes_at=max(
            send_until, _finish(starts_at, send_until, next_opens_at, begun_at, last_saved_at, rules)
        ),
    )


def _finish(
    starts_at: datetime,
    send_until: datetime,
    next_opens_at: datetime | None,
    begun_at: datetime | None,
    last_saved_at: datetime | None,
    rules: ServiceSettings,
) -> datetime:
    """Until when a form that was begun in time may be finished; `send_until` for any other."""
    if begun_at is None or begun_at > send_until:
        return send_until
    resting = (last_saved_at or begun_at) + timedelta(hours=rules.finish_hours)
    return min(resting, next_opens_at or resting, days_later(starts_at, rules.late_days))


def days_later(at: datetime, days: int) -> datetime:
    """The moment when London's clocks show the same time, `days` days on."""
    wall = clock.london(at)
    return clock.in_london(wall.date() + timedelta(days=days), wall.time())


def has_moved_far(stood_at: datetime, stands_at: datetime, rules: ServiceSettings) -> bool:
    """Whether a session that stood there at Send now stands so far away that the form is stale."""
    if stood_at == stands_at:
        return False
    earlier, later = sorted((stood_at, stands_at))
    return days_later(earlier, rules.stale_days) <= later
