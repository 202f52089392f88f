"""What a student's home shows, gathered from the rooms that hold it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Contact
from student_portal.alerts import queries as alerts
from student_portal.alerts.queries import Asked
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope, Standing
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, EpisodeState, SessionFacts
from student_portal.institutions import queries as institutions
from student_portal.measures import queries as measures
from student_portal.measures.queries import AfterSend, FormState, SentForm, Stage, Talk
from student_portal.messaging.queries import AddressKnown, address_state
from student_portal.referral import queries as referral
from student_portal.referral.queries import Mine
from student_portal.signposting import queries as signposting
from student_portal.signposting.queries import Written

__all__ = ["CHANNEL", "Answer", "Choice", "Home", "OwnLine", "Stage"]

CHANNEL = {scope: channel for channel, scope in consent.SCOPE.items()}


@dataclass(frozen=True)
class Home:
    """What comes next for one student. `forms` can be filled in now, or were sent for the next session.

    `after` says what became of each of these that was sent, or else of the one sent last in this course.
    `talked` is the latest session of which the therapist ticked that they talked about it, `talked_form` if
    that was a form they sent. `wish`: they asked on the help page to talk about it next time. `talk` is what
    they want to talk about next time, None when it cannot be written any more.
    `given` of `asked` permissions stand.
    """

    name: str
    request: Mine | None
    episode: EpisodeFacts | None
    next_session: SessionFacts | None
    forms: tuple[FormState, ...]
    next_form: FormState | None
    fills_in_here: bool
    after: tuple[tuple[SessionFacts, AfterSend], ...]
    talk: Talk | None
    talked: SessionFacts | None
    talked_form: bool
    wish: Asked | None
    given: int
    asked: int

    @property
    def to_send(self) -> str | None:
        """The session of the first form that is still to be sent."""
        return next((state.session_id for state in self.forms if _is_to_do(state)), None)


@dataclass(frozen=True)
class OwnLine:
    """A student's own forms over time. `is_hidden`: they chose to see no numbers, so there are none here."""

    sessions: tuple[SessionFacts, ...]
    sent: tuple[SentForm, ...]
    is_hidden: bool


@dataclass(frozen=True)
class Choice:
    """One permission as it stands. `address` if it is about one; `stopped`: its holder replied STOP."""

    standing: Standing
    address: str
    stopped: bool


@dataclass(frozen=True)
class Answer:
    """Another route was agreed: when, the written pages that go with it, and the team's own words."""

    decided_at: datetime
    pages: tuple[Written, ...]
    words: str


def at_home(viewer: Viewer, person_id: str, *, at: datetime) -> Home:
    """Everything on a student's first page. Raises NotFound for a viewer without access."""
    ahead = episodes.next_session(viewer, person_id)
    episode = episodes.newest_episode(viewer, person_id)
    allowed = consent.allows(Scope.DIGITAL_FORMS, "", person_id, at)
    chosen = choices(viewer, person_id)
    states = measures.form_states(episode.sessions, of=[episode], at=at) if episode else {}
    forms = _forms(states.values(), ahead) if allowed else ()
    talked = _talked(viewer, person_id, episode)
    return Home(
        name=accounts.name_of(viewer, person_id),
        request=referral.latest(viewer, person_id),
        episode=episode,
        next_session=ahead,
        forms=forms,
        next_form=states.get(ahead.id) if ahead else None,
        fills_in_here=allowed,
        after=_after(viewer, forms, episode, states, at=at),
        talk=measures.talking_point(viewer, ahead) if ahead and _can_write(ahead, at) else None,
        talked=talked,
        talked_form=bool(talked and talked.id in states and _is_theirs(states[talked.id])),
        wish=alerts.asked_to_talk(viewer, person_id),
        given=sum(choice.standing.given for choice in chosen),
        asked=len(chosen),
    )


