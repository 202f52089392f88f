"""The therapist's part in a form: entering one from paper or from what they were told, lending a device."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries as people
from student_portal.audit import service as audit
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock, cookies, db, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import day, moment
from student_portal.foundation.i18n import gettext as _
from student_portal.measures import queries, service
from student_portal.measures.forms import EntryForm, entry_form
from student_portal.measures.queries import Entry, ResponseMode, Stage
from student_portal.measures.views.base import blueprint

STUDENT = "caseload.student"


@blueprint.get("/staff/measures/<session_id>")
@web.allow(Role.THERAPIST)
def of_session(session_id: str) -> Response:
    """To the page of the student whose session this is."""
    facts = episodes.one_session(access.current(), session_id)
    return redirect(url_for(STUDENT, person_id=facts.person_id), 303)


@blueprint.get("/staff/measures/<session_id>/paper")
@web.allow(Role.THERAPIST)
def paper(session_id: str) -> str:
    """Every question of the form, to be entered as it stands on the paper or was said."""
    entry = _entry(session_id)
    if entry.refused:
        return _not_now(entry, entry.refused)
    return _entry_page(entry, entry_form(entry, request.args.get("mode")))


@blueprint.post("/staff/measures/<session_id>/paper")
@web.allow(Role.THERAPIST)
def enter(session_id: str) -> str | Response | tuple[str, int]:
    """Show in words what was entered; store it when that is right. Nothing is stored by half."""
    entry = _entry(session_id)
    form = entry_form(entry)
    doing = request.form.get("do")
    if doing == "change":
        return _entry_page(entry, form)
    if not form.validate():
        return _entry_page(entry, form), 400
    if doing == "store":
        return _store(entry, form)
    if entry.refused:
        return _not_now(entry, entry.refused), 409
    return _page("paper_check", entry, form=form)


def _store(entry: Entry, form: EntryForm) -> Response | tuple[str, int]:
    try:
        service.enter(
            session_id=entry.facts.id,
            mode=ResponseMode(form.mode.data),
            filled_on=form.day.data,
            answers=form.answers,
            by=access.current(),
            at=clock.now(),
        )
    except Refused as refusal:
        if refusal.code != "empty":
            return _not_now(entry, refusal.code), 409
        form.mode.errors = [_("Nothing is answered on this form, so there is nothing to store.")]
        return _entry_page(entry, form), 400
    return redirect(url_for(STUDENT, person_id=entry.facts.person_id), 303)


@blueprint.get("/staff/measures/<session_id>/here")
@web.allow(Role.THERAPIST)
def here(session_id: str) -> str:
    """What happens when the device is lent, before it is."""
    entry = _entry(session_id)
    refused = entry.refused or ("" if entry.state.can_fill else "closed")
    return _not_now(entry, refused) if refused else _page("here", entry)


@blueprint.post("/staff/measures/<session_id>/here")
@web.allow(Role.THERAPIST)
def lend(session_id: str) -> Response | tuple[str, int]:
    """From here on this browser shows the student's form, and nothing of the staff's."""
    try:
        secret = service.lend(
            session_id=session_id,
            replacing=cookies.students().get("secret"),
            by=access.current(),
            at=clock.now(),
        )
    except Refused as refusal:
        return _not_now(_entry(session_id), refusal.code), 409
    lent = redirect(url_for("measures.first", session_id=session_id), 303)
    seen = int(clock.real().timestamp())
    cookies.write_students(lent, {"secret": secret, "seen": seen, cookies.LENT: session_id})
    return lent


def _entry(session_id: str) -> Entry:
    """The form, and the line in the activity log that says this page of a record was opened."""
    viewer, now = access.current(), clock.now()
    with db.write():
        entry = queries.entry(viewer, session_id, at=now)
        audit.record(
            verb="measures.look_at_form",
            subject=("session", session_id),
            person_id=entry.facts.person_id,
            by=viewer,
            at=now,
        )
    return entry


def _entry_page(entry: Entry, form: EntryForm) -> str:
    return _page("paper", entry, form=form, error=bool(form.errors))


def _not_now(entry: Entry, refused: str) -> str:
    """Why it cannot be done, in a sentence."""
    return _page("not_entered", entry, why=_why(entry, refused))


def _why(entry: Entry, refused: str) -> str:
    state = entry.state
    if refused == "sent" and state.sent_at and state.stage is Stage.SENT:
        return _("This form came in on %(when)s. There is nothing to enter.", when=moment(state.sent_at))
    if refused == "not_open" and entry.first_day:
        opens = day(entry.first_day)
        return _("This form opens on %(day)s. It asks about the week before the session.", day=opens)
    words = {
        "sent": _("This form came in meanwhile. Nothing was stored."),
        "not_permitted": _(
            "The student does not permit the service to keep anything new. Nothing was stored."
        ),
        "no_date": _("This session has no date. Give it one first, so that the form has its place."),
        "closed": _("The time to fill this in here is over. You can still enter a paper form."),
    }
    return words.get(refused, _("This was not stored. Look at the form again."))


def _page(name: str, entry: Entry, **more: object) -> str:
    return render_template(
        f"measures/{name}.html",
        entry=entry,
        session_id=entry.facts.id,
        name=people.name_of(access.current(), entry.facts.person_id),
        **more,
    )
