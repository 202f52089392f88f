"""One student: everything a therapist reads before a session, in one reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.alerts.queries import AlertView
from student_portal.caseload.queries.head import Head, head
from student_portal.caseload.queries.lines import (
    ReadRow,
    SessionRow,
    WishRow,
    read_rows,
    session_rows,
    wish_row,
)
from student_portal.caseload.queries.notes import NoteVersion, notes_about
from student_portal.caseload.queries.sent import Sent, in_words
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes.queries import EpisodeFacts, SessionFacts, SessionState
from student_portal.foundation import clock
from student_portal.measures import queries as measures
from student_portal.measures.queries import SentForm


@dataclass(frozen=True)
class Plan:
    """What was planned at the latest session that has a plan in its note."""

    facts: SessionFacts
    note: NoteVersion


@dataclass(frozen=True)
class StudentPage:
    """The page's facts. Of the sessions those at the places `part` are listed; `rows`, by session, also holds
    the others for which no form was sent. `forms` are the sent ones, newest first; `latest`, in words,
    is the one filled in last.

    `alerts` are those that nobody has read, and after them the latest form's, once somebody has, and any of
    which something was done today.
    `contact_due` is set after the student left.
    """

    head: Head
    part: slice
    rows: Mapping[str, SessionRow]
    alerts: tuple[ReadRow, ...]
    wish: WishRow | None
    forms: tuple[SentForm, ...]
    latest: Sent | None
    plan: Plan | None
    contact_due: datetime | None
    wrong_tries: int

    @property
    def listed(self) -> list[SessionRow]:
        return [self.rows[facts.id] for facts in self.head.sessions[self.part]]

    @property
    def coming(self) -> SessionRow | None:
        """The session to come, and where its form stands."""
        return self.rows[self.head.next.id] if self.head.next else None

    @property
    def leaves_out(self) -> bool:
        """Whether there are more sessions than those listed."""
        return len(self.head.sessions[self.part]) < len(self.head.sessions)

    @property
    def is_latest_in_alerts(self) -> bool:
        """Whether the latest form's safety answers stand in an alert already."""
        return any(_is_of(row.alert, self.latest) for row in self.alerts)

    @property
    def shown(self) -> list[str]:
        """The ids of the sent forms of which the page shows answers."""
        in_words = {row.alert.response_id for row in self.alerts}
        in_words |= {self.latest.form.first_id} if self.latest else set()
        return [form.response_id for form in self.forms if form.first_id in in_words]

    @property
    def talks(self) -> list[SessionRow]:
        """The listed sessions a student wrote something for, that of the latest one first."""
        return [row for row in reversed(self.listed) if row.talk]

    @property
    def may_complete(self) -> bool:
        """Whether the course can be ended: it is open, something was held, no date stands, all is read."""
        states = [facts.state for facts in self.head.sessions]
        is_wish_read = self.wish is None or self.wish.asked.read_at is not None
        all_read = is_wish_read and all(row.alert.is_read for row in self.alerts)
        is_over = SessionState.ATTENDED in states and SessionState.BOOKED not in states
        return self.head.is_open and is_over and all_read


def student(viewer: Viewer, person_id: str, *, listing: int | None = None, at: datetime) -> StudentPage:
    """The page at this moment, which lists all sessions or so many of them, the coming one among them; the
    caller records the reading with it. Raises NotFound.
    """
    over = head(viewer, person_id, at=at)
    of = [over.episode] if over.episode else []
    forms = [form for episode in of for form in measures.scores_in(viewer, episode)]
    latest = _latest(viewer, over.episode, forms) if over.episode else None
    found = alerts.of_person(viewer, person_id)
    unread = [alert for alert in found if not alert.is_read]
    read = [alert for alert in found if alert.is_read and (_is_of(alert, latest) or _is_of_today(alert, at))]
    part = _around_next(over, listing) if listing else slice(None)
    listed = {facts.id for facts in over.sessions[part]}
    known = {form.session_id for form in forms if not form.is_stale} - listed
    rows = session_rows(
        viewer,
        [facts for facts in over.sessions if facts.id not in known],
        of=of,
        who={person_id: over.known},
        sessions_to_read={alert.session_id for alert in unread},
        at=at,
    )
    asked = alerts.asked_to_talk(viewer, person_id)
    left = duty.task_for(TaskKind.HUMANE_CONTACT, person_id)
    return StudentPage(
        head=over,
        part=part,
        rows={row.facts.id: row for row in rows},
        alerts=tuple(read_rows(viewer, [*unread, *read])),
        wish=wish_row(asked) if asked else None,
        forms=tuple(reversed(forms)),
        latest=latest,
        plan=_plan(viewer, over),
        contact_due=left.due_at if left else None,
        wrong_tries=accounts.wrong_tries(viewer, person_id),
    )


def _around_next(over: Head, many: int) -> slice:
    """So many sessions: half of them before the one to come, or the last ones when there is none."""
    last = len(over.sessions) - many
    before_next = over.sessions.index(over.next) - many // 2 if over.next else last
    first = max(min(before_next, last), 0)
    return slice(first, first + many)


def _latest(viewer: Viewer, episode: EpisodeFacts, forms: Iterable[SentForm]) -> Sent | None:
    """The form filled in last; never a stand-in for one that is missing."""
    last = max(forms, key=lambda form: (form.filled_on, form.sent_at), default=None)
    return in_words(viewer, episode, [last])[0] if last else None


def _is_of(alert: AlertView, latest: Sent | None) -> bool:
    return latest is not None and latest.form.first_id == alert.response_id


def _is_of_today(alert: AlertView, at: datetime) -> bool:
    """Whether somebody read it or wrote down what they did on this day."""
    today = clock.london(at).date()
    return any(clock.london(step.at).date() == today for step in alert.steps[1:])


def _plan(viewer: Viewer, over: Head) -> Plan | None:
    notes = notes_about(viewer, over.person_id)
    planned = (facts for facts in reversed(over.sessions) if facts.id in notes and notes[facts.id].plan)
    facts = next(planned, None)
    return Plan(facts, notes[facts.id]) if facts else None
