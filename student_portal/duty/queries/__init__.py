"""Working time as the service keeps it, who is there, and the tasks that are open."""

from student_portal.duty.calendar import WorkingCalendar
from student_portal.duty.models import TaskKind
from student_portal.duty.queries.everyone import all_tasks, is_waiting, open_task
from student_portal.duty.queries.hours import (
    USUAL_HOURS,
    Closed,
    are_hours_decided,
    bank_holidays,
    calendar,
    closed_days,
)  # fmt: skip
from student_portal.duty.queries.rota import (
    absences,
    cover_of,
    gaps,
    is_away,
    manager_at,
    next_reader,
    next_reading,
    rota,
    turns,
    without_cover,
    without_manager,
    works,
)  # fmt: skip
from student_portal.duty.queries.tasks import TaskFacts, open_tasks, task_for
from student_portal.duty.reading import NextReading, reading_words
from student_portal.duty.rota import AHEAD, Away, DayHalf, DutyRole, Gap, Reader, Rota, Span, Turn, Window

__all__ = [
    "AHEAD", "USUAL_HOURS", "Away", "Closed", "DayHalf", "DutyRole", "Gap", "NextReading",
    "Reader", "Rota", "Span", "TaskFacts", "TaskKind", "Turn", "Window", "WorkingCalendar", "absences",
    "all_tasks", "are_hours_decided", "bank_holidays", "calendar", "closed_days", "cover_of", "gaps",
    "is_away", "is_waiting", "manager_at", "next_reader", "next_reading", "open_task",
    "open_tasks", "reading_words", "rota", "task_for", "turns", "without_cover", "without_manager", "works",
]  # fmt: skip
