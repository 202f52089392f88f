"""What students are shown, what staff are editing, and what still keeps it from going live."""

from student_portal.signposting.models import ENGLISH, PageKey, VersionState, Way
from student_portal.signposting.pages_starting import FOR
from student_portal.signposting.queries.contacts import Contact, Content, contact, contacts, due, neighbour
from student_portal.signposting.queries.going_live import Check, built_in_checked, go_live_blockers
from student_portal.signposting.queries.links import BrokenLink, broken_links
from student_portal.signposting.queries.pages import Page, PageWords, page, pages, pages_due
from student_portal.signposting.queries.students import at_any_hour, checked_on, for_everybody, preview, shown
from student_portal.signposting.queries.versions import Version, Versioned
from student_portal.signposting.queries.written import Written, starting, written
from student_portal.signposting.shown import Shown, link

__all__ = [
    "ENGLISH", "FOR", "BrokenLink", "Check", "Contact", "Content", "Page", "PageKey", "PageWords", "Shown",
    "Version", "VersionState", "Versioned", "Way", "Written", "at_any_hour", "broken_links",
    "built_in_checked", "checked_on", "contact", "contacts", "due", "for_everybody", "go_live_blockers",
    "link", "neighbour", "page", "pages", "pages_due", "preview", "shown", "starting", "written",
]  # fmt: skip
