"""Help contacts of the demo, as an admin finds them one morning: checked, overdue, a draft, never checked.

They are invented numbers, or such as nobody has rung: each says so where staff read how it was checked.
"""

from dataclasses import replace
from datetime import timedelta

from student_portal.access.queries import Viewer
from student_portal.foundation import clock
from student_portal.signposting import queries
from student_portal.signposting import service as signposting

_HOW = "Nobody rang it: this is a demo"


def keep(*, admin: Viewer) -> None:
    """What happened to the contacts until this morning; the clock stands where the demo begins."""
    ids = {contact.newest.content.name: contact.id for contact in queries.contacts()}
    _check(ids["Shout"], days_ago=20, again_in=55, by=admin)
    _check(ids["Samaritans"], days_ago=80, again_in=-3, by=admin)
    words = queries.contact(ids["Papyrus HOPELINE247"]).newest.content
    signposting.draft(
        signpost_id=ids["Papyrus HOPELINE247"],
        content=replace(
            words,
            takes="It can ring for a while. You can talk for as long as you need",
            checked_how=_HOW,
            review_by=clock.today() + timedelta(days=60),
        ),
        seen=0,
        by=admin,
        at=clock.now(),
    )


def _check(signpost_id: str, *, days_ago: int, again_in: int, by: Viewer) -> None:
    at = clock.now() - timedelta(days=days_ago)
    signposting.verify(
        signpost_id=signpost_id,
        number=1,
        how=_HOW,
        review_by=clock.today() + timedelta(days=again_in),
        by=by,
        at=at,
    )
