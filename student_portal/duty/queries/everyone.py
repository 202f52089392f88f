"""Open tasks whoever's they are."""

from sqlmodel import col, select

from student_portal.duty.models import Task, TaskKind
from student_portal.duty.queries.tasks import TaskFacts, _facts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound


def all_tasks(service_id: str) -> list[TaskFacts]:
    """Every open task of the service, soonest due first. What a viewer may see of it the caller knows."""
    waiting = select(Task).where(Task.service_id == service_id, col(Task.done_at).is_(None))
    with db.read() as session:
        rows = session.exec(waiting.order_by(col(Task.due_at), col(Task.id)))
        return [_facts(row) for row in rows]


def open_task(task_id: str) -> TaskFacts:
    """One task that is not done. Raises NotFound."""
    with db.read() as session:
        row = session.get(Task, task_id)
        if row is None or row.done_at is not None:
            raise NotFound("task")
        return _facts(row)


def is_waiting(kind: TaskKind, person_id: str) -> bool:
    """Whether a task of this kind about this student is open, whoever's it is."""
    with db.read() as session:
        found = select(Task.id).where(
            Task.kind == kind, Task.person_id == person_id, col(Task.done_at).is_(None)
        )
        return session.exec(found).first() is not None
