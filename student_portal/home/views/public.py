"""The pages that are the same for everybody, and the way out."""

from contextlib import suppress

from flask import Blueprint, make_response, redirect, render_template
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.accounts import service as accounts
from student_portal.foundation import clock, cookies, db, web
from student_portal.settings import queries as settings

blueprint = Blueprint("pages", "student_portal.home")


@blueprint.get("/")
@web.allow(web.ANYONE)
def home() -> str:
    """The three ways in: help now, ask for support, sign in."""
    return render_template("pages/home.html")


@blueprint.get("/who")
@web.allow(web.ANYONE)
def who() -> str:
    """Who reads what a student writes, and when."""
    return render_template("pages/who.html")


@blueprint.get("/privacy")
@web.allow(web.ANYONE)
def privacy() -> str:
    """What is kept, and what stays on the phone."""
    return render_template("pages/privacy.html")


@blueprint.get("/accessibility")
@web.allow(web.ANYONE)
def accessibility() -> str:
    """What works for whom, and what nobody has checked yet."""
    return render_template("pages/accessibility.html")


@blueprint.get("/exit/more")
@web.allow(web.ANYONE)
def leaving() -> str:
    """What Exit does, and, as honestly, what it cannot do."""
    facts = {}
    with suppress(db.Unreachable):
        facts["idle_minutes"] = settings.current().idle_minutes
    return render_template("pages/leaving.html", **facts)


@blueprint.get("/exit")
@web.allow(web.ANYONE)
def exit() -> Response:
    """Lock what was open and lead away, even when the database is gone. A link: it works without scripts.

    A help page that is kept on the phone goes too. Cookies are not cleared with it: a member of staff may be
    signed in on the other side, and the student's is emptied here.
    """
    target = ""
    with suppress(db.Unreachable):
        target = settings.current().exit_target
        viewer = access.current()
        if viewer.session_id:
            accounts.end_session(session_id=viewer.session_id, by=viewer, at=clock.now())
    cookies.forget()
    leaving = make_response(redirect(target) if target else render_template("pages/exit.html"))
    leaving.headers["Clear-Site-Data"] = '"storage"'
    return leaving
