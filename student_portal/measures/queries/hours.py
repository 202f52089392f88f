"""When somebody next reads what is sent, as every page of a form says it."""

from datetime import datetime

from student_portal.duty import queries as duty
from student_portal.foundation import clock
from student_portal.foundation.i18n import hour, lazy_gettext, moment


def next_reading(at: datetime) -> str:
    """When the service next has working hours: "today until 5pm", "Thursday 26 November at 9am"."""
    calendar = duty.calendar(at)
    if not calendar.is_open(at):
        return moment(calendar.next_open(at))
    day = clock.london(at).date()
    closes = clock.in_london(day, calendar.hours[day.weekday()][1])
    return str(lazy_gettext("today until %(hour)s", hour=hour(closes)))
