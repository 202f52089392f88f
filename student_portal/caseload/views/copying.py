"""Copy for the record: one session as plain text.

Every line of ours begins with a letter and what a person wrote is set in, so that nothing pasted into a
spreadsheet is taken for a formula.
"""

from collections.abc import Iterator

from flask import Response, render_template, request

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import service
from student_portal.caseload.queries import Sent, SessionRecord
from student_portal.caseload.views.base import blueprint
from student_portal.caseload.views.sent import late
from student_portal.foundation import clock, web
from student_portal.foundation.i18n import full_day, hour, moment
from student_portal.foundation.i18n import gettext as _
from student_portal.measures.queries import Line


@blueprint.post("/staff/caseload/copy/<session_id>")
@web.allow(Role.THERAPIST)
def copy(session_id: str) -> Response | str:
    """The text alone for the page's script, which puts it on the clipboard; else a page to copy it from."""
    record = service.export_session(session_id=session_id, by=access.current(), at=clock.now())
    words = plain(record)
    if request.headers.get("Accept") == "text/plain":
        return Response(words, mimetype="text/plain")
    return render_template("caseload/copy.html", record=record, words=words)


def plain(record: SessionRecord) -> str:
    """One session in plain text, ready to be pasted."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: SessionRecord) -> Iterator[str]:
    facts, now = record.facts, clock.now()
    yield str(_("Session %(number)s", number=facts.number))
    yield f"  {record.name}"
    if facts.starts_at:
        yield str(_("Date: %(day)s at %(hour)s", day=full_day(facts.starts_at), hour=hour(facts.starts_at)))
    for sent in record.sent:
        yield from _form(sent)
    if not record.sent:
        yield str(_("Form: none was sent"))
    if record.note:
        note = record.note
        yield str(_("Note, saved %(when)s by %(who)s", when=moment(note.saved_at), who=note.saved_by))
        for title, words in ((_("Formulation"), note.formulation), (_("Plan"), note.plan)):
            if words:
                yield f"{title}:"
                yield from _set_in(words)
    yield str(_("Copied from the portal on %(when)s", when=f"{full_day(now)}, {hour(now)}"))


def _form(sent: Sent) -> Iterator[str]:
    form = sent.form
    yield str(_("Form: %(form)s, filled in %(day)s", form=form.label, day=full_day(form.filled_on)))
    if form.manner.is_entered and form.manner.entered_at:
        when = moment(form.manner.entered_at)
        yield str(_("Entered %(when)s by %(who)s", when=when, who=form.manner.entered_by))
    if form.is_stale:
        yield str(_("Stale: the session has moved a week or more since"))
    if form.is_late:
        yield late(form)
    if form.is_changed:
        yield str(_("Changed by the student after sending it, %(when)s", when=moment(form.sent_at)))
    for scale, words in (("all", _("All items")), ("non_risk", _("Without the safety items"))):
        score = form.score(scale)
        if score and score.shown is None:
            yield str(
                _(
                    "%(scale)s: no score, %(n)s of %(all)s answered",
                    scale=words,
                    n=score.answered,
                    all=score.items,
                )
            )
        elif score:
            rule = _(
                "%(scale)s: %(score)s of 40, ten times the mean of %(n)s answers out of %(all)s",
                scale=words,
                score=score.shown,
                n=score.answered,
                all=score.items,
            )
            yield str(rule)
    yield str(_("Safety answers, as chosen:"))
    yield from (f"  {line.item}. {line.text}: {_in_turn(sent, line)}" for line in sent.safety)
    blank = sent.words.not_answered
    yield str(_("Not answered:") if blank else _("Not answered: none"))
    yield from (f"  {line.item}. {line.text}" for line in blank)
    yield sent.words.rights.replace("©", "Copyright ©")


def _in_turn(sent: Sent, line: Line) -> str:
    """ "Often, then changed to: Not at all", as the pages say it."""
    every = [words or _("Not answered") for words in (*sent.before(line), line.chosen)]
    return f", {_('then changed to:')} ".join(every)


def _set_in(words: str) -> Iterator[str]:
    return (f"  {line}" for line in words.splitlines())
