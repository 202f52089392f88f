"""One contact on a staff screen: as students see it, what changed, and the buttons of whoever decides."""

from functools import partial

from flask import redirect, url_for
from werkzeug.wrappers import Response

from student_portal.foundation import clock, web
from student_portal.signposting import cards, queries, service
from student_portal.signposting.changes import changes
from student_portal.signposting.forms import CheckedForm, WithdrawForm
from student_portal.signposting.lint import findings
from student_portal.signposting.queries import Contact
from student_portal.signposting.views import deciding
from student_portal.signposting.views.base import DECIDERS, EDITORS, READERS, blueprint
from student_portal.signposting.views.deciding import pressed, seen


@blueprint.get("/staff/signposting/<contact_id>")
@web.allow(*READERS)
def look(contact_id: str) -> str:
    """One contact: as students will see it by day and at night, what changed, what may be done."""
    return _page(queries.contact(contact_id), CheckedForm(), WithdrawForm())


def _page(contact: Contact, checked: CheckedForm, taken_off: WithdrawForm) -> str:
    newest, published, now = contact.newest, contact.published, clock.now()
    return deciding.screen(
        "signposting/contact.html",
        contact,
        checked,
        taken_off,
        contact=contact,
        card=cards.card(queries.preview(newest.content, now), now),
        changes=changes(published.content if published else None, newest.content),
        findings=findings(newest.content.said),
    )


@blueprint.post("/staff/signposting/<contact_id>/propose")
@web.allow(*EDITORS)
def propose(contact_id: str) -> Response:
    """Send the draft to a second person, or say why it cannot go yet."""
    return pressed(partial(service.propose, signpost_id=contact_id), partial(back, contact_id))


@blueprint.post("/staff/signposting/<contact_id>/approve")
@web.allow(*DECIDERS)
def approve(contact_id: str) -> Response:
    """Publish what was proposed, exactly as it was shown; or take the contact off the page."""
    verb = partial(service.approve, signpost_id=contact_id, seen=seen())
    return pressed(verb, partial(back, contact_id))


@blueprint.post("/staff/signposting/<contact_id>/return")
@web.allow(*DECIDERS)
def send_back(contact_id: str) -> Response:
    """Say no to what waits."""
    verb = partial(service.send_back, signpost_id=contact_id, seen=seen())
    return pressed(verb, partial(back, contact_id))


@blueprint.post("/staff/signposting/<contact_id>/verify")
@web.allow(*EDITORS)
def verify(contact_id: str) -> Response | tuple[str, int]:
    """Write down that somebody checked what students see."""
    contact, form = queries.contact(contact_id), CheckedForm()
    verb = partial(service.verify, signpost_id=contact_id)
    done = deciding.checked(form, verb, partial(back, contact_id))
    return done or (_page(contact, form, WithdrawForm(formdata=None)), 400)


@blueprint.post("/staff/signposting/<contact_id>/withdraw")
@web.allow(*EDITORS)
def withdraw(contact_id: str) -> Response | tuple[str, int]:
    """Ask a second person to take the contact off the page."""
    contact, form = queries.contact(contact_id), WithdrawForm()
    verb = partial(service.withdraw, signpost_id=contact_id)
    done = deciding.taken_off(form, verb, partial(back, contact_id))
    return done or (_page(contact, CheckedForm(formdata=None), form), 400)


def back(contact_id: str, problem: str) -> Response:
    """To its screen; `problem` is the code of what stood in the way, or empty."""
    return redirect(url_for("signposting.look", contact_id=contact_id, problem=problem or None), 303)
