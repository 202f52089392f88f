"""What staff write about a student and take out for another record; and a student from before the portal."""

from student_portal.caseload.service.about import describe
from student_portal.caseload.service.adding import DateRefused, Held, NewStudent, add_student, add_students
from student_portal.caseload.service.copying import export_session
from student_portal.caseload.service.notes import drop_draft, save_draft, save_note

__all__ = [
    "DateRefused", "Held", "NewStudent", "add_student", "add_students", "describe", "drop_draft",
    "export_session", "save_draft", "save_note",
]  # fmt: skip
