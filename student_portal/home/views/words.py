"""Facts of the student's pages in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import ngettext

from student_portal.consent import queries as consent
from student_portal.consent.queries import Decision, Entry, Scope
from student_portal.episodes.queries import Mode, SessionFacts, SessionState, is_over
from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.home.queries import Choice, Stage
from student_portal.measures import queries as measures
from student_portal.measures.queries import FormState, Talk
from student_portal.messaging.queries import Channel, MessageState, SentMessage

SHORT_FORM = 10  # questions


@dataclass(frozen=True)
class Task:
    """One row of what can be done, as components/parts.html draws it."""

    href: str
    title: str
    tag: str
    full: bool
    words: str


@dataclass(frozen=True)
class Card:
    """One permission, as components/parts.html draws it. `leaves`: withdrawing has a page of its own."""

    scope: Scope
    title: str
    given: bool
    what: str
    stops: str
    since: str
    fields: dict[str, str]
    leaves: bool
    stopped: bool


@dataclass(frozen=True)
class Line:
    """A moment and what was so then."""

    at: datetime
    title: str
    words: str


def form_task(state: FormState) -> Task:
    """A form that can be filled in, or was."""
    tags = {
        Stage.STARTED: _("%(n)s of %(total)s done", n=state.answered, total=state.items),
        Stage.SENT: _("Sent"),
        Stage.DECLINED: _("Not this time"),
    }
    return Task(
        href=url_for("measures.first", session_id=state.session_id),
        title=_("Short form") if state.items <= SHORT_FORM else _("Form"),
        tag=tags.get(state.stage, _("Not started")),
        full=state.stage in (Stage.STARTED, Stage.SENT),
        words=_form_words(state),
    )


def _form_words(state: FormState) -> str:
    if state.stage is Stage.SENT:
        together = state.manner is not None and state.manner.is_together
        return _("Filled in with your therapist.") if together else ""
    moved = _("Your date moved, so there is a fresh one.") if state.stage is Stage.STALE else ""
    until = _("Open until %(when)s.", when=i18n.moment(state.closes_at)) if state.closes_at else ""
    return " ".join(filter(None, (_takes(state), moved, until)))


def _takes(state: FormState) -> str:
    pace = measures.pace(state.definition_id)
    if pace.is_measured:
        return ngettext(
            "%(n)s questions. Most people take about %(num)s minute.",
            "%(n)s questions. Most people take about %(num)s minutes.",
            pace.minutes,
            n=state.items,
        )
    return ngettext(
        "%(n)s questions, about %(num)s minute.",
        "%(n)s questions, about %(num)s minutes.",
        pace.minutes,
        n=state.items,
    )


def talk_task(session_id: str, talk: Talk) -> Task:
    """What the student wants to talk about next time, which nobody asks them to write."""
    return Task(
        href=url_for("measures.talk", session_id=session_id),
        title=_("What I want to talk about"),
        tag=_("Saved") if talk.words else _("Nothing yet"),
        full=bool(talk.words),
        words=_("You can change it until your session starts.") if talk.words else _("Only if you want to."),
    )


def when_words(facts: SessionFacts) -> str:
    """From when to when, and how: "2pm to 2:50pm, by video". Only for a session that has a date."""
    if facts.starts_at is None:
        return ""
    ends = facts.starts_at + timedelta(minutes=facts.minutes or 0)
    how = {Mode.CAMPUS: _("on campus"), Mode.VIDEO: _("by video"), Mode.PHONE: _("by phone")}
    return _(
        "%(start)s to %(end)s, %(how)s",
        start=i18n.hour(facts.starts_at),
        end=i18n.hour(ends),
        how=how[facts.mode or Mode.CAMPUS],
    )


def session_state(facts: SessionFacts, *, at: datetime) -> str:
    """What became of a session, in a word or two."""
    if facts.state is SessionState.ATTENDED:
        return _("Done")
    if facts.state is SessionState.MISSED:
        return _("Did not happen")
    if facts.starts_at is None:
        return _("No date yet")
    return _("Over") if is_over(facts, at=at) else _("Planned")


def cards(choices: list[Choice]) -> list[Card]:
    """Every permission in words."""
    return [_card(choice) for choice in choices]


def _card(choice: Choice) -> Card:
    scope, given = choice.standing.scope, choice.standing.given
    text = consent.text(scope)
    decision = Decision.WITHDRAWN if given else Decision.GIVEN
    return Card(
        scope=scope,
        title=_(text.title, address=choice.address) if choice.address else _(text.title),
        given=given,
        what=_(text.what),
        stops=_(text.stops) if given else _(text.declined),
        since=_since(choice),
        fields={"scope": scope, "decision": decision, "version": text.version},
        leaves=scope is Scope.SERVICE,
        stopped=choice.stopped,
    )


def _since(choice: Choice) -> str:
    if choice.standing.since is None:
        return ""
    day = i18n.full_day(choice.standing.since)
    if not choice.standing.by_student and choice.standing.given and choice.standing.scope is Scope.SERVICE:
        return str(_("The team added you on %(day)s.", day=day))
    if not choice.standing.by_student:
        return _told(choice.standing.decision, day)
    return {
        Decision.GIVEN: _("You gave this on %(day)s.", day=day),
        Decision.NOT_GIVEN: _("You said no to this on %(day)s.", day=day),
        Decision.WITHDRAWN: _("You withdrew this on %(day)s.", day=day),
    }[choice.standing.decision]


def _told(decision: Decision, day: str) -> str:
    """The same where a person in the team wrote it down, on a day that may come after the words."""
    return {
        Decision.GIVEN: _("You told the team yes. They wrote it down on %(day)s.", day=day),
        Decision.NOT_GIVEN: _("You told the team no. They wrote it down on %(day)s.", day=day),
        Decision.WITHDRAWN: _(
            "You told the team that you withdraw this. They wrote it down on %(day)s.", day=day
        ),
    }[decision]


def change_words(entry: Entry) -> Line:
    """One line of the ledger."""
    decided = {
        Decision.GIVEN: _("Given"),
        Decision.NOT_GIVEN: _("Not given"),
        Decision.WITHDRAWN: _("Withdrawn"),
    }[entry.decision]
    how = _("by you, on these pages") if entry.by_student else _("by a person in the team, as you told them")
    words = _("%(decided)s %(how)s (words version %(v)s)", decided=decided, how=how, v=entry.text_version)
    return Line(entry.at, _scope_words(entry.scope), words)


def _scope_words(scope: Scope) -> str:
    plain = {Scope.SMS: _("Texts"), Scope.EMAIL: _("E-mails")}
    return plain.get(scope) or _(consent.text(scope).title)


def message_words(message: SentMessage) -> Line:
    """One message: what became of it, and its words or what it is about."""
    state = {
        MessageState.QUEUED: _("Waiting"),
        MessageState.CLAIMED: _("Waiting"),
        MessageState.SENT: _("Sent"),
        MessageState.DELIVERED: _("Arrived"),
        MessageState.FAILED: _("Could not be sent"),
        MessageState.UNKNOWN: _("We do not know whether it arrived"),
        MessageState.DROPPED: _("Not sent"),
    }[message.state]
    how = _("by text") if message.channel is Channel.SMS else _("by e-mail")
    return Line(message.at, f"{state}, {how}", message.words or _kind_words(message.kind))


def _kind_words(kind: str) -> str:
    about = {
        "code": _("A code for signing in"),
        "help_numbers": _("The numbers you asked for"),
        "received": _("That we have your request"),
        "booked": _("Your dates"),
        "changed": _("A change of date"),
        "form_link": _("A link to a form"),
        "day_before": _("A reminder for the next day"),
    }
    return about.get(kind, _("A message"))
