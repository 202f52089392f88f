"""Staff change a contact: an admin writes a draft and looks at it, a second person publishes it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.institutions import queries as institutions
from student_portal.signposting import cards, queries, service
from student_portal.signposting.changes import changes
from student_portal.signposting.forms import ContactForm, filled
from student_portal.signposting.lint import findings
from student_portal.signposting.queries import Contact, VersionState

blueprint = Blueprint("signposting", __name__)

EDITORS = (Role.ADMIN,)
READERS = (Role.ADMIN, Role.MANAGER, Role.THERAPIST, Role.LIAISON)


@blueprint.get("/staff/signposting")
@web.allow(*READERS)
def contacts() -> str:
    """Every contact: what students see, when it was checked, what waits for a second person."""
    contacts = queries.contacts()
    return render_template(
        "signposting/contacts.html",
        contacts=contacts,
        places={contact.id: _place(contact) for contact in contacts},
        today=clock.today(),
        editor=_is_editor(),
    )


def _place(contact: Contact) -> str:
    """The university whose students alone see it; empty: all do."""
    chosen = contact.newest.content.organisation_id
    found = institutions.organisation(chosen) if chosen else None
    return found.name if found else ""


@blueprint.route("/staff/signposting/new", methods=["GET", "POST"])
@web.allow(*EDITORS)
def new() -> Response | tuple[str, int]:
    """Write the first draft of a contact."""
    form = ContactForm()
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
    form = ContactForm(data=_opened(contact))
    if form.validate_on_submit():
        try:
            service.draft(
                signpost_id=contact_id,
                content=form.content(),
                seen=_number(form.seen.data),
                by=access.current(),
                at=clock.now(),
            )
        except Refused as refusal:
            _explain(form, refusal)
        except Conflict:
            message = _("Someone else saved this contact while you were typing. Your words are still below.")
            form.name.errors = [*form.name.errors, message]
            form.seen.data = str(contact.waiting.seen if contact.waiting else 0)
        else:
            return _after_saving(contact_id)
    return _edit_page(form, contact)


@blueprint.get("/staff/signposting/<contact_id>")
@web.allow(*READERS)
def look(contact_id: str) -> str:
    """One contact: as students will see it, what changed, and the buttons of whoever may decide."""
    contact = queries.contact(contact_id)
    newest, viewer = contact.newest, access.current()
    proposed = newest.state is VersionState.PROPOSED
    return render_template(
        "signposting/contact.html",
        contact=contact,
        newest=newest,
        place=_place(contact),
        card=cards.card(queries.preview(newest.content, clock.now()), clock.now()),
        changes=changes(contact.published.content if contact.published else None, newest.content),
        may_approve=proposed and viewer.role in (Role.ADMIN, Role.MANAGER),
        is_author=proposed and newest.drafted_by == viewer.person_id,
        editor=_is_editor(),
        problem=_problem(request.args.get("problem", "")),
        findings=findings(newest.content.said),
        VersionState=VersionState,
    )


@blueprint.post("/staff/signposting/<contact_id>/propose")
@web.allow(*EDITORS)
def propose(contact_id: str) -> Response:
    """Send the draft to a second person."""
    return _proposed(contact_id)


@blueprint.post("/staff/signposting/<contact_id>/approve")
@web.allow(Role.ADMIN, Role.MANAGER)
def approve(contact_id: str) -> Response:
    """Publish what was proposed, exactly as it was shown."""
    try:
        service.approve(
            signpost_id=contact_id,
            seen=_number(request.form.get("seen")),
            by=access.current(),
            at=clock.now(),
        )
    except Refused as refusal:
        return redirect(url_for("signposting.look", contact_id=contact_id, problem=refusal.code), 303)
    return redirect(url_for("signposting.look", contact_id=contact_id), 303)


@blueprint.post("/staff/signposting/<contact_id>/return")
@web.allow(Role.ADMIN, Role.MANAGER)
def send_back(contact_id: str) -> Response:
    """Say no to what was proposed."""
    service.send_back(
        signpost_id=contact_id, seen=_number(request.form.get("seen")), by=access.current(), at=clock.now()
    )
    return redirect(url_for("signposting.look", contact_id=contact_id), 303)


def _opened(contact: Contact) -> dict[str, object]:
    seen = contact.waiting.seen if contact.waiting else 0
    return filled(contact.newest, seen=seen, today=clock.today())


def _edit_page(form: ContactForm, contact: Contact | None) -> tuple[str, int]:
    error = bool(form.errors)
    page = render_template(
        "signposting/edit.html", form=form, contact=contact, error=error, today=clock.today()
    )
    return page, 400 if error else 200


def _after_saving(contact_id: str) -> Response:
    """Save keeps the draft; the main button also sends it to a second person."""
    if "propose" in request.form:
        return _proposed(contact_id)
    return redirect(url_for("signposting.look", contact_id=contact_id), 303)


def _proposed(contact_id: str) -> Response:
    try:
        service.propose(signpost_id=contact_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return redirect(url_for("signposting.look", contact_id=contact_id, problem=refusal.code), 303)
    return redirect(url_for("signposting.look", contact_id=contact_id), 303)


def _explain(form: ContactForm, refusal: Refused) -> None:
    words = {
        "number": (form.target, _("Enter a number with digits and spaces only, such as 0151 496 0123")),
        "https": (form.target, _("Enter a whole address that begins with https://")),
        "review": (
            form.review_day,
            _("Choose a review day within the next %(days)s days", days=service.REVIEW_DAYS),
        ),
    }
    field, message = words[refusal.code]
    field.errors = [*field.errors, message]


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
        "not_proposed": _("This version has not been sent to a second person yet."),
    }
    return words.get(code, "")


def _number(typed: str | None) -> int:
    if typed is None or not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise NotFound("version")
    return int(typed)


def _is_editor() -> bool:
    return access.current().role in EDITORS
