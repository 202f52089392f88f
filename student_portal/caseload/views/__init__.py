"""The therapist's pages: today, my students, one student, reports; and what is written on them."""

from student_portal.caseload.views import (
    about,
    adding,
    asked,
    batch,
    copying,
    listing,
    notes,
    pages,
    report,
    talked,
)
from student_portal.caseload.views.base import blueprint

__all__ = [
    "about", "adding", "asked", "batch", "blueprint", "copying", "listing", "notes", "pages", "report",
    "talked",
]  # fmt: skip
