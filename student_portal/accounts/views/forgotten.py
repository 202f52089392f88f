"""A therapist removes a PIN that their student forgot, and lets them in again after too many wrong tries."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries, service
from student_portal.accounts.views.staff import blueprint
from student_portal.foundation import clock, web


@blueprint.get("/staff/accounts/pin/<person_id>")
@web.allow(Role.THERAPIST)
def forgotten_pin(person_id: str) -> str:
    """What to make sure of first."""
    viewer = access.current()
    return render_template(
        "accounts/forgotten_pin.html",
        person_id=person_id,
        name=queries.name_of(viewer, person_id),
        is_set=queries.pin(viewer, person_id).is_set,
        wrong_tries=queries.wrong_tries(viewer, person_id),
    )


@blueprint.post("/staff/accounts/pin/<person_id>")
@web.allow(Role.THERAPIST)
def remove_forgotten_pin(person_id: str) -> Response:
    """Remove it; pressed twice is harmless."""
    service.remove_pin(person_id=person_id, by=access.current(), at=clock.now())
    return redirect(url_for("caseload.student", person_id=person_id), 303)
