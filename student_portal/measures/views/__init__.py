"""The student's pages of a form, whose titles and addresses say nothing about it; and the therapist's."""

from student_portal.measures.views import after, answering, beginning, lent, sending, staff, whole
from student_portal.measures.views.base import blueprint

__all__ = ["after", "answering", "beginning", "blueprint", "lent", "sending", "staff", "whole"]
