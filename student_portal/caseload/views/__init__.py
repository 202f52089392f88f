"""The therapist's pages: today, my students, one student."""

from student_portal.caseload.views.pages import blueprint

__all__ = ["blueprint"]
