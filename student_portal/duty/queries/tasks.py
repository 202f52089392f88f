"""The tasks that are open."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, visible_people
from student_portal.duty.models import Task, TaskKind
from student_portal.foundation import db
from student_portal.foundation.prepared import prepared_rows


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
    version: int


def open_tasks(viewer: Viewer) -> list[TaskFacts]:
    """What this member of staff has to do, soonest first: their own tasks, and the team's about students
    whose records they may open or about no student.
    """
    asked = f"open tasks of {viewer.person_id} as {viewer.role} in {viewer.service_id}"
    return db.once(asked, lambda: _open_tasks(viewer))


def _open_tasks(viewer: Viewer) -> list[TaskFacts]:
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
    return next(map(_facts, _open_about(kind=kind, subject_id=subject_id)), None)


@prepared_rows
def _open_about(kind: TaskKind, subject_id: str) -> SelectOfScalar[Task]:
    about = select(Task).where(col(Task.kind) == kind, col(Task.subject_id) == subject_id)
    return about.where(col(Task.done_at).is_(None))


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
        version=row.version,
    )
