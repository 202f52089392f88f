"""What was sent, laid out for reading: each form's facts, safety answers by date, the longer scales."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date, ngettext

from questionnaires import load
from student_portal.caseload.queries import Sent
from student_portal.caseload.queries.change import LONG, compared
from student_portal.caseload.views.change import change_words
from student_portal.foundation import clock
from student_portal.foundation.i18n import day, moment
from student_portal.foundation.i18n import gettext as _
from student_portal.measures.queries import SentForm, StoredScore


@dataclass(frozen=True)
class Chosen:
    """What was ticked for one question on one form; None: not answered. `before`: what stood there before
    the student changed it, oldest first. `which` sets the form apart from others of its session.
    """

    form: SentForm
    which: list[str]
    before: tuple[str | None, ...]
    chosen: str | None


@dataclass(frozen=True)
class Longer:
    """The longer form's scales, a column for each time it was filled in."""

    label: str
    heads: list[str]
    rows: list[tuple[str, list[str]]]
    remarks: list[str]


def told(forms: Iterable[Sent], now: datetime) -> dict[str, str]:
    """What to know of each sent form, by its id, in a few sentences."""
    return {sent.form.response_id: " ".join(_told(sent, now)) for sent in forms}


def _told(sent: Sent, now: datetime) -> list[str]:
    form = sent.form
    days = (clock.london(now).date() - form.filled_on).days
    age = str(_("today")) if days == 0 else ngettext("%(num)s day ago", "%(num)s days ago", days)
    said = [
        _("Filled in %(day)s, %(age)s.", day=day(form.filled_on), age=age),
        _("Edition %(number)s.", number=sent.words.version),
    ]
    if form.attempt > 1:
        said.append(_("Filled in again after the session moved."))
    if form.is_changed:
        said.append(_("Changed by the student %(when)s; both versions are kept.", when=moment(form.sent_at)))
    if form.devices and form.devices > 1:
        said.append(_("In %(n)s sittings, on one device or several.", n=form.devices))
    if form.is_late:
        said.append(late(form))
    if form.is_stale:
        said.append(_("The session has moved a week or more since, so it is not on the line."))
    return [str(words) for words in said]


def late(form: SentForm) -> str:
    """That a form came late, in the same words on the page, in the report and in the copy."""
    if form.manner.is_entered:
        return str(_("Filled in after the day of the session."))
    return str(_("Finished after the session began."))


def safety(forms: Iterable[Sent]) -> list[tuple[str, list[Chosen]]]:
    """Each safety question with what was chosen, oldest first; questions in the order of the longest form."""
    found: dict[str, list[Chosen]] = {}
    in_order = sorted(forms, key=lambda sent: (sent.form.filled_on, sent.form.sent_at))
    for sent in sorted(in_order, key=lambda sent: -len(sent.safety)):
        for line in sent.safety:
            found.setdefault(line.text, [])
    again = several(sent.form for sent in in_order)
    for sent in in_order:
        which = _which(sent.form, again)
        for line in sent.safety:
            found[line.text].append(Chosen(sent.form, which, sent.before(line), line.chosen))
    return list(found.items())


def longer(sent: Iterable[SentForm]) -> Longer | None:
    """The longer form beside the line, its safety items in words elsewhere; None while none was sent."""
    forms = [form for form in sent if form.definition_id == LONG]
    if not forms:
        return None
    scales = {
        "all": _("All items"),
        "non_risk": _("Without the safety items"),
        "W": _("Well-being"),
        "P": _("Problems"),
        "F": _("Functioning"),
    }
    definition, again = load(LONG), several(forms)
    return Longer(
        label=definition.label,
        heads=[headed(form, again) for form in forms],
        rows=[(str(words), [_shown(form.score(scale)) for form in forms]) for scale, words in scales.items()],
        remarks=[
            str(_("The scales describe. They have no limits of their own, and none decides anything.")),
            str(
                _(
                    "Cut-off for all items: %(value)s (%(source)s).",
                    value=definition.cut_off.value,
                    source=definition.cut_off.source.partition(",")[0],
                )
            ),
        ],
    )


def several(forms: Iterable[SentForm]) -> set[str]:
    """The ids of the sessions whose form was filled in again."""
    return {form.session_id for form in forms if form.attempt > 1}


def headed(form: SentForm, again: Container[str]) -> str:
    """What stands over a form's column on the page and on paper: "Session 1, 2 Dec, session moved since".

    `again`: the sessions whose form was filled in again.
    """
    on = format_date(form.filled_on, "d MMM")
    return ", ".join([_("Session %(number)s, %(day)s", number=form.number, day=on), *_which(form, again)])


def _which(form: SentForm, again: Container[str]) -> list[str]:
    """Which of its session's forms it is, and whether the session moved away from it, in short words."""
    said = []
    if form.session_id in again:
        said.append(_("filled in again") if form.attempt > 1 else _("first time"))
    if form.is_stale:
        said.append(_("session moved since"))
    return [str(words) for words in said]


def changes(forms: Iterable[SentForm]) -> list[str]:
    """What is known of the change from one session to a later one, in words."""
    return [change_words(pair) for pair in compared(forms)]


def _shown(score: StoredScore | None) -> str:
    if score is None or score.shown is None:
        return str(_("No score"))
    return score.shown
