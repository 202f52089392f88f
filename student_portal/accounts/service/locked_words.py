"""Words posted from a screen that had locked: kept sealed for an hour, one form a person, until used."""

from datetime import datetime

from sqlmodel import col, delete, select

from student_portal.access.queries import Role, Viewer
from student_portal.accounts.models import LockedWords
from student_portal.accounts.queries.locked_words import KEPT_FOR, owner_of
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotAllowed, Refused
from student_portal.foundation.locking import Posted

LONGEST = 20_000
"""Characters of all fields together, with their names; the longest form of ours holds some 8,000."""
LONGEST_UNSENT = 4_000
"""The same for an unsent request, which anybody may begin; its longest question holds some 2,000."""


def keep_words(*, posted: Posted, by: Viewer, at: datetime) -> None:
    """Keep what somebody posted from a locked screen, in place of what was kept before: whole, or not at all.

    `by` is whom the screen belongs to, who must prove it again to see it. Nothing else is done with it, and
    nothing is recorded: it is as unsaved as it was on the screen. Raises Refused("long").
    """
    owner = owner_of(by)
    if owner is None:
        raise NotAllowed
    longest = LONGEST_UNSENT if by.role == Role.DRAFT else LONGEST
    if sum(len(name) + len(value) for name, value in posted.fields) > longest:
        raise Refused("long")
    with db.write() as session:
        db.hold(f"locked words {owner}")
        session.exec(delete(LockedWords).where(col(LockedWords.owner) == owner))
        row = LockedWords(service_id=by.service_id, owner=owner, kept_at=clock.real())
        row.posted = {
            "path": posted.path,
            "page": posted.page,
            "fields": [list(pair) for pair in posted.fields],
        }
        session.add(row)


def drop_words(*, owner: str | None, by: Actor, at: datetime, words_id: str | None = None) -> None:
    """Destroy what is kept of this person or unsent request: used, thrown away, or its request is gone.

    `words_id`: only if it is still these. Twice is harmless.
    """
    theirs = delete(LockedWords).where(col(LockedWords.owner) == owner)
    with db.write() as session:
        session.exec(theirs.where(col(LockedWords.id) == words_id) if words_id else theirs)


def destroy_old_words(*, by: Actor, at: datetime) -> int:
    """Destroy what nobody came back for within the hour, by the machine's time; gives how many."""
    with db.write() as session:
        old = session.exec(
            select(LockedWords).where(col(LockedWords.kept_at) <= clock.real() - KEPT_FOR)
        ).all()
        for row in old:
            session.delete(row)
        return len(old)
