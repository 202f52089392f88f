"""Pages of answers to read, of tasks, of the rota and of what runs; importing them registers routes."""

from student_portal.alerts.views import duty, figures, reading, rota, rota_entries, rota_hours, running, tasks
from student_portal.alerts.views.base import blueprint

__all__ = [
    "blueprint",
    "duty",
    "figures",
    "reading",
    "rota",
    "rota_entries",
    "rota_hours",
    "running",
    "tasks",
]
