"""What was agreed when another route fitted better: help first, their page, a person to ask, the way back."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access.queries import Role
from student_portal.foundation import i18n, web
from student_portal.home import queries
from student_portal.home.views.base import blueprint, student
from student_portal.settings import queries as settings


@blueprint.get("/home/answer")
@web.allow(Role.STUDENT)
def answer() -> str | Response:
    """The written page for their reason; without such an answer, the first page."""
    mine = queries.answer(*student(), language=i18n.language())
    if mine is None:
        return redirect(url_for("home.show"), 303)
    return render_template("home/answer.html", mine=mine, team_phone=settings.current().team_phone)
