"""Words that were posted from a locked screen, for whoever wrote them and has proved it again."""

from datetime import timedelta

from sqlmodel import select

from student_portal.access.queries import LENT, Role, Viewer
from student_portal.accounts.models import LockedWords
from student_portal.foundation import clock, db
from student_portal.foundation.locking import Posted, Waiting

KEPT_FOR = timedelta(hours=1)


def owner_of(viewer: Viewer) -> str | None:
    """Whose words somebody's are: the person's, or those of an unsent request. A lent device is in a hand
    that is not its owner's.
    """
    if viewer.role == LENT:
        return None
    return viewer.about if viewer.role == Role.DRAFT else viewer.person_id


def locked_words(viewer: Viewer) -> Waiting | None:
    """What this person wrote while their screen was locked, for an hour; nobody else's, ever."""
    with db.read() as session:
        mine = select(LockedWords).where(LockedWords.owner == owner_of(viewer))
        row = session.exec(mine).first() if owner_of(viewer) and not viewer.is_here else None
    if row is None or clock.real() - row.kept_at >= KEPT_FOR:
        return None
    is_shown = viewer.role != Role.LINK
    kept = row.posted
    fields = tuple((name, value) for name, value in kept["fields"]) if is_shown else ()
    return Waiting(row.id, Posted(kept["path"], kept["page"], fields), is_shown)
