"""Noticing from outside that something has stopped: a dead worker cannot say so itself.

Each web process looks once a minute. Any number may: a trouble is one open task, which finishes itself when
it is over.
"""

from datetime import datetime, timedelta

from sqlmodel import select

from student_portal.alerts.models import Heartbeat
from student_portal.alerts.queries import readers
from student_portal.alerts.queries.running import Trouble, running
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db

WRITE_AFTER = timedelta(seconds=30)


def beat(*, part: str, real: datetime, by: Actor) -> None:
    """This part has just finished a round; `real` is the machine's time. Kept to half a minute."""
    with db.write() as unit:
        mine = select(Heartbeat).where(Heartbeat.service_id == by.service_id, Heartbeat.part == part)
        row = db.add_unless(mine, Heartbeat(service_id=by.service_id, part=part, seen_at=real))
        if real - row.seen_at >= WRITE_AFTER:
            row.seen_at = real
            unit.add(row)


def watch(*, at: datetime, real: datetime, since_real: datetime, by: Actor) -> None:
    """Raise a task for whatever has stopped, and finish that of whatever goes again.

    `since_real`: since when this process looks.
    """
    lasting = running(by.service_id, at=at, real=real, since_real=since_real).troubles
    for trouble in Trouble:
        standing = duty.task_for(duty.TaskKind.SOMETHING_STOPPED, trouble)
        if trouble in lasting and standing is None:
            tasks.raise_task(
                kind=duty.TaskKind.SOMETHING_STOPPED,
                subject=("part", trouble),
                person_id=None,
                owner_id=readers.answerable(at),
                due_at=at,
                by=by,
                at=at,
            )
        elif trouble not in lasting and standing is not None:
            tasks.finish_task(kind=duty.TaskKind.SOMETHING_STOPPED, subject_id=trouble, note="", by=by, at=at)
