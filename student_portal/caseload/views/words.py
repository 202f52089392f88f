"""What stands beside a student's answers, in words: the latest form, how to reach them, what they permit."""

from collections.abc import Iterable

from student_portal.accounts.queries import Contact
from student_portal.caseload.queries import About, Head, Known, ReachingPage, StudentPage
from student_portal.consent.queries import Decision, Scope, Standing
from student_portal.foundation.i18n import full_day, moment
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions.queries import GpAnswer
from student_portal.measures.queries import SentForm, Stage, StoredScore
from student_portal.messaging.queries import Channel, MessageState, SentMessage

Rows = list[tuple[str, str]]


def versions(name: str, history: Iterable[About]) -> list[Rows]:
    """Every version that staff entered, newest first: with the name that stood then, and the one before it
    where that version gave another. Nothing else shows an earlier name.
    """
    found = []
    for entered in history:
        called, *others = about(name, entered)
        before = [(str(_("Name before")), entered.name_before)] if entered.name_before else []
        found.append([called, *before, *others])
        name = entered.name_before or name
    return found


def about(name: str, entered: About) -> Rows:
    """What the student is called and what staff entered; what was not entered says so."""
    rows = [
        (_("Name"), name),
        (_("Pronouns"), entered.pronouns),
        (_("Access needs"), entered.access_needs),
        (_("Getting in touch safely"), entered.safe_contact),
    ]
    return [(label, value or str(_("Not entered"))) for label, value in rows]


def from_another(page: StudentPage) -> str:
    """That the form sent last is not the one for the coming session; nothing where it is, or none comes."""
    coming, latest = page.coming, page.latest
    if coming is None or latest is None or latest.form.session_id == coming.facts.id:
        return ""
    numbers = {"number": latest.form.number, "coming": coming.facts.number}
    if coming.form is None:
        return str(_("From session %(number)s. Session %(coming)s has no form.", **numbers))
    if any(form.session_id == coming.facts.id for form in page.forms):
        words = _("From session %(number)s. One was sent for session %(coming)s too.", **numbers)
    elif coming.form.stage in (Stage.DECLINED, Stage.CLOSED):
        words = _("From session %(number)s. Nothing was sent for session %(coming)s.", **numbers)
    else:
        words = _("From session %(number)s. Nothing sent for session %(coming)s yet.", **numbers)
    return str(words)


def latest(form: SentForm) -> Rows:
    """The form sent last: which it is, how many questions, each scale as stored."""
    whole = form.score()
    rows = [(_("Form"), _("%(form)s, session %(number)s", form=form.label, number=form.number))]
    if whole:
        rows.append((_("Answered"), _("%(n)s of %(all)s", n=whole.answered, all=whole.items)))
    shown = [score for score in form.scores if score.scale in ("all", "non_risk")]
    return rows + [(_scale(score, form), _shown(score)) for score in shown]


def _scale(score: StoredScore, form: SentForm) -> str:
    """What a score is made of."""
    if score.definition_id != form.definition_id:
        return str(_("CORE-10 items in it"))
    if score.scale == "non_risk":
        return str(_("%(form)s, without the safety items", form=form.label))
    return str(_("%(form)s, all items", form=form.label))


def _shown(score: StoredScore) -> str:
    if score.shown is None:
        return str(_("No score: too few answers"))
    if score.is_prorated:
        words = _(
            "%(score)s, from %(n)s of %(all)s answers", score=score.shown, n=score.answered, all=score.items
        )
        return str(words)
    return score.shown


def remarks(forms: Iterable[SentForm]) -> list[str]:
    """What the line alone does not say, form by form: worked out from fewer answers, late, or not counted."""
    return [words for form in forms for words in _remarks(form)]


def _remarks(form: SentForm) -> list[str]:
    score, said = form.line, []
    if form.is_stale:
        said.append(
            _(
                "Session %(number)s: a form sent %(when)s is not on the line, because the session moved "
                "a week or more since.",
                number=form.number,
                when=moment(form.sent_at),
            )
        )
    elif score and score.is_prorated:
        said.append(
            _(
                "Session %(number)s: worked out from %(n)s of %(all)s answers.",
                number=form.number,
                n=score.answered,
                all=score.items,
            )
        )
    elif score and score.value is None:
        said.append(_("Session %(number)s: too few answers for a score.", number=form.number))
    if form.is_changed:
        said.append(
            _(
                "Session %(number)s: as the student changed it %(when)s.",
                number=form.number,
                when=moment(form.sent_at),
            )
        )
    if form.is_late and not form.manner.is_entered:
        said.append(_("Session %(number)s: finished after the session began.", number=form.number))
    return said


