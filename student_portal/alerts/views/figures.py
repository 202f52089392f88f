"""How long answers waited, for the manager: no student, no member of staff."""

from flask import render_template, request

from student_portal.access.queries import Role
from student_portal.alerts import queries
from student_portal.alerts.views import words
from student_portal.alerts.views.base import blueprint
from student_portal.foundation import clock, web

DAYS = (28, 90)


@blueprint.get("/staff/alerts/figures")
@web.allow(Role.MANAGER)
def figures() -> str:
    """Of the last 28 days, or with ?days=90 of the last 90."""
    days = 90 if request.args.get("days") == "90" else 28
    now = clock.now()
    return render_template(
        "alerts/figures.html",
        now=now,
        figures=queries.figures(days=days, at=now),
        days=DAYS,
        span=words.span,
    )
