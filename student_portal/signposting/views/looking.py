"""One contact on a staff screen: as students see it, what changed, and the buttons of whoever decides."""

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.signposting import cards, queries, service
from student_portal.signposting.changes import changes
from student_portal.signposting.forms import CheckedForm, WithdrawForm, say
from student_portal.signposting.lint import findings
from student_portal.signposting.queries import Contact, VersionState
from student_portal.signposting.views import names
from student_portal.signposting.views.editing import (
    DECIDERS,
    EDITORS,
    READERS,
    back,
    blueprint,
    is_editor,
    proposed,
    review_words,
)
from student_portal.signposting.views.typed import number


@blueprint.get("/staff/signposting/<contact_id>")
@web.allow(*READERS)
def look(contact_id: str) -> str:
    """One contact: as students will see it by day and at night, what changed, what may be done."""
    return _page(queries.contact(contact_id), CheckedForm(formdata=None), WithdrawForm(formdata=None))


@blueprint.post("/staff/signposting/<contact_id>/propose")
@web.allow(*EDITORS)
def propose(contact_id: str) -> Response:
    """Send the draft to a second person."""
    return proposed(contact_id)


@blueprint.post("/staff/signposting/<contact_id>/approve")
@web.allow(*DECIDERS)
def approve(contact_id: str) -> Response:
    """Publish what was proposed, exactly as it was shown; or take the contact off the page."""
    seen = number(request.form.get("seen"))
    try:
        service.approve(signpost_id=contact_id, seen=seen, by=access.current(), at=clock.now())
    except Refused as refusal:
        return back(contact_id, refusal.code)
    return back(contact_id)


@blueprint.post("/staff/signposting/<contact_id>/return")
@web.allow(*DECIDERS)
def send_back(contact_id: str) -> Response:
    """Say no to what waits."""
    seen = number(request.form.get("seen"))
    service.send_back(signpost_id=contact_id, seen=seen, by=access.current(), at=clock.now())
    return back(contact_id)


@blueprint.post("/staff/signposting/<contact_id>/verify")
@web.allow(*EDITORS)
def verify(contact_id: str) -> Response | tuple[str, int]:
    """Write down that somebody checked what students see."""
    contact, form = queries.contact(contact_id), CheckedForm()
    if form.validate_on_submit():
        try:
            service.verify(
                signpost_id=contact_id,
                number=number(form.number.data),
                how=form.how.data,
                review_by=form.review_by.data,
                by=access.current(),
                at=clock.now(),
            )
        except Refused:
            say(form.review_by, review_words())
        except Conflict:
            return back(contact_id, "moved_on")
        else:
            return back(contact_id)
    return _page(contact, form, WithdrawForm(formdata=None)), 400


@blueprint.post("/staff/signposting/<contact_id>/withdraw")
@web.allow(*EDITORS)
def withdraw(contact_id: str) -> Response | tuple[str, int]:
    """Ask a second person to take the contact off the page."""
    contact, form = queries.contact(contact_id), WithdrawForm()
    if not form.validate_on_submit():
        return _page(contact, CheckedForm(formdata=None), form), 400
    try:
        service.withdraw(signpost_id=contact_id, why=form.why.data, by=access.current(), at=clock.now())
    except Refused as refusal:
        return back(contact_id, refusal.code)
    return back(contact_id)


def _page(contact: Contact, checked: CheckedForm, taken_off: WithdrawForm) -> str:
    newest, published, viewer = contact.newest, contact.published, access.current()
    waits = newest.state is VersionState.PROPOSED
    if published and not checked.is_submitted():
        checked.number.data = str(published.number)
    return render_template(
        "signposting/contact.html",
        contact=contact,
        newest=newest,
        names=names,
        card=cards.card(queries.preview(newest.content, clock.now()), clock.now()),
        changes=changes(published.content if published else None, newest.content),
        may_approve=waits and viewer.role in DECIDERS,
        is_author=waits and newest.drafted_by == viewer.person_id,
        editor=is_editor(),
        checked=checked,
        taken_off=taken_off,
        problem=_problem(request.args.get("problem", "")),
        findings=findings(newest.content.said),
        today=clock.today(),
        error=bool(checked.errors or taken_off.errors),
    )


def _problem(code: str) -> str:
    words = {
        "second_person": _("You wrote this version, so somebody else must publish it."),
        "floor": _(
            "This would leave some students without a number to call or to text that is open day and night "
            "and for everybody, so it cannot be published. Publish another one first."
        ),
        "unchecked": _("Nobody has checked what this version says. Edit it, and say how you checked it."),
        "words": _(
            "These words go no further than a draft. Look at the list of words, and change them first."
        ),
        "waits": _("A version of this contact waits. Publish it or send it back first."),
        "moved_on": _("Students see a newer version by now. Check that one."),
        "not_proposed": _("This version has not been sent to a second person yet."),
    }
    return words.get(code, "")
