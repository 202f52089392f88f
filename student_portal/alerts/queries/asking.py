"""A student asked their therapist to talk about it next time: one task, which says only that.

Asked, then read by the therapist ("We will talk about it"); it stands until a session has been held since.
Until it is read, the student can take it back.
"""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer, require_sight, seen_among, therapist_of
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeState, SessionState

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
    tasks = [task for task in duty.open_tasks(viewer) if task.kind is KIND]
    # A task may outlast the care it was given for, and with it the right to open the record.
    seen = seen_among(viewer, {task.person_id for task in tasks if task.person_id})
    return [
        Asked(task.person_id, task.owner_id, task.created_at, task.due_at, None, None)
        for task in tasks
        if task.person_id in seen
    ]


def whom_to_ask(viewer: Viewer, person_id: str, *, at: datetime) -> str | None:
    """The id of the therapist who would read it; None outside a course of sessions. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    is_open = episode is not None and episode.state == EpisodeState.OPEN
    return therapist_of(person_id, at=at) if is_open else None
