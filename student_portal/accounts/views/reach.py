"""Where a member of staff is reached while they are on duty: only they see and change it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import STAFF
from student_portal.accounts import queries, service
from student_portal.accounts.forms import ReachForm
from student_portal.accounts.views.staff import blueprint
from student_portal.foundation import clock, web


@blueprint.route("/staff/accounts/reach", methods=["GET", "POST"])
@web.allow(*STAFF)
def reach() -> str | Response | tuple[str, int]:
    """Their own mobile number for texts on duty."""
    viewer = access.current()
    form = ReachForm(phone=queries.staff_phone(str(viewer.person_id)))
    if form.validate_on_submit():
        service.set_staff_phone(phone=form.number(), by=viewer, at=clock.now())
        return redirect(url_for("accounts.reach", saved=1), 303)
    page = render_template(
        "accounts/reach.html", form=form, saved="saved" in request.args, error=bool(form.errors)
    )
    return (page, 400) if form.errors else page
