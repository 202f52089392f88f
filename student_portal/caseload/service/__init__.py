"""What staff write about a student."""

from student_portal.caseload.service.about import describe
from student_portal.caseload.service.notes import drop_draft, save_draft, save_note

__all__ = ["describe", "drop_draft", "save_draft", "save_note"]
