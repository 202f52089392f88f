"""Staff write contacts: the list of all, a new one, a change to one; nothing of it is published yet."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import queries, service
from student_portal.signposting.forms import ContactForm, filled, say
from student_portal.signposting.queries import Contact, Way
from student_portal.signposting.views import names
from student_portal.signposting.views.base import EDITORS, READERS, blueprint, is_editor
from student_portal.signposting.views.contact import back, propose
from student_portal.signposting.views.deciding import review_words
from student_portal.signposting.views.typed import number


@blueprint.get("/staff/signposting")
@web.allow(*READERS)
def contacts() -> str:
    """Every contact, in the order of the page: what students see, when it was checked, what waits."""
    everything = queries.contacts()
    on_page = [one for one in everything if one.published or one.waiting]
    return render_template(
        "signposting/contacts.html",
        groups={way: [one for one in on_page if one.newest.content.way is way] for way in Way},
        off=[one for one in everything if one not in on_page],
        built_in=queries.built_in_checked(),
        names=names,
        neighbour=lambda one, up: queries.neighbour(everything, one.id, up=up),
        today=clock.today(),
        editor=is_editor(),
    )


@blueprint.post("/staff/signposting/<contact_id>/move")
@web.allow(*EDITORS)
def move(contact_id: str) -> Response:
    """One place up or down on the page, within its way."""
    direction = request.form.get("to")
    if direction not in {"up", "down"}:
        raise NotFound("direction")
    service.move(signpost_id=contact_id, up=direction == "up", by=access.current(), at=clock.now())
    return redirect(url_for("signposting.contacts", _anchor=contact_id), 303)


@blueprint.route("/staff/signposting/new", methods=["GET", "POST"])
@web.allow(*EDITORS)
def new() -> Response | tuple[str, int]:
    """Write the first draft of a contact."""
    form = ContactForm(names.places())
    if form.validate_on_submit():
        try:
            made = service.add(content=form.content(), by=access.current(), at=clock.now())
        except Refused as refusal:
            _explain(form, refusal)
        else:
            return _after_saving(made)
    return _edit_page(form, None)


@blueprint.route("/staff/signposting/<contact_id>/edit", methods=["GET", "POST"])
@web.allow(*EDITORS)
def edit(contact_id: str) -> Response | tuple[str, int]:
    """Change a contact's draft, or begin one from what students see."""
    contact = queries.contact(contact_id)
    seen = contact.waiting.seen if contact.waiting else 0
    newest = contact.newest
    form = ContactForm(names.places(newest.content.organisation_id), data=filled(newest, seen=seen))
    if form.validate_on_submit():
        try:
            service.draft(
                signpost_id=contact_id,
                content=form.content(),
                seen=number(form.seen.data),
                by=access.current(),
                at=clock.now(),
            )
        except Refused as refusal:
            _explain(form, refusal)
        except Conflict:
            message = _("Someone else saved this contact while you were typing. Your words are still below.")
            say(form.name, message)
            form.seen.data = str(seen)
        else:
            return _after_saving(contact_id)
    return _edit_page(form, contact)


def _explain(form: ContactForm, refusal: Refused) -> None:
    """Put what the verb refused beside its field."""
    words = {
        "number": (form.target, _("Enter a number with digits and spaces only, such as 0151 496 0123")),
        "https": (form.target, _("Enter a whole address that begins with https://")),
        "review": (form.review_by, review_words()),
    }
    say(*words[refusal.code])


def _after_saving(contact_id: str) -> Response:
    """Save keeps the draft; the main button also sends it to a second person."""
    return propose(contact_id) if "propose" in request.form else back(contact_id, "")


def _edit_page(form: ContactForm, contact: Contact | None) -> tuple[str, int]:
    error = bool(form.errors)
    page = render_template("signposting/edit.html", form=form, contact=contact, error=error)
    return page, 400 if error else 200
