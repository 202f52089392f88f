"""The demo's rota: two therapists who read for each other, one manager, and a week of leave to come."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from student_portal.access.queries import Viewer
from student_portal.duty import service as duty
from student_portal.duty.queries import USUAL_HOURS, Span
from student_portal.foundation import clock

ROBIN, JO, MAX = "Robin Okafor", "Jo Lindqvist", "Max Ferry"


def set_up(staff: Mapping[str, Viewer], *, today: date, at: datetime) -> None:
    """Hours that somebody decided, nobody without a cover, Jo's leave in the week after the demo begins."""
    manager, ids = staff[MAX], {name: str(staff[name].person_id) for name in (ROBIN, JO, MAX)}
    duty.set_week(week={day: USUAL_HOURS.get(day) for day in range(7)}, by=manager, at=at)
    for owner, cover in ((ROBIN, JO), (JO, ROBIN)):
        duty.set_cover(person_id=ids[cover], owner_id=ids[owner], span=Span(at), by=manager, at=at)
    duty.set_manager_on_duty(person_id=ids[MAX], span=Span(at), by=manager, at=at)
    monday = today + timedelta(days=7 - today.weekday())
    week = Span(_midnight(monday), _midnight(monday + timedelta(days=5)))
    duty.set_absence(person_id=ids[JO], span=week, by=staff[JO], at=at)


def _midnight(day: date) -> datetime:
    return clock.in_london(day, time(0))