def when_safe(contacts: Iterable[Contact]) -> Rows:
    """When each way to reach the student may be used, without the address."""
    return [(_channel(contact), safe(contact.safety)) for contact in contacts]


def _channel(contact: Contact) -> str:
    return str(_("Texts") if contact.channel is Channel.SMS else _("E-mail"))


def reach(page: ReachingPage) -> Rows:
    """How to get in touch, and first when that is safe."""
    gp = {
        GpAnswer.LIVERPOOL: _("In Liverpool"),
        GpAnswer.ELSEWHERE: _("Elsewhere"),
        GpAnswer.NONE: _("None. Nothing to send."),
        GpAnswer.NOT_SURE: _("Not sure"),
    }
    rows = []
    for contact in page.head.contacts:
        rows.append((_channel(contact), safe(contact.safety)))
        rows.append((_("Number") if contact.channel is Channel.SMS else _("Address"), contact.shown))
        if not contact.is_proved:
            rows.append((_("Not proved yet"), _("Only a code to sign in goes there until one came back.")))
    rows.append((_("University"), page.head.university or _("Not said")))
    rows.append((_("GP"), gp[page.gp] if page.gp else _("Not said")))
    return rows


def safely(who: Known) -> str:
    """What to mind when getting in touch: what staff entered, then what the student chose, unless that is any
    time and no more.
    """
    chosen = [safe(contact.safety) for contact in who.contacts if contact.safety not in ("", "any_time")]
    parts = filter(None, [who.about.safe_contact, *dict.fromkeys(chosen)])
    return " ".join(part if part.endswith((".", "”")) else f"{part}." for part in parts)


def safe(stored: str) -> str:
    """When an address may be used: the choice the student made, and what they wrote beside it."""
    code, _colon, own = stored.partition(":")
    chosen = {
        "any_time": _("Safe any time"),
        "some_times": _("Safe only at some times"),
        "seen": _("Other people may see it"),
    }.get(code, code)
    return f"{chosen}. “{own.strip()}”" if own.strip() else str(chosen) or str(_("Not said"))


def permissions(head: Head) -> Rows:
    """What the student permits now, since when, and whether they told it to the team instead of deciding it
    on their own pages.
    """
    return [(_scope(standing), _standing(standing)) for standing in head.standing]


def permitted(head: Head) -> list[str]:
    """What the student permits now, in the fewest words."""
    return [_scope(standing) for standing in head.standing if standing.given]


def _scope(standing: Standing) -> str:
    scopes = {
        Scope.SERVICE: _("Contact and sessions"),
        Scope.DIGITAL_FORMS: _("Forms on their phone"),
        Scope.SMS: _("Texts"),
        Scope.EMAIL: _("E-mail"),
    }
    return str(scopes[standing.scope])


def _standing(standing: Standing) -> str:
    if standing.since is None:
        return str(_("Not asked, so not given"))
    day = full_day(standing.since)
    own = {
        Decision.GIVEN: _("Given %(day)s", day=day),
        Decision.NOT_GIVEN: _("Not given %(day)s", day=day),
        Decision.WITHDRAWN: _("Withdrawn %(day)s", day=day),
    }
    told = {
        Decision.GIVEN: _("Given %(day)s, as told to the team", day=day),
        Decision.NOT_GIVEN: _("Not given %(day)s, as told to the team", day=day),
        Decision.WITHDRAWN: _("Withdrawn %(day)s, as told to the team", day=day),
    }
    return (own if standing.by_student else told)[standing.decision]


def messages(sent_or_waiting: Iterable[SentMessage]) -> Rows:
    """What was sent or waits, with what became of it."""
    states = {
        MessageState.QUEUED: _("waits"),
        MessageState.CLAIMED: _("is being sent"),
        MessageState.SENT: _("sent"),
        MessageState.DELIVERED: _("reached the phone"),
        MessageState.FAILED: _("did not arrive"),
        MessageState.UNKNOWN: _("nobody knows if it arrived"),
        MessageState.DROPPED: _("was not sent"),
    }
    kinds = {
        "received": _("We have their request"),
        "booked": _("Their next date"),
        "changed": _("A changed date"),
        "form_link": _("The link to a form"),
        "day_before": _("The day before a session"),
        "code": _("A code to sign in"),
        "help_numbers": _("Numbers they asked for"),
        "auto_reply": _("An answer to a text of theirs"),
    }
    return [
        (f"{moment(one.at)}: {states[one.state]}", one.words or kinds.get(one.kind, one.kind))
        for one in sent_or_waiting
    ]
