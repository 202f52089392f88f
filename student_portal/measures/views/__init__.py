"""The student's pages of a form. Titles and addresses say nothing about it."""

from student_portal.measures.views import after, answering, beginning, sending, whole
from student_portal.measures.views.base import blueprint

__all__ = ["after", "answering", "beginning", "blueprint", "sending", "whole"]
