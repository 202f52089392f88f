"""Planning reminders: what is missing from the outbox is put in."""

from datetime import datetime, timedelta
from itertools import takewhile

from student_portal.accounts import queries as accounts
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.messaging import queries as outbox
from student_portal.messaging import service as messaging
from student_portal.reminders import queries
from student_portal.reminders.queries import Reminder
from student_portal.settings import queries as settings

AHEAD = timedelta(days=7)  # far enough to see what waits, near enough to follow a change of mind


def plan(*, at: datetime, by: Actor) -> int:
    """Queue each reminder that falls due in about a week and is not there yet; gives how many.

    A session that moved has other slots. Nothing is queued for a student who does not permit it; everything
    is asked again when it is sent.
    """
    with db.read():
        until = at + AHEAD + timedelta(days=settings.current().form_opens_days)
        soon = list(takewhile(lambda found: found.starts_at <= until, queries.reminders(at)))
        taken = outbox.slots_taken([found.slot for found in soon])
    return sum(_queue(found, by=by, at=at) for found in soon if found.slot not in taken)


def _queue(found: Reminder, *, by: Actor, at: datetime) -> bool:
    with db.write():
        channel = queries.channel_for(found.session.person_id, at)
        if channel is None or not queries.still_wanted(found, at):
            return False
        queued = messaging.queue(
            kind=found.moment.kind,
            channel=channel,
            recipient_id=found.session.person_id,
            facts={"session_id": found.session.id, "starts_at": found.starts_at.isoformat()},
            about=found.session.id,
            due_at=found.moment.due_at,
            expires_at=found.moment.expires_at,
            slot=found.slot,
            language=accounts.preferences(found.session.person_id).language,
            by=by,
            at=at,
        )
        return queued is not None
