"""When each reminder of one session goes out. Pure; all wall-clock times are London's."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from student_portal.foundation import clock

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Moment:
    """One reminder: due at `due_at`, pointless from `expires_at` on."""

    kind: str
    due_at: datetime
    expires_at: datetime


def moments(
    starts_at: datetime, *, has_form: bool, text_hour: int, opens_days: int, opens_hour: int
) -> list[Moment]:
    """The reminders of a session that stands at `starts_at`, in order.

    The form's link goes out on the day it opens, `opens_days` before, at the student's hour or when it opens,
    whichever is later; it gives way to the one of the day before, which says "tomorrow" and so is pointless
    from midnight on.
    """
    day = clock.london(starts_at).date()
    before = Moment("day_before", clock.in_london(day - DAY, time(text_hour)), clock.in_london(day, time(0)))
    opening = day - opens_days * DAY
    link_due = clock.in_london(opening, time(max(text_hour, opens_hour)))
    if not has_form or link_due >= before.due_at:
        return [before]
    return [Moment("form_link", link_due, before.due_at), before]
