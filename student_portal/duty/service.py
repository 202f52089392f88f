"""Setting the open hours; raising, giving and finishing tasks."""

from datetime import datetime, time, timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty.models import ServiceHours, Task, TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Conflict, Refused

__all__ = ["TaskKind", "finish_task", "give_task", "raise_task", "set_hours"]


def set_hours(*, weekday: int, opens: time | None, closes: time | None, by: Actor, at: datetime) -> None:
    """From today on, London times of one weekday (0 is Monday); both None: closed that day.

    Raises Refused("weekday") outside 0 to 6 and Refused("hours") unless opening comes before closing.
    """
    if weekday not in range(7):
        raise Refused("weekday")
    if (opens is None) != (closes is None) or (opens and closes and opens >= closes):
        raise Refused("hours")
    today = clock.london(at).date()
    with db.write() as session:
        present = select(ServiceHours).where(
            ServiceHours.service_id == by.service_id,
            ServiceHours.weekday == weekday,
            col(ServiceHours.until).is_(None),
        )
        for row in session.exec(present.with_for_update()):
            row.until = today - timedelta(days=1)
        session.flush()  # the old hours end before the new ones begin: only one row may stand
        if opens and closes:
            session.add(
                ServiceHours(
                    service_id=by.service_id, weekday=weekday, opens=opens, closes=closes, since=today
                )
            )
        audit.record(
            verb="duty.set_hours",
            subject=("service", by.service_id),
            by=by,
            at=at,
            detail={"weekday": weekday, "opens": str(opens), "closes": str(closes)},
        )


def raise_task(
    *,
    kind: TaskKind,
    subject: tuple[str, str],
    person_id: str | None,
    owner_id: str | None,
    due_at: datetime,
    by: Actor,
    at: datetime,
) -> str:
    """Ask a named person, or the team (`owner_id` None), to do something by `due_at`; gives the task's id.

    `subject` is (kind of thing, its id). While a task of this kind about it is open, that one is given back,
    and is due sooner if this one is.
    """
    subject_kind, subject_id = subject
    raised = Task(
        service_id=by.service_id,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        person_id=person_id,
        owner_id=owner_id,
        created_at=at,
        due_at=due_at,
    )
    with db.write():
        standing = db.add_unless(_open(kind, subject_id), raised)
        if standing is raised:
            _record("duty.raise_task", raised, by=by, at=at)
        elif due_at < standing.due_at:
            standing.due_at = due_at
            _record("duty.hasten_task", standing, by=by, at=at)
        return standing.id


def give_task(*, task_id: str, owner_id: str | None, by: Actor, at: datetime) -> None:
    """Name whose task it is; None gives it back to the team.

    Raises NotFound, and Conflict if it has been done meanwhile.
    """
    with db.write():
        task = db.locked(Task, task_id)
        if task.done_at is not None:
            raise Conflict
        task.owner_id = owner_id
        _record("duty.give_task", task, by=by, at=at)


def finish_task(*, kind: TaskKind, subject_id: str, note: str, by: Actor, at: datetime) -> None:
    """The open task of this kind about this subject is done; without one nothing happens."""
    with db.write() as session:
        task = session.exec(_open(kind, subject_id).with_for_update()).first()
        if task is None:
            return
        task.done_at, task.done_by = at, by.person_id
        task.note = note or None
        _record("duty.finish_task", task, by=by, at=at)


def _open(kind: TaskKind, subject_id: str) -> SelectOfScalar[Task]:
    return select(Task).where(Task.kind == kind, Task.subject_id == subject_id, col(Task.done_at).is_(None))


def _record(verb: str, task: Task, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=("task", task.id),
        by=by,
        at=at,
        person_id=task.person_id,
        detail={"kind": task.kind, "owner": task.owner_id},
    )
