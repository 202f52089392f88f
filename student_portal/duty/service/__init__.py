"""Setting when the service works and who is there; raising, giving, taking and finishing tasks."""

from student_portal.duty.models import TaskKind
from student_portal.duty.service.hours import close_days, open_days, set_hours, set_week
from student_portal.duty.service.rota import (
    end_absence,
    end_turn,
    set_absence,
    set_cover,
    set_manager_on_duty,
)
from student_portal.duty.service.tasks import (
    claim_task,
    finish,
    finish_task,
    give_task,
    hand_over_task,
    raise_task,
    reassign,
)  # fmt: skip

__all__ = [
    "TaskKind", "claim_task", "close_days", "end_absence", "end_turn", "finish", "finish_task", "give_task",
    "hand_over_task", "open_days", "raise_task", "reassign", "set_absence", "set_cover", "set_hours",
    "set_manager_on_duty",
    "set_week",
]  # fmt: skip
