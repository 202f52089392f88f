"""All students of one therapist, by their next date."""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.caseload.queries.lines import SessionRow, session_row
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionState


@dataclass(frozen=True)
class StudentRow:
    """One student: how many sessions were held, and the next one with its form."""

    name: str
    episode: EpisodeFacts
    held: int
    next: SessionRow | None
    has_alert: bool


def students(viewer: Viewer, *, at: datetime) -> list[StudentRow]:
    """Soonest next date first; without one last, longest with us first. Never by an answer or a score."""
    waiting = {alert.person_id for alert in alerts.unread(viewer)}
    rows = [_row(viewer, episode, waiting, at) for episode in episodes.of_therapist(viewer)]
    return sorted(rows, key=lambda row: (row.next is None, _date(row)))


def _row(viewer: Viewer, episode: EpisodeFacts, waiting: set[str], at: datetime) -> StudentRow:
    coming = episodes.coming(episode.sessions, at=at)
    return StudentRow(
        name=accounts.name_of(viewer, episode.person_id),
        episode=episode,
        held=sum(facts.state == SessionState.ATTENDED for facts in episode.sessions),
        next=session_row(viewer, coming, (), at=at) if coming else None,
        has_alert=episode.person_id in waiting,
    )


def _date(row: StudentRow) -> datetime:
    starts_at = row.next.facts.starts_at if row.next else None
    return starts_at or row.episode.opened_at
