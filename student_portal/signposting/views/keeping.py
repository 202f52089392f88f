"""A student keeps the help page on their phone, to be found there without a line; and takes it off again."""

from pathlib import Path

from flask import Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from student_portal.foundation import db, i18n, web
from student_portal.signposting import queries
from student_portal.signposting.views import copies
from student_portal.signposting.views.help import blueprint


@blueprint.get("/help/copy")
@web.allow(web.ANYONE)
def copy() -> str:
    """What is kept: the same copy that the proxy shows when we are gone."""
    try:
        return copies.page(queries.for_everybody(i18n.language()))
    except db.Unreachable:
        return copies.page([])


@blueprint.get("/help/kept.js")
@web.allow(web.ANYONE)
def kept_script() -> Response:
    """The script that answers on the phone; it may answer for this page and for nothing else."""
    source = Path(current_app.root_path, "static/js/kept.js").read_bytes()
    script = Response(source, mimetype="text/javascript")
    script.headers["Service-Worker-Allowed"] = url_for("help.show")
    return script


@blueprint.get("/help/exit")
@web.allow(web.ANYONE)
def leave_kept() -> Redirect:
    """Exit on the copy. On a phone that keeps it, the script there takes it off first, line or no line."""
    return redirect(url_for("pages.exit"), 303)
