"""By when an answer must be read. Pure: knows times, not people."""

from datetime import datetime, timedelta

from student_portal.duty.queries import WorkingCalendar

AT_ONCE = timedelta(hours=1)


def due_at(sent_at: datetime, starts_at: datetime, working_hours: int, calendar: WorkingCalendar) -> datetime:
    """The earlier of `working_hours` after Send and the session's start.

    Sent less than an hour before the start, or after it: at Send.
    """
    if starts_at - sent_at < AT_ONCE:
        return sent_at
    return min(calendar.after(sent_at, working_hours), starts_at)
