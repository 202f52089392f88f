"""One student: everything a therapist reads before a session, in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Contact
from student_portal.alerts import queries as alerts
from student_portal.alerts.queries import Asked
from student_portal.caseload.queries.about import About, about
from student_portal.caseload.queries.lines import ReadRow, SessionRow, read_rows, session_rows
from student_portal.caseload.queries.notes import NoteVersion, drafts_about, notes_about
from student_portal.consent import queries as consent
from student_portal.consent.queries import Standing
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionFacts
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import GpAnswer
from student_portal.measures import queries as measures
from student_portal.measures.queries import Line, ResponseWords, SentForm, Talked
from student_portal.messaging import queries as messaging
from student_portal.messaging.queries import SentMessage


@dataclass(frozen=True)
class Sent:
    """One sent form: its scores as stored, and its answers in words; `earlier` as they were, newest first."""

    form: SentForm
    words: ResponseWords
    earlier: tuple[ResponseWords, ...]

    @property
    def safety(self) -> tuple[Line, ...]:
        return tuple(line for line in self.words.lines if line.is_safety)

    @property
    def changes(self) -> list[tuple[Line, Line]]:
        """What the student changed since they first sent it: each question as it was, and as it is now."""
        first = self.earlier[-1].lines if self.earlier else ()
        pairs = zip(first, self.words.lines, strict=False)
        return [(before, now) for before, now in pairs if before.chosen != now.chosen]


@dataclass(frozen=True)
class StudentPage:
    """The page's facts. `sent` is newest first; `contact_due` is set after the student left.

    `notes` (the newest version), `drafts` (when the reader's own was kept) and `talked` are by session.
    """

    person_id: str
    name: str
    episode: EpisodeFacts | None
    next: SessionFacts | None
    sessions: tuple[SessionRow, ...]
    alerts: tuple[ReadRow, ...]
    asked: Asked | None
    sent: tuple[Sent, ...]
    contact_due: datetime | None
    contacts: tuple[Contact, ...]
    standing: tuple[Standing, ...]
    university: str
    gp: GpAnswer | None
    has_pin: bool
    wrong_tries: int
    messages: tuple[SentMessage, ...]
    about: About
    notes: Mapping[str, NoteVersion]
    drafts: Mapping[str, datetime]
    talked: Mapping[str, Talked]

    @property
    def latest(self) -> Sent | None:
        """The form filled in last; never a stand-in for one that is missing."""
        return max(self.sent, key=lambda one: (one.form.filled_on, one.form.sent_at), default=None)

    @property
    def is_latest_in_alerts(self) -> bool:
        """Whether the latest form's safety answers stand in an alert already."""
        made_alert = {row.alert.response_id for row in self.alerts}
        return self.latest is not None and self.latest.form.first_id in made_alert

    @property
    def talks(self) -> list[SessionRow]:
        """The sessions a student wrote something for, that of the latest one first."""
        return [row for row in reversed(self.sessions) if row.talk]

    @property
    def has_undated(self) -> bool:
        return any(row.facts.state in episodes.UNDATED for row in self.sessions)

    @property
    def may_complete(self) -> bool:
        """Whether the course can be ended: it is open, something was held, no date stands, all is read."""
        is_open = self.episode is not None and self.episode.state == episodes.EpisodeState.OPEN
        states = [row.facts.state for row in self.sessions]
        booked, held = episodes.SessionState.BOOKED, episodes.SessionState.ATTENDED
        all_read = all(row.alert.is_read for row in self.alerts) and (
            self.asked is None or self.asked.read_at is not None
        )
        return is_open and held in states and booked not in states and all_read


def student(viewer: Viewer, person_id: str, *, at: datetime) -> StudentPage:
    """The page at this moment; the caller records the reading with it. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    found = alerts.of_person(viewer, person_id)
    unread = {alert.session_id for alert in found if not alert.is_read}
    sent = sent_forms(viewer, episode) if episode else []
    left = duty.task_for(TaskKind.HUMANE_CONTACT, person_id)
    studies_at = institutions.enrolment(viewer, person_id)
    sessions = episode.sessions if episode else ()
    of = [episode] if episode else []
    rows = session_rows(viewer, sessions, of=of, sessions_to_read=unread, at=at)
    return StudentPage(
        person_id=person_id,
        name=accounts.name_of(viewer, person_id),
        episode=episode,
        next=episodes.coming(sessions, at=at),
        sessions=tuple(rows),
        alerts=tuple(read_rows(viewer, found)),
        asked=alerts.asked_to_talk(viewer, person_id),
        sent=tuple(reversed(sent)),
        contact_due=left.due_at if left else None,
        contacts=tuple(accounts.contact(viewer, person_id)),
        standing=tuple(consent.standing(viewer, person_id)),
        university=studies_at.name if studies_at else "",
        gp=institutions.gp(viewer, person_id),
        has_pin=accounts.pin(viewer, person_id).is_set,
        wrong_tries=accounts.wrong_tries(viewer, person_id),
        messages=tuple(messaging.messages_to(viewer, person_id)),
        about=rows[0].about if rows else about(viewer, person_id),
        notes=notes_about(viewer, person_id),
        drafts=drafts_about(viewer, person_id),
        talked=measures.talked_about(viewer, person_id),
    )


def sent_forms(viewer: Viewer, episode: EpisodeFacts, *, only: str | None = None) -> list[Sent]:
    """Every sent form of an episode, or `only` those of one session, in words. Raises NotFound."""
    scored = measures.scores_in(viewer, episode)
    forms = [form for form in scored if only in (None, form.session_id)]
    current = [form.response_id for form in forms]
    earlier = [old.response_id for form in forms for old in form.earlier]
    words = measures.responses(viewer, [*current, *earlier])
    return [
        Sent(form, words[form.response_id], tuple(words[old.response_id] for old in form.earlier))
        for form in forms
    ]
