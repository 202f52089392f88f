"""Staff sign in and out, and find the first page of their role."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import STAFF, Role
from student_portal.accounts import service
from student_portal.accounts.forms import StaffForm
from student_portal.accounts.views.base import become, leave, way_back
from student_portal.foundation import clock, cookies, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _

blueprint = Blueprint("accounts", "student_portal.accounts")

# The other roles work on the help contacts for now; each room that comes for them changes its line.
FIRST_PAGE = {Role.THERAPIST: "/staff/caseload"}
ELSE_FIRST = "/staff/signposting"


@blueprint.get("/staff")
@web.allow(*STAFF)
def staff_start() -> Response:
    """Lead to the first page of this role."""
    return redirect(FIRST_PAGE.get(Role(access.current().role), ELSE_FIRST), 303)


@blueprint.route("/staff/accounts/sign-in", methods=["GET", "POST"])
@web.allow(web.ANYONE)
def staff_sign_in() -> str | Response | tuple[str, int]:
    """E-mail, password and six digits on one page; one sentence for everything that is wrong."""
    form = StaffForm(next=local_path(request.args.get("next")))
    if form.validate_on_submit() and _is_let_in(form):
        return _in_hand_again(form.next.data)
    page = render_template(
        "accounts/staff_sign_in.html",
        form=form,
        error=bool(form.errors),
        pressed="pressed" in request.args,
        kept="kept" in request.args,
    )
    return (page, 400) if form.errors else page


def _is_let_in(form: StaffForm) -> bool:
    try:
        proved = service.sign_in_staff(
            email=form.email.data, password=form.password.data, code=form.code.data
        )
    except Refused:
        form.refuse(
            _(
                "These three do not fit together, or the six digits were used before. Wait for new digits "
                "and try again. After several tries, wait 15 minutes"
            )
        )
        return False
    become(role=proved.role, person_id=proved.person_id, about=None, proved_by="password")
    wanted = local_path(form.next.data) or url_for("accounts.staff_start")
    form.next.data = way_back(proved.role, proved.person_id, wanted)
    return True


def _in_hand_again(where: str) -> Response:
    """Onward from the sign-in; if this device was lent, its student is signed out with it."""
    held, onward = cookies.students(), redirect(where, 303)
    if cookies.LENT in held:
        secret, viewer = held.get("secret"), access.current()
        service.sign_out_student(secret=secret, only_here=True, by=viewer, at=clock.now())
        cookies.write_students(onward, {})
    return onward


def local_path(wanted: str | None) -> str:
    """The page somebody wanted if it is one of the staff's on this host, else nothing."""
    path = wanted or ""
    parts = urlsplit(path)
    local = not (parts.scheme or parts.netloc) and "\\" not in path and path.isprintable()
    return path if local and web.is_staff_side(parts.path) and path.startswith("/staff") else ""


@blueprint.post("/staff/accounts/out")
@web.allow(web.ANYONE)
def staff_out() -> Response:
    """Sign out on this side only."""
    leave()
    return redirect(url_for("accounts.staff_sign_in"), 303)
