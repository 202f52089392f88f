"""The lines that more than one page shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Contact
from student_portal.alerts import queries as to_read
from student_portal.alerts.queries import AlertView, Asked, HandedOver, Told
from student_portal.caseload.queries.about import NOTHING, About, about_each
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, SessionFacts
from student_portal.measures import queries as measures
from student_portal.measures.queries import FormState, Manner, Stage


@dataclass(frozen=True)
class Known:
    """What a line shows of a student beside their session. `about`: what staff entered; `contacts`: where
    they are reached, with what they said about each.

    `on_phone`: they fill in forms on their phone; otherwise together with the therapist.
    """

    name: str
    on_phone: bool
    about: About = NOTHING
    contacts: Sequence[Contact] = ()


@dataclass(frozen=True)
class SessionRow:
    """One session of one student. `form` is None where the session has none.

    `talk`: what they want to talk about in it, in their own words, if they wrote that.
    """

    facts: SessionFacts
    who: Known
    form: FormState | None
    has_alert: bool
    is_over: bool
    talk: str

    @property
    def name(self) -> str:
        return self.who.name

    @property
    def may_enter(self) -> bool:
        """Whether the form can be entered from paper, or soon be filled in together: it is open, or was."""
        missing = self.form is not None and self.form.stage not in (Stage.NOT_OPEN, Stage.SENT)
        return missing and self.facts.starts_at is not None


@dataclass(frozen=True)
class ReadRow:
    """Answers that somebody must read, with the session they belong to. `told`: who was told that they were
    unread, `passed_on`: whose they were before. `who` gives the names of those people and of each reader.
    """

    alert: AlertView
    facts: SessionFacts
    name: str
    owner: str
    is_mine: bool
    manner: Manner
    told: tuple[Told, ...]
    passed_on: tuple[HandedOver, ...]
    who: Mapping[str | None, str]


@dataclass(frozen=True)
class WishRow:
    """That a student asked to talk about it, and what was done while nobody had read it, as in `ReadRow`."""

    asked: Asked
    told: tuple[Told, ...]
    passed_on: tuple[HandedOver, ...]
    who: Mapping[str, str]


def known(viewer: Viewer, people: Collection[str], *, at: datetime) -> dict[str, Known]:
    """Each of these students by id. Raises NotFound for one whom the viewer may not see."""
    names = accounts.names_of(viewer, people)
    on_phone = consent.who_allow(Scope.DIGITAL_FORMS, "", people, at)
    entered, reached = about_each(viewer, people), accounts.contacts(viewer, people)
    return {
        one: Known(names[one], one in on_phone, entered.get(one, NOTHING), reached.get(one, ()))
        for one in people
    }


def session_rows(
    viewer: Viewer,
    sessions: Sequence[SessionFacts],
    *,
    of: Sequence[EpisodeFacts],
    who: Mapping[str, Known],
    sessions_to_read: Collection[str] = (),
    at: datetime,
) -> list[SessionRow]:
    """These sessions as they stand, in their order, in as many statements as one; `of` holds their episodes
    and `who` their students.

    `sessions_to_read` are the ids of those with answers nobody has read.
    """
    forms = measures.form_states(sessions, of=of, at=at)
    talks = measures.talks_for(viewer, [facts.id for facts in sessions])
    return [
        SessionRow(
            facts=facts,
            who=who[facts.person_id],
            form=forms.get(facts.id),
            has_alert=facts.id in sessions_to_read,
            is_over=episodes.is_over(facts, at=at),
            talk=talks.get(facts.id, ""),
        )
        for facts in sessions
    ]


def read_rows(viewer: Viewer, alerts: Sequence[AlertView]) -> list[ReadRow]:
    """Alerts in their order, with the names of the people in them."""
    if not alerts:
        return []
    names = accounts.names_of(viewer, {alert.person_id for alert in alerts})
    sessions = episodes.each_session(viewer, {alert.session_id for alert in alerts})
    manners = measures.manners_of(viewer, {alert.response_id for alert in alerts})
    ids = [alert.id for alert in alerts]
    told, passed_on = to_read.told_each(ids), to_read.handed_over_each(ids)
    people = {alert.id: _acted(alert) | _told(told[alert.id], passed_on[alert.id]) for alert in alerts}
    staff = accounts.staff_names(set().union(*people.values()))
    return [
        ReadRow(
            alert=alert,
            facts=sessions[alert.session_id],
            name=names[alert.person_id],
            owner=staff[alert.owner_id],
            is_mine=alert.owner_id == viewer.person_id,
            manner=manners[alert.response_id],
            told=tuple(told[alert.id]),
            passed_on=tuple(passed_on[alert.id]),
            who={person_id: staff[person_id] for person_id in people[alert.id]},
        )
        for alert in alerts
    ]


def wish_row(asked: Asked) -> WishRow:
    """One wish to talk with the names of the people in it; the caller has settled who may know."""
    told, passed_on = to_read.told(asked.id), to_read.handed_over(asked.id)
    who = accounts.staff_names(_told(told, passed_on))
    return WishRow(asked, tuple(told), tuple(passed_on), who)


def _acted(alert: AlertView) -> set[str]:
    """The members of staff whose it is, who read it or did something about it."""
    return {alert.owner_id} | {step.by for step in alert.steps if step.by and step.by != alert.person_id}


def _told(told: Sequence[Told], passed_on: Sequence[HandedOver]) -> set[str]:
    """Those who were told that it was unread, whose it was, and who decided that."""
    owners = {*(one.from_id for one in passed_on), *(one.to_id for one in passed_on)}
    decided = {one.by for one in passed_on if one.by}
    return owners | decided | {step.to_id for step in told if step.to_id}
