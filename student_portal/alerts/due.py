"""By when an answer, or a wish to talk, must be read. Pure: knows times, not people."""

from datetime import datetime, timedelta

from student_portal.duty.queries import WorkingCalendar

AT_ONCE = timedelta(hours=1)


def due_at(sent_at: datetime, starts_at: datetime, working_hours: int, calendar: WorkingCalendar) -> datetime:
    """The earlier of `working_hours` after Send and the session's start.

    Sent less than an hour before the start, or after it: at Send.
    """
    if starts_at - sent_at < AT_ONCE:
        return sent_at
    return in_time(sent_at, starts_at, working_hours, calendar)


def in_time(
    sent_at: datetime, starts_at: datetime | None, working_hours: int, calendar: WorkingCalendar
) -> datetime:
    """The same, however soon the session is; None: there is none to come."""
    after = calendar.after(sent_at, working_hours)
    return after if starts_at is None else min(after, starts_at)
