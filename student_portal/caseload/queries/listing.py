"""The students of one therapist: by next date or by how long they have come, all or some; finding one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Found
from student_portal.alerts import queries as alerts
from student_portal.caseload.queries.lines import SessionRow, known, session_rows
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionState
from student_portal.foundation.listing import Leaf, leaf
from student_portal.referral import queries as referral

ORDERS = ("next", "since")
FILTERS = ("all", "read", "undated")


@dataclass(frozen=True)
class StudentRow:
    """One student: how many sessions were held, and the next one with its form."""

    name: str
    episode: EpisodeFacts
    held: int
    next: SessionRow | None
    has_alert: bool


def students(
    viewer: Viewer, *, at: datetime, order: str = "next", shown: str = "all", page: str | None = None
) -> Leaf[StudentRow]:
    """One page of them. Order "next": soonest date first, those without one last; "since": longest first.

    Shown "read": with answers nobody has read yet; "undated": without a date to come. Never by an answer or
    a score.
    """
    waiting = {alert.person_id for alert in alerts.unread(viewer)}
    found = [one for one in episodes.of_therapist(viewer) if _is_shown(one, shown, waiting, at)]
    found.sort(key=partial(_next_date, at=at) if order == "next" else _since)
    asked = leaf(found, page)
    rows = tuple(_rows(viewer, asked.items, waiting, at))
    return Leaf(rows, asked.number, asked.pages, asked.total)


def everybody(viewer: Viewer, *, at: datetime) -> list[StudentRow]:
    """All of them, soonest date first. What waits to be read is not asked."""
    found = sorted(episodes.of_therapist(viewer), key=partial(_next_date, at=at))
    return list(_rows(viewer, found, set(), at))


def _is_shown(episode: EpisodeFacts, shown: str, waiting: set[str], at: datetime) -> bool:
    if shown == "read":
        return episode.person_id in waiting
    return shown != "undated" or episodes.coming(episode.sessions, at=at) is None


def _next_date(episode: EpisodeFacts, *, at: datetime) -> tuple[bool, datetime]:
    coming = episodes.coming(episode.sessions, at=at)
    starts_at = coming.starts_at if coming else None
    return starts_at is None, starts_at or episode.opened_at


def _since(episode: EpisodeFacts) -> datetime:
    return episode.opened_at


def _rows(
    viewer: Viewer, shown: Sequence[EpisodeFacts], waiting: set[str], at: datetime
) -> Iterator[StudentRow]:
    """One page's students, in as many statements as one."""
    coming = {episode.id: episodes.coming(episode.sessions, at=at) for episode in shown}
    dated = [facts for facts in coming.values() if facts]
    who = known(viewer, {episode.person_id for episode in shown}, at=at)
    nexts = {row.facts.episode_id: row for row in session_rows(viewer, dated, of=shown, who=who, at=at)}
    for episode in shown:
        yield StudentRow(
            name=who[episode.person_id].name,
            episode=episode,
            held=sum(facts.state == SessionState.ATTENDED for facts in episode.sessions),
            next=nexts.get(episode.id),
            has_alert=episode.person_id in waiting,
        )


def whose(viewer: Viewer) -> list[str]:
    """The ids of the students whose therapist this viewer is; not of those they only read an answer of."""
    return [episode.person_id for episode in episodes.of_therapist(viewer)]


def find(viewer: Viewer, text: str) -> list[Found]:
    """Students the viewer may open, newest first: by reference, whole words of the name, number or e-mail."""
    by_reference = referral.by_reference(viewer, text)
    if by_reference is not None:
        return accounts.found(viewer, [by_reference])
    return accounts.find_student(viewer, text)
