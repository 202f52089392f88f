"""What staff write about a student and take out for another record; and a student from before the portal."""

from student_portal.caseload.service.about import describe
from student_portal.caseload.service.adding import DateRefused, Held, NewStudent, add_student, add_students
from student_portal.caseload.service.batch import ask_reports, destroy_old_reports
from student_portal.caseload.service.batch import make_one as make_report
from student_portal.caseload.service.batch import take as take_report
from student_portal.caseload.service.copying import export_session
from student_portal.caseload.service.notes import drop_draft, save_draft, save_note

__all__ = [
    "DateRefused", "Held", "NewStudent", "add_student", "add_students", "ask_reports", "describe",
    "destroy_old_reports", "drop_draft", "export_session", "make_report", "save_draft", "save_note",
    "take_report",
]  # fmt: skip
