"""Today: answers to read, sessions in the order of the clock, what is left to finish, the next days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.alerts.queries import Asked
from student_portal.caseload.queries.lines import ReadRow, SessionRow, known, read_rows, session_rows
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionFacts, SessionState
from student_portal.foundation import clock

NEXT_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class ToFinish:
    """One thing left to do. `kind`: "went" (say how a session went), "book", or "contact" after leaving.

    `subject_id` is the session, the episode or the student.
    """

    kind: str
    subject_id: str
    name: str
    facts: SessionFacts | None
    due_at: datetime | None


@dataclass(frozen=True)
class Wish:
    """A student who asked to talk about it next time, and nobody has read that yet."""

    asked: Asked
    name: str


@dataclass(frozen=True)
class Today:
    """Everything on the therapist's first page."""

    alerts: tuple[ReadRow, ...]
    wishes: tuple[Wish, ...]
    sessions: tuple[SessionRow, ...]
    to_finish: tuple[ToFinish, ...]
    next_days: tuple[SessionRow, ...]

    @property
    def people(self) -> list[str]:
        """Whose records the page shows something of, each once."""
        shown = [row.alert.person_id for row in self.alerts]
        shown += [wish.asked.person_id for wish in self.wishes]
        shown += [row.facts.person_id for row in (*self.sessions, *self.next_days)]
        shown += [row.facts.person_id if row.facts else row.subject_id for row in self.to_finish]
        return list(dict.fromkeys(shown))


def today(viewer: Viewer, *, at: datetime) -> Today:
    """The page as it stands at this moment."""
    mine = episodes.of_therapist(viewer)
    unread = alerts.unread(viewer)
    day = clock.london(at).date()
    shown = [(clock.london(starts_at).date(), facts) for starts_at, facts in _until(mine, at + NEXT_DAYS)]
    coming = [facts for on, facts in shown if on >= day]
    rows = session_rows(
        viewer,
        coming,
        of=mine,
        who=known(viewer, {facts.person_id for facts in coming}, at=at),
        sessions_to_read={alert.session_id for alert in unread},
        at=at,
    )
    today_ids = {facts.id for on, facts in shown if on == day}
    return Today(
        alerts=tuple(read_rows(viewer, unread)),
        wishes=tuple(_wishes(viewer)),
        sessions=tuple(row for row in rows if row.facts.id in today_ids),
        to_finish=tuple(_to_finish(viewer, mine, at)),
        next_days=tuple(row for row in rows if row.facts.id not in today_ids),
    )


def _wishes(viewer: Viewer) -> Iterator[Wish]:
    wished = alerts.unread_wishes(viewer)
    names = accounts.names_of(viewer, [asked.person_id for asked in wished])
    return (Wish(asked, names[asked.person_id]) for asked in wished)


def _until(mine: list[EpisodeFacts], last: datetime) -> list[tuple[datetime, SessionFacts]]:
    """Every session with a date up to that moment, in the order of their dates."""
    dated = [
        (facts.starts_at, facts)
        for episode in mine
        for facts in episode.sessions
        if facts.starts_at is not None and facts.starts_at <= last
    ]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].id))


def _to_finish(viewer: Viewer, mine: list[EpisodeFacts], at: datetime) -> Iterator[ToFinish]:
    """What is left: contacts that are due, sessions nobody spoke for, students without a date to come."""
    left = [
        task for task in duty.open_tasks(viewer) if task.kind == TaskKind.HUMANE_CONTACT and task.person_id
    ]
    people = {str(task.person_id) for task in left} | {episode.person_id for episode in mine}
    names = accounts.names_of(viewer, people)
    for task in left:
        person_id = str(task.person_id)
        yield ToFinish("contact", person_id, names[person_id], None, task.due_at)
    for episode in mine:
        name = names[episode.person_id]
        booked = [facts for facts in episode.sessions if facts.state == SessionState.BOOKED]
        over = [facts for facts in booked if episodes.is_over(facts, at=at)]
        for facts in over:
            yield ToFinish("went", facts.id, name, facts, None)
        undated = [facts for facts in episode.sessions if facts.state in episodes.UNDATED]
        if undated and len(booked) == len(over):
            yield ToFinish("book", episode.id, name, undated[0], None)
