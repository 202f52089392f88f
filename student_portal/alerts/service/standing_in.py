"""Whoever read an answer in another's stead can open the record for as long as that takes, and no longer."""

from datetime import datetime

from sqlmodel import col, func, select

from student_portal.access import queries as sight
from student_portal.access import service as access
from student_portal.access.queries import StandIn
from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.settings import queries as settings


def end_stand_ins(*, at: datetime, by: Actor) -> int:
    """Close the records that nobody stands in for any more; gives how many.

    One stays open while an answer of the student's is unread or the stand-in has a task about them, and then
    for the working hours of the setting, so that what was done can be written down and looked at again.
    """
    hours = settings.current().cover_record_hours
    over = [
        one
        for one in sight.stand_ins()
        if not _is_needed(one, by) and duty.calendar(at).after(_last_step(one), hours) <= at
    ]
    for one in over:
        access.stop_standing_in(person_id=one.person_id, staff_id=one.staff_id, by=by, at=at)
    return len(over)


def _is_needed(one: StandIn, by: Actor) -> bool:
    unread = select(AnswerAlert.id).where(
        AnswerAlert.person_id == one.person_id, AnswerAlert.state == AlertState.RAISED
    )
    with db.read() as unit:
        if unit.exec(unread).first():
            return True
    return any(
        task.person_id == one.person_id and task.owner_id == one.staff_id
        for task in duty.all_tasks(by.service_id)
    )


def _last_step(one: StandIn) -> datetime:
    """When something was last done about an answer of theirs, or the standing in began."""
    steps = (
        select(func.max(AlertEvent.at))
        .join(AnswerAlert, col(AnswerAlert.id) == AlertEvent.alert_id)
        .where(AnswerAlert.person_id == one.person_id)
    )
    with db.read() as unit:
        last = unit.exec(steps).one()
    return max(filter(None, (last, one.since)))  # no step at all: an answer was handed over
