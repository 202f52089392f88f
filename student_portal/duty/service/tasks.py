"""Raising, giving, taking and finishing tasks."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty.models import Task, TaskKind
from student_portal.duty.queries import is_away
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotAllowed, Refused


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
            standing.version += 1
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
        _give(task, owner_id, by=by, at=at)


def _give(task: Task, owner_id: str | None, *, by: Actor, at: datetime) -> None:
    task.owner_id = owner_id
    task.version += 1
    _record("duty.give_task", task, by=by, at=at)


def claim_task(*, task_id: str, by: Actor, at: datetime) -> None:
    """Whoever presses this takes a task of the team's; their own again is harmless.

    Raises NotFound, and Conflict if somebody else has it or it has been done.
    """
    with db.write():
        task = db.locked(Task, task_id)
        if task.done_at is None and task.owner_id == by.person_id:
            return
        if task.done_at is not None or task.owner_id is not None:
            raise Conflict
        _give(task, by.person_id, by=by, at=at)


def hand_over_task(*, task_id: str, to: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Its owner gives a task to a colleague who works.

    Raises NotFound, NotAllowed if it is not theirs, Refused("away") if the colleague is away, and Conflict if
    it was changed or done since `seen_version`.
    """
    with db.write():
        if db.locked(Task, task_id).owner_id != by.person_id:
            raise NotAllowed
        reassign(task_id=task_id, to=to, seen_version=seen_version, by=by, at=at)


def reassign(*, task_id: str, to: str, seen_version: int, by: Actor, at: datetime) -> None:
    """Give anybody's task to a person who works: what a manager does. Raises as `hand_over_task`."""
    with db.write():
        task = db.locked(Task, task_id)
        if task.done_at is not None:
            raise Conflict
        db.expect(seen_version, task.version)
        if is_away(to, at):
            raise Refused("away")
        if task.owner_id != to:
            _give(task, to, by=by, at=at)


def finish_task(*, kind: TaskKind, subject_id: str, note: str, by: Actor, at: datetime) -> None:
    """The open task of this kind about this subject is done; without one nothing happens."""
    with db.write() as session:
        task = session.exec(_open(kind, subject_id).with_for_update()).first()
        if task is None:
            return
        _finish(task, note, by=by, at=at)


def finish(*, task_id: str, note: str, by: Actor, at: datetime) -> None:
    """This task is done, and the note says what was done; finishing twice keeps the first note.

    Raises NotFound, Refused("empty") without words, and Conflict if somebody else has done it.
    """
    if not note.strip():
        raise Refused("empty")
    with db.write():
        task = db.locked(Task, task_id)
        if task.done_at is None:
            _finish(task, note.strip(), by=by, at=at)
        elif task.done_by != by.person_id:
            raise Conflict


def _finish(task: Task, note: str, *, by: Actor, at: datetime) -> None:
    task.done_at, task.done_by = at, by.person_id
    task.version += 1
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
