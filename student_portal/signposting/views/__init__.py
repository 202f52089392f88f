"""HTTP for the help page, the message with its numbers and its copies; for contacts and written pages."""

from student_portal.signposting.views import (
    copies,
    deciding,
    keeping,
    looking,
    numbers,
    versions,
    written,
)
from student_portal.signposting.views.editing import blueprint
from student_portal.signposting.views.help import blueprint as help_blueprint
from student_portal.signposting.views.help import help_lines

__all__ = [
    "blueprint", "copies", "deciding", "help_blueprint", "help_lines", "keeping", "looking", "numbers",
    "versions", "written",
]  # fmt: skip
