"""A student signs in: number or e-mail, code, date of birth; and signs out.

Every page says the same, and takes as long, whether or not we know the address.
"""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import service
from student_portal.accounts.forms import AskForm, CodeForm
from student_portal.accounts.queries import CodePurpose
from student_portal.accounts.views.base import code, leave
from student_portal.accounts.views.locked import whose_screen
from student_portal.foundation import clock, cookies, ids, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings


@code.route("/code", methods=["GET", "POST"])
@web.allow(web.ANYONE)
def ask() -> str | Response | tuple[str, int]:
    """Where to send a code."""
    form = AskForm()
    if not form.validate_on_submit():
        return _ask_page(form, resting=False)
    address = form.address()
    session["browser"] = session.get("browser") or ids.new()
    try:
        session["code"] = service.ask_code(
            purpose=CodePurpose.SIGN_IN,
            about=session["browser"],
            channel=Channel(address.channel),
            address=address.value,
            by=access.current(),
            at=clock.now(),
            machine=request.remote_addr,
        )
    except Refused:
        return _ask_page(form, resting=True)
    return redirect(url_for("code.enter"), 303)


def _ask_page(form: AskForm, *, resting: bool) -> str | tuple[str, int]:
    page = render_template(
        "accounts/ask.html",
        form=form,
        resting=resting,
        error=bool(form.errors),
        team_phone=settings.current().team_phone,
    )
    return (page, 429) if resting else (page, 400) if form.errors else page


@code.route("/code/enter", methods=["GET", "POST"])
@web.allow(web.ANYONE)
def enter() -> str | Response | tuple[str, int]:
    """The six digits, if they came."""
    if "code" not in session:
        return redirect(url_for("code.ask"), 303)
    form = CodeForm()
    if form.validate_on_submit() and _is_right(form):
        session["proof"] = {"code": session.pop("code")}
        return redirect(url_for("code.proof"), 303)
    page = render_template(
        "accounts/enter.html", form=form, error=bool(form.errors), team_phone=settings.current().team_phone
    )
    return (page, 400) if form.errors else page


def _is_right(form: CodeForm) -> bool:
    try:
        if service.check_code(code_id=session["code"], digits=form.digits.data, at=clock.now()):
            return True
        form.refuse(_("That is not the code in the newest message. Check it and try again"))
    except Refused:
        form.refuse(_("This code does not work any more. Ask for a new one below"))
    return False


@code.post("/code/out")
@web.allow(web.ANYONE)
def out() -> Response:
    """Sign out."""
    leave()
    return redirect(url_for("pages.home"), 303)


@code.get("/code/locked")
@web.allow(web.ANYONE)
def locked() -> str | Response:
    """A screen left alone leads here. A GET that only ever locks, so that it works however it is reached."""
    writer = access.current() if access.current().session_id else whose_screen()
    leave()
    if cookies.LENT in session:
        return redirect(url_for("measures.back", pressed=request.args.get("pressed")), 303)
    return render_template(
        "accounts/locked.html",
        minutes=settings.current().idle_minutes,
        pressed="pressed" in request.args,
        kept="kept" in request.args,
        behind_link=writer is not None and writer.role == Role.LINK,
    )
