"""The student's side of a lent device: whatever ends the filling in, the device goes back."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.accounts import service as accounts
from student_portal.foundation import clock, cookies, web
from student_portal.foundation.errors import NotFound
from student_portal.measures import queries
from student_portal.measures.views.base import blueprint


def give_back() -> Response:
    """Sign the student out of the lent device, so that Back shows nothing, and ask for it back."""
    viewer = access.current()
    if viewer.session_id:
        accounts.end_session(session_id=viewer.session_id, by=viewer, at=clock.now())
    cookies.forget()
    return redirect(url_for("measures.back"), 303)


@blueprint.get("/form/back")
@web.allow(web.ANYONE)
def back() -> str | Response:
    """Give the device back: nothing but whether something was sent. Who still fills in is led back there."""
    lent_for = session.get(cookies.LENT)
    if lent_for is None:
        return redirect(url_for("pages.home"), 303)
    viewer = access.current()
    if viewer.is_here:
        return redirect(url_for("measures.first", session_id=viewer.about), 303)
    try:
        state = queries.form_state(lent_for)
    except NotFound:
        state = None
    return render_template(
        "measures/back.html", lent_for=lent_for, state=state, pressed="pressed" in request.args
    )
