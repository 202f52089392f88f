"""The one page that a lent device opens on the staff's side: the therapist's own six digits."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import LENT
from student_portal.accounts import service
from student_portal.accounts.forms import UnlockForm
from student_portal.accounts.views.staff import blueprint, local_path
from student_portal.foundation import clock, cookies, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _


@blueprint.route("/staff/accounts/unlock", methods=["GET", "POST"])
@web.allow(LENT)
def unlock() -> str | Response | tuple[str, int]:
    """Nothing of anybody's record, not even a name, until the digits are right."""
    form = UnlockForm(next=local_path(request.args.get("next")))
    if form.validate_on_submit():
        try:
            return _take_back(form)
        except Refused as refused:
            if refused.code == "ended":
                return redirect(url_for("accounts.staff_sign_in"), 303)
            form.refuse(_("These digits are wrong or were used before. Wait for new ones and try again"))
    page = render_template("accounts/unlock.html", form=form, error=bool(form.errors))
    return (page, 400) if form.errors else page


def _take_back(form: UnlockForm) -> Response:
    """The device is the therapist's again; the students' side of this browser holds nobody any more."""
    viewer = access.current()
    secret = service.take_back(
        code=form.code.data,
        students_secret=cookies.students().get("secret"),
        by=viewer,
        at=clock.now(),
    )
    session.clear()
    session["secret"], session["seen"] = secret, int(clock.real().timestamp())
    wanted = local_path(form.next.data) or url_for("measures.of_session", session_id=viewer.about)
    back = redirect(wanted, 303)
    cookies.write_students(back, {})
    return back
