"""What students are shown, what staff are editing, and what still keeps it from going live."""

from student_portal.signposting.models import ENGLISH, VersionState, Way
from student_portal.signposting.queries.going_live import go_live_blockers
from student_portal.signposting.queries.students import as_shown, checked_on, for_everybody, preview, shown
from student_portal.signposting.queries.versions import (
    Contact,
    Content,
    Version,
    contact,
    contacts,
    due,
    neighbour,
)
from student_portal.signposting.shown import Shown, link

__all__ = [
    "ENGLISH", "Contact", "Content", "Shown", "Version", "VersionState", "Way", "as_shown", "checked_on",
    "contact", "contacts", "due", "for_everybody", "go_live_blockers", "link", "neighbour", "preview",
    "shown",
]  # fmt: skip
