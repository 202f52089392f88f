"""Working time as the service keeps it, and the tasks that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

import holidays
from sqlmodel import col, or_, select

from student_portal.access.queries import Viewer, visible_people
from student_portal.duty.calendar import WorkingCalendar
from student_portal.duty.models import ServiceHours, Task, TaskKind
from student_portal.duty.reading import NextReading, next_reading, reading_words
from student_portal.foundation import clock, db

__all__ = [
    "NextReading", "TaskFacts", "TaskKind", "WorkingCalendar", "calendar", "next_reading", "open_tasks",
    "reading_words", "task_for",
]  # fmt: skip

# Until a service says otherwise; without any hours nothing would ever become due.
USUAL_HOURS = {weekday: (time(9), time(17)) for weekday in range(5)}


@dataclass(frozen=True)
class TaskFacts:
    """One open task. `owner_id` None: the team's; `person_id` None: not about a student."""

    id: str
    kind: TaskKind
    subject_kind: str
    subject_id: str
    person_id: str | None
    owner_id: str | None
    created_at: datetime
    due_at: datetime


def calendar(at: datetime) -> WorkingCalendar:
    """Working time by the hours in force on that day: Monday to Friday 9am to 5pm until the service sets
    its own. Bank holidays in England are closed.
    """
    today = clock.london(at).date()
    ever_set = db.once("service hours", _hours)
    own = {
        row.weekday: (row.opens, row.closes)
        for row in ever_set
        if row.since <= today and (row.until is None or row.until >= today)
    }
    return WorkingCalendar(own if ever_set else USUAL_HOURS, _bank_holidays(today.year))


def _hours() -> Sequence[ServiceHours]:
    with db.read() as session:
        return session.exec(select(ServiceHours)).all()


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays in England of this year and its neighbours (package `holidays`, from gov.uk)."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(year - 1, year + 3)))


def open_tasks(viewer: Viewer) -> list[TaskFacts]:
    """What this member of staff has to do, soonest first: their own tasks, and the team's about students
    whose records they may open or about no student.
    """
    about_the_visible = or_(col(Task.person_id).is_(None), col(Task.person_id).in_(visible_people(viewer)))
    with db.read() as session:
        rows = session.exec(
            select(Task)
            .where(
                Task.service_id == viewer.service_id,
                col(Task.done_at).is_(None),
                or_(Task.owner_id == viewer.person_id, col(Task.owner_id).is_(None) & about_the_visible),
            )
            .order_by(col(Task.due_at), col(Task.id))
        )
        return [_facts(row) for row in rows]


def task_for(kind: TaskKind, subject_id: str) -> TaskFacts | None:
    """The open task of this kind about this subject, if there is one."""
    with db.read() as session:
        row = session.exec(
            select(Task).where(Task.kind == kind, Task.subject_id == subject_id, col(Task.done_at).is_(None))
        ).first()
        return _facts(row) if row else None


def _facts(row: Task) -> TaskFacts:
    return TaskFacts(
        id=row.id,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        person_id=row.person_id,
        owner_id=row.owner_id,
        created_at=row.created_at,
        due_at=row.due_at,
    )
