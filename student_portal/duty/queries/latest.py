"""The newest task of a kind about something, done or not."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.duty.models import Task, TaskKind
from student_portal.foundation import db


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
    newest = (
        select(Task).where(Task.kind == kind, Task.subject_id == subject_id).order_by(col(Task.id).desc())
    )
    with db.read() as session:
        row = session.exec(newest).first()
        return LatestTask(row.owner_id, row.created_at, row.due_at, row.done_at, row.done_by) if row else None
