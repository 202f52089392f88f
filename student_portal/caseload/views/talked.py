"""The tick "We talked about it", which the student sees."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload.views.base import blueprint
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock, web
from student_portal.measures import service as measures


@blueprint.post("/staff/caseload/talked/<session_id>")
@web.allow(Role.THERAPIST)
def talked(session_id: str) -> Response:
    """Set it, or take it back."""
    viewer = access.current()
    facts = episodes.one_session(viewer, session_id)
    measures.say_talked_about(
        session_id=session_id, is_so="back" not in request.form, by=viewer, at=clock.now()
    )
    return redirect(
        url_for("caseload.all_notes", person_id=facts.person_id, _anchor=f"note-{session_id}"), 303
    )
