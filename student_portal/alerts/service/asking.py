"""Asking to talk, taking it back, and reading the wish."""

from datetime import datetime

from student_portal.access.queries import Viewer, require_sight
from student_portal.alerts.due import due_at
from student_portal.alerts.queries.asking import KIND, asked_to_talk, whom_to_ask
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.episodes import queries as episodes
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.settings import queries as settings


def ask_to_talk(*, by: Viewer, at: datetime) -> None:
    """The student asks; doing so again while it stands changes nothing.

    Read by as an answer is: within the working hours of the setting, or before the next session if that is
    sooner. Raises Refused("nobody") for a student without a therapist.
    """
    person_id = str(by.person_id)
    with db.write():
        owner_id = whom_to_ask(by, person_id, at=at)
        if owner_id is None:
            raise Refused("nobody")
        if asked_to_talk(by, person_id) is None:
            tasks.raise_task(
                kind=KIND,
                subject=("person", person_id),
                person_id=person_id,
                owner_id=owner_id,
                due_at=_due(by, person_id, at),
                by=by,
                at=at,
            )


def _due(by: Viewer, person_id: str, at: datetime) -> datetime:
    hours, calendar = settings.current().alert_working_hours, duty.calendar(at)
    ahead = episodes.coming(episodes.of_person(by, person_id), at=at)
    if ahead is None or ahead.starts_at is None:
        return calendar.after(at, hours)
    return due_at(at, ahead.starts_at, hours, calendar)


def take_back(*, by: Actor, at: datetime) -> None:
    """The student takes it back. Once somebody has read it, nothing changes."""
    tasks.finish_task(kind=KIND, subject_id=str(by.person_id), note="", by=by, at=at)


def will_talk(*, person_id: str, by: Viewer, at: datetime) -> None:
    """Somebody has read it. Again, or after it was taken back, changes nothing. Raises NotFound."""
    require_sight(by, person_id)
    tasks.finish_task(kind=KIND, subject_id=person_id, note="", by=by, at=at)
