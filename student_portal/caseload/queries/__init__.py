"""The therapist's pages, put together from the rooms to the left. Nothing here changes anything."""

from student_portal.caseload.queries.lines import ReadRow, SessionRow
from student_portal.caseload.queries.listing import StudentRow, students
from student_portal.caseload.queries.report import Report, report
from student_portal.caseload.queries.student import Sent, StudentPage, student
from student_portal.caseload.queries.today import Today, ToFinish, today

__all__ = [
    "ReadRow",
    "Report",
    "Sent",
    "SessionRow",
    "StudentPage",
    "StudentRow",
    "ToFinish",
    "Today",
    "report",
    "student",
    "students",
    "today",
]
