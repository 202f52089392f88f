"""A student asks their therapist to talk about it next time: one task, which says only that.

Asked, then read by the therapist ("We will talk about it"); it stands until a session has been held since.
Until it is read, the student can take it back.
"""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer, require_sight, therapist_of
from student_portal.alerts.due import due_at
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeState, SessionState
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.settings import queries as settings

KIND = TaskKind.ASKED_TO_TALK


@dataclass(frozen=True)
class Asked:
    """One wish that stands, and whose it is to read. `read_at` and `read_by` are None until somebody has."""

    person_id: str
    owner_id: str | None
    asked_at: datetime
    due_at: datetime
    read_at: datetime | None
    read_by: str | None


def asked_to_talk(viewer: Viewer, person_id: str) -> Asked | None:
    """The student's wish, while it stands. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    task = duty.latest_task(KIND, person_id)
    if task is None or task.done_by == person_id:  # taken back
        return None
    if task.done_at and any(
        facts.state is SessionState.ATTENDED and facts.starts_at and facts.starts_at > task.created_at
        for facts in episodes.of_person(viewer, person_id)
    ):
        return None
    return Asked(person_id, task.owner_id, task.created_at, task.due_at, task.done_at, task.done_by)


def unread_wishes(viewer: Viewer) -> list[Asked]:
    """What this member of staff has still to read and may open, soonest due first."""
    return [
        Asked(task.person_id, task.owner_id, task.created_at, task.due_at, None, None)
        for task in duty.open_tasks(viewer)
        if task.kind is KIND and task.person_id and _sees(viewer, task.person_id)
    ]


def _sees(viewer: Viewer, person_id: str) -> bool:
    """Whether the record is still open to them: a task may outlast the care it was given for."""
    try:
        require_sight(viewer, person_id)
    except NotFound:
        return False
    return True


def whom_to_ask(viewer: Viewer, person_id: str, *, at: datetime) -> str | None:
    """The id of the therapist who would read it; None outside a course of sessions. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    is_open = episode is not None and episode.state == EpisodeState.OPEN
    return therapist_of(person_id, at=at) if is_open else None


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
