"""What runs and what has stopped: the worker, the queue of messages, the escalation, what nobody has read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, select

from student_portal.alerts.models import AnswerAlert, EscalationStep, Heartbeat, StepKind
from student_portal.alerts.queries.escalation import Unread, steps_left, unread_anywhere
from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.messaging import queries as messages

WORKER = "worker"
SILENT_AFTER = timedelta(minutes=5)
QUEUE_AFTER = timedelta(minutes=10)
LATE_AFTER = timedelta(minutes=5)


class Trouble(StrEnum):
    """What can stop. Each is one task while it lasts."""

    WORKER = "worker"  # it has been silent for five minutes
    QUEUE = "queue"  # a message that could have gone waits for ten minutes
    STEPS = "steps"  # somebody should have been told of an alert five minutes ago
    UNREAD = "unread"  # the manager was told of an alert, and still nobody has read it


@dataclass(frozen=True)
class Running:
    """Everything at one moment: counts and times, nothing about a person. Times without a moment: None.

    `seen_real` and `silent` are by the machine's time, all else by the service's.
    """

    at: datetime
    seen_real: datetime | None
    silent: timedelta
    backlog: messages.Backlog
    queue_since: datetime | None
    unread: int
    overdue: int
    due_since: datetime | None
    steps_late: int
    missed: int
    tasks: int
    tasks_overdue: int
    troubles: tuple[Trouble, ...]


def running(service_id: str, *, at: datetime, real: datetime, since_real: datetime) -> Running:
    """How everything stands. `since_real`: since when this process looks; a worker that it never saw has been
    silent since then.
    """
    with db.read():
        seen_real = _seen(service_id)
        unread = unread_anywhere()
        overdue = [alert for alert in unread if alert.due_at <= at]
        late = [step for alert in overdue for step in steps_left(alert, at - LATE_AFTER)]
        queue_since = messages.waiting_since(at)
        tasks = duty.all_tasks(service_id)
        silent = max(real - (seen_real or since_real), timedelta())
        lasting = {
            Trouble.WORKER: silent >= SILENT_AFTER,
            Trouble.QUEUE: queue_since is not None and at - queue_since >= QUEUE_AFTER,
            Trouble.STEPS: bool(late),
            Trouble.UNREAD: bool(_past_the_manager(overdue)),
        }
        return Running(
            at=at,
            seen_real=seen_real,
            silent=silent,
            backlog=messages.backlog(at),
            queue_since=queue_since,
            unread=len(unread),
            overdue=len(overdue),
            due_since=min((alert.due_at for alert in overdue), default=None),
            steps_late=len(late),
            missed=sum(task.kind == duty.TaskKind.ESCALATION_FAILED for task in tasks),
            tasks=len(tasks),
            tasks_overdue=sum(task.due_at < at for task in tasks),
            troubles=tuple(trouble for trouble, lasts in lasting.items() if lasts),
        )


def _seen(service_id: str) -> datetime | None:
    with db.read() as unit:
        beat = select(Heartbeat.seen_at).where(Heartbeat.service_id == service_id, Heartbeat.part == WORKER)
        return unit.exec(beat).first()


def _past_the_manager(overdue: list[Unread]) -> list[str]:
    """Those of these alerts of which the manager was told."""
    with db.read() as unit:
        told = select(EscalationStep.alert_id).where(
            col(EscalationStep.alert_id).in_([alert.id for alert in overdue]),
            EscalationStep.step == StepKind.MANAGER,
            EscalationStep.raising == AnswerAlert.raising,
        )
        return list(unit.exec(told.join(AnswerAlert, col(AnswerAlert.id) == EscalationStep.alert_id)))
