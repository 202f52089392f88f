""" "We will talk about it": somebody has read that a student asked to."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.alerts import service
from student_portal.caseload.views.base import blueprint
from student_portal.foundation import clock, web


@blueprint.post("/staff/caseload/<person_id>/talk")
@web.allow(Role.THERAPIST)
def will_talk(person_id: str) -> Response:
    """Say that it was read; the student's page for it says so from now on."""
    service.will_talk(person_id=person_id, by=access.current(), at=clock.now())
    return redirect(url_for("caseload.student", person_id=person_id), 303)
