"""The verbs of a form: open, save one answer, decline, send; and destroying what was never sent."""

from student_portal.measures.service.filling import Saved, decline, open_form, save_answer
from student_portal.measures.service.purge import destroy_unsent
from student_portal.measures.service.sending import send

__all__ = ["Saved", "decline", "destroy_unsent", "open_form", "save_answer", "send"]
