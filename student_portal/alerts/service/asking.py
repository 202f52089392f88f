"""Asking to talk, taking it back, and reading the wish."""

from datetime import datetime

from student_portal.access.queries import Viewer, require_sight
from student_portal.alerts.models import AlertState, AnswerAlert
from student_portal.alerts.queries.asking import asked_to_talk, unread_wish, whom_to_ask
from student_portal.alerts.service.raising import raise_wish
from student_portal.alerts.service.reading import settle
from student_portal.audit.queries import Actor
from student_portal.episodes import queries as episodes
from student_portal.foundation import db
from student_portal.foundation.errors import Refused


def ask_to_talk(*, by: Viewer, at: datetime) -> None:
    """The student asks; doing so again while it stands changes nothing.

    Read as an answer is: within the working hours of the setting, or before the next session if that is
    sooner, and by somebody else if its owner does not. Raises Refused("nobody") for a student without a
    therapist.
    """
    person_id = str(by.person_id)
    with db.write():
        owner_id = whom_to_ask(by, person_id, at=at)
        if owner_id is None:
            raise Refused("nobody")
        if asked_to_talk(by, person_id) is None:
            ahead = episodes.coming(episodes.of_person(by, person_id), at=at)
            starts_at = ahead.starts_at if ahead else None
            raise_wish(person_id=person_id, owner_id=owner_id, starts_at=starts_at, by=by, at=at)


def take_back(*, by: Viewer, at: datetime) -> None:
    """The student takes it back. Once somebody has read it, nothing changes."""
    _settle(str(by.person_id), AlertState.TAKEN_BACK, by=by, at=at)


def will_talk(*, person_id: str, by: Viewer, at: datetime) -> None:
    """Somebody has read it. Again, or after it was taken back, changes nothing. Raises NotFound."""
    require_sight(by, person_id)
    _settle(person_id, AlertState.ACKNOWLEDGED, by=by, at=at)


def _settle(person_id: str, state: AlertState, *, by: Actor, at: datetime) -> None:
    with db.write() as unit:
        found = unit.exec(unread_wish(person_id)).first()
        wish = db.locked(AnswerAlert, found.id) if found else None
        if wish and wish.state == AlertState.RAISED:  # nobody was faster
            settle(wish, state, by=by, at=at)
