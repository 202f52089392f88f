"""The therapist's pages: today, my students, one student, the report; and what is written on them."""

from student_portal.caseload.views import about, adding, copying, listing, notes, pages, report, talked
from student_portal.caseload.views.base import blueprint

__all__ = ["about", "adding", "blueprint", "copying", "listing", "notes", "pages", "report", "talked"]
