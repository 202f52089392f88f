"""The therapist's pages: today, my students, one student, the report for the record."""

from student_portal.caseload.views import pages, report
from student_portal.caseload.views.base import blueprint

__all__ = ["blueprint", "pages", "report"]
