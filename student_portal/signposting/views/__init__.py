"""HTTP for the help page, the message with its numbers, its copies, and for editing it."""

from student_portal.signposting.views import copies, keeping, numbers
from student_portal.signposting.views.editing import blueprint
from student_portal.signposting.views.help import blueprint as help_blueprint
from student_portal.signposting.views.help import help_lines

__all__ = ["blueprint", "copies", "help_blueprint", "help_lines", "keeping", "numbers"]
