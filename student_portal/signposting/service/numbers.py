"""The one message with numbers that a student asks for."""

from datetime import datetime, timedelta

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as limits
from student_portal.accounts import service as accounts
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, Refused
from student_portal.messaging import queries as messages
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.signposting.numbers import KIND, offers

USEFUL = timedelta(minutes=5)


def send_numbers(*, channel: Channel, key: str, seen: str, by: Viewer, at: datetime) -> None:
    """Send the numbers once to the student who asks, whatever else they permit; also in quiet hours.

    `key` belongs to the page it was asked on: pressing twice there sends one. `seen` are the words shown on
    it. Raises Conflict if they would be others now, Refused("address") for a channel without an address,
    Refused("stopped") after STOP, Refused("unproved"), and Refused("limit") after three in a day.
    """
    person_id = str(by.person_id)
    slot = f"{KIND}:{person_id}:{key}"
    with db.write():
        if messages.slots_taken([slot]):
            return
        offer = next((one for one in offers(by, person_id, at) if one.channel is channel), None)
        if offer is None:
            raise Refused("address")
        if not offer.can_go:
            raise Refused("stopped" if offer.is_stopped else "unproved")
        if offer.words != seen:
            raise Conflict
        if limits.is_resting(limits.NUMBERS, person_id):
            raise Refused("limit")
        accounts.count_try(limits.NUMBERS, person_id)
        messaging.queue(
            kind=KIND,
            channel=channel,
            recipient_id=person_id,
            facts=offer.facts,
            about=None,
            due_at=at,
            expires_at=at + USEFUL,
            slot=slot,
            by=by,
            at=at,
        )
