"""The therapist's pages, put together from the rooms to the left. Nothing here changes anything."""

from student_portal.caseload.models import LONGEST_NAME, LONGEST_NOTE, LONGEST_ROW
from student_portal.caseload.queries.about import NOTHING, About, about_history
from student_portal.caseload.queries.adding import added_with, same_person
from student_portal.caseload.queries.batch import Batch, BatchLine, batch
from student_portal.caseload.queries.head import Head
from student_portal.caseload.queries.lines import Known, ReadRow, SessionRow
from student_portal.caseload.queries.listing import (
    FILTERS,
    ORDERS,
    StudentRow,
    everybody,
    find,
    students,
    whose,
)
from student_portal.caseload.queries.notes import (
    Draft,
    Note,
    NoteLine,
    NotesPage,
    NoteVersion,
    note,
    notes_page,
)
from student_portal.caseload.queries.reaching import ReachingPage, reaching_page
from student_portal.caseload.queries.record import SessionRecord, session_record
from student_portal.caseload.queries.report import Report, report
from student_portal.caseload.queries.sent import FormsPage, Sent, forms_page
from student_portal.caseload.queries.student import Plan, StudentPage, student
from student_portal.caseload.queries.today import Today, ToFinish, today

__all__ = [
    "FILTERS", "LONGEST_NAME", "LONGEST_NOTE", "LONGEST_ROW", "NOTHING", "ORDERS", "About", "Batch",
    "BatchLine", "Draft", "FormsPage", "Head", "Known", "Note", "NoteLine", "NoteVersion", "NotesPage",
    "Plan", "ReachingPage", "ReadRow", "Report", "Sent", "SessionRecord", "SessionRow", "StudentPage",
    "StudentRow", "ToFinish", "Today", "about_history", "added_with", "batch", "everybody", "find",
    "forms_page", "note", "notes_page", "reaching_page", "report", "same_person", "session_record",
    "student", "students", "today", "whose",
]  # fmt: skip
