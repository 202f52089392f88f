"""What is read of alerts, gathered in one door; each file here holds one subject."""

from student_portal.alerts.models import AlertState, Outcome, StepKind
from student_portal.alerts.queries.alerts import (
    AlertView,
    AnswerFacts,
    Said,
    Step,
    for_response,
    of_person,
    one,
    pack,
    unread,
)
from student_portal.alerts.queries.asking import Asked, asked_to_talk, unread_wishes, whom_to_ask
from student_portal.alerts.queries.escalation import (
    HandedOver,
    Told,
    Unread,
    find_unread,
    handed_over,
    handed_over_each,
    next_due,
    steps_left,
    told,
    told_each,
    unread_anywhere,
    why_not_asked,
)
from student_portal.alerts.queries.figures import Figures, figures
from student_portal.alerts.queries.going_live import go_live_blockers
from student_portal.alerts.queries.readers import answerable
from student_portal.alerts.queries.running import WORKER, Running, Trouble, running
from student_portal.alerts.queries.tasks import TaskRow, task, tasks, who_could
from student_portal.alerts.queries.waiting import OnDuty, Waiting, on_duty, overdue, waiting

__all__ = [
    "WORKER", "AlertState", "AlertView", "AnswerFacts", "Asked", "Figures", "HandedOver", "OnDuty",
    "Outcome", "Running", "Said", "Step", "StepKind", "TaskRow", "Told", "Trouble", "Unread", "Waiting",
    "answerable", "asked_to_talk", "figures", "find_unread", "for_response", "go_live_blockers",
    "handed_over", "handed_over_each", "next_due", "of_person", "on_duty", "one", "overdue", "pack",
    "running", "steps_left", "task", "tasks", "told", "told_each", "unread", "unread_anywhere",
    "unread_wishes", "waiting", "who_could", "whom_to_ask", "why_not_asked",
]  # fmt: skip
