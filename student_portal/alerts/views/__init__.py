"""Pages of answers to read, of tasks, and of what runs; importing them registers their routes."""

from student_portal.alerts.views import duty, figures, reading, running, tasks
from student_portal.alerts.views.base import blueprint

__all__ = ["blueprint", "duty", "figures", "reading", "running", "tasks"]
