"""Two written pages of the demo: one that two people published, one that waits for the second."""

from datetime import timedelta

from student_portal.access.queries import Viewer
from student_portal.foundation import clock
from student_portal.signposting import queries as reading
from student_portal.signposting import service as signposting
from student_portal.signposting.queries import ENGLISH, PageKey, PageWords

_LATER = "\n\nIf you move, tell both lists your new number."


def pages(*, admin: Viewer, manager: Viewer) -> None:
    """Written this morning by the demo's admin."""
    published = _propose(PageKey.REGISTER_WITH_GP, "", by=admin)
    waiting = reading.page(published).waiting
    if waiting:
        signposting.approve_page(page_id=published, seen=waiting.seen, by=manager, at=clock.now())
    _propose(PageKey.WAITING, _LATER, by=admin)


def _propose(key: PageKey, more: str, *, by: Viewer) -> str:
    begun = reading.starting(key)
    words = PageWords(
        begun.title,
        begun.body + more,
        "Read it aloud. Nobody rang or opened anything: this is a demo.",
        clock.today() + timedelta(days=60),
    )
    page_id = signposting.begin_page(
        key=key, organisation_id=None, language=ENGLISH, words=words, by=by, at=clock.now()
    )
    signposting.propose_page(page_id=page_id, by=by, at=clock.now())
    return page_id
