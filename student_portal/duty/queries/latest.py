"""The newest task of a kind about something, done or not."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from student_portal.duty.models import Task, TaskKind
from student_portal.foundation.prepared import Columns, columns, prepared


@dataclass(frozen=True)
class LatestTask:
    """`done_at` and `done_by` are None while it is open."""

    owner_id: str | None
    created_at: datetime
    due_at: datetime
    done_at: datetime | None
    done_by: str | None


def latest_task(kind: TaskKind, subject_id: str) -> LatestTask | None:
    """The newest task of this kind about this subject; None: there never was one."""
    return next((LatestTask(*row) for row in _newest_first(kind=kind, subject_id=subject_id)), None)


@prepared
def _newest_first(kind: TaskKind, subject_id: str) -> Columns:
    tasks = columns(Task.owner_id, Task.created_at, Task.due_at, Task.done_at, Task.done_by)
    these = tasks.where(col(Task.kind) == kind, col(Task.subject_id) == subject_id)
    return these.order_by(col(Task.id).desc()).limit(1)
