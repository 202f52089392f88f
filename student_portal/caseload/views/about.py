"""What a student is called and the rows about them that staff enter, with what stood there before."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import forms, queries, service
from student_portal.caseload.views import words
from student_portal.caseload.views.base import blueprint, opened
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Conflict, Refused


@blueprint.get("/staff/caseload/<person_id>/about")
@web.allow(Role.THERAPIST)
def about(person_id: str) -> str:
    """The rows, ready to be changed, and every version of them."""
    return _about_page(person_id)


@blueprint.post("/staff/caseload/<person_id>/about")
@web.allow(Role.THERAPIST)
def describe(person_id: str) -> Response | tuple[str, int]:
    """Enter them; if somebody else did meanwhile, show both."""
    viewer, form = access.current(), forms.AboutForm()
    if not form.validate_on_submit():
        return _about_page(person_id, form), 400
    try:
        service.describe(
            person_id=person_id,
            name=form.name.data,
            pronouns=form.pronouns.data,
            access_needs=form.access_needs.data,
            safe_contact=form.safe_contact.data,
            seen_version=form.seen,
            by=viewer,
            at=clock.now(),
        )
    except Refused as refusal:
        form.refuse_name(refusal.code)
        return _about_page(person_id, form), 400
    except Conflict:
        return _about_page(person_id, form, changed=True), 409
    return redirect(url_for("caseload.reaching", person_id=person_id), 303)


def _about_page(person_id: str, form: forms.AboutForm | None = None, *, changed: bool = False) -> str:
    viewer = access.current()
    with db.write():
        history = queries.about_history(viewer, person_id)
        name = opened(viewer, person_id)
    stands = history[0] if history else queries.NOTHING
    form = form or forms.about_form(name, stands)
    if changed:
        form.version.data = str(stands.version)
    return render_template(
        "caseload/about.html",
        form=form,
        name=name,
        person_id=person_id,
        history=history,
        versions=words.versions(name, history),
        changed=changed,
        error=changed or bool(form.errors),
    )