def _forms(states: Iterable[FormState], ahead: SessionFacts | None) -> tuple[FormState, ...]:
    return tuple(
        state
        for state in states
        if _is_to_do(state) or (ahead and state.session_id == ahead.id and _is_done(state))
    )


def _is_to_do(state: FormState) -> bool:
    return state.can_fill and state.stage in (Stage.NOT_STARTED, Stage.STARTED, Stage.STALE)


def _is_done(state: FormState) -> bool:
    return state.stage in (Stage.SENT, Stage.DECLINED)


def _after(
    viewer: Viewer,
    forms: Iterable[FormState],
    episode: EpisodeFacts | None,
    states: Mapping[str, FormState],
    *,
    at: datetime,
) -> tuple[tuple[SessionFacts, AfterSend], ...]:
    """Whether it was read concerns them also when they fill in no more, or when the session lost its date."""
    if episode is None:
        return ()
    sent = {state.session_id for state in forms if state.stage is Stage.SENT and not _is_entered(state)}
    if not sent and episode.state == EpisodeState.OPEN:
        sent = _sent_last(states.values())
    found = (
        (facts, measures.after_send(viewer, facts.id, at=at))
        for facts in episode.sessions
        if facts.id in sent
    )
    return tuple((facts, after) for facts, after in found if after)


def _sent_last(states: Iterable[FormState]) -> set[str]:
    theirs = (state for state in states if not _is_entered(state))
    dated = [(state.sent_at, state.session_id) for state in theirs if state.sent_at]
    return {max(dated)[1]} if dated else set()


def _is_theirs(state: FormState) -> bool:
    return state.sent_at is not None and not _is_entered(state)


def _is_entered(state: FormState) -> bool:
    """Whether a therapist typed it in, who has read it with that."""
    return state.manner is not None and state.manner.is_entered


def _talked(viewer: Viewer, person_id: str, episode: EpisodeFacts | None) -> SessionFacts | None:
    ticked = measures.talked_about(viewer, person_id)
    of_these = [facts for facts in (episode.sessions if episode else ()) if facts.id in ticked]
    return of_these[-1] if of_these else None


def _can_write(ahead: SessionFacts, at: datetime) -> bool:
    return ahead.definition_id is not None and measures.writable_until(ahead, at) is not None


def answer(viewer: Viewer, person_id: str, *, language: str) -> Answer | None:
    """What was agreed on the newest request, if it was another route, with its pages in this language where
    they are written in it. Raises NotFound for a viewer without access.
    """
    outcome = referral.outcome(viewer, person_id)
    if outcome is None:
        return None
    studies = institutions.enrolment(viewer, person_id)
    place = studies.organisation_id if studies else None
    pages = signposting.written([outcome.page], organisation_id=place, language=language)
    return Answer(outcome.decided_at, tuple(pages), outcome.words)


def own_line(viewer: Viewer, person_id: str) -> OwnLine:
    """The newest course of sessions with its sent forms; no numbers for who hides them. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    is_hidden = measures.hides_numbers(viewer, person_id)
    sent = measures.scores_in(viewer, episode) if episode and not is_hidden else []
    return OwnLine(episode.sessions if episode else (), tuple(sent), is_hidden)


def choices(viewer: Viewer, person_id: str) -> list[Choice]:
    """Every permission that applies to this student. Raises NotFound for a viewer without access."""
    contacts = {contact.channel: contact for contact in accounts.contact(viewer, person_id)}
    return [
        _choice(standing, contacts.get(CHANNEL[standing.scope]) if standing.scope in CHANNEL else None)
        for standing in consent.standing(viewer, person_id)
        if standing.scope not in CHANNEL or CHANNEL[standing.scope] in contacts
    ]


def _choice(standing: Standing, contact: Contact | None) -> Choice:
    if contact is None:
        return Choice(standing, "", stopped=False)
    known = address_state(contact.channel, contact.value)
    return Choice(standing, contact.shown, stopped=known is AddressKnown.STOPPED)
