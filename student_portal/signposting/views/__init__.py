"""HTTP for the help page, the message with its numbers and its copies; for contacts and written pages."""

from student_portal.signposting.views import contact, copies, editing, keeping, numbers, page, pages, versions
from student_portal.signposting.views.base import blueprint
from student_portal.signposting.views.help import blueprint as help_blueprint
from student_portal.signposting.views.help import help_lines

__all__ = [
    "blueprint", "contact", "copies", "editing", "help_blueprint", "help_lines", "keeping", "numbers",
    "page", "pages", "versions",
]  # fmt: skip
