"""The student's own line: their forms over time in plain words, closed until they open it."""

from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from questionnaires import load
from student_portal.access.queries import Role
from student_portal.episodes.queries import SessionFacts, placed
from student_portal.foundation import chart, clock, pdf, web
from student_portal.foundation.chart import ChartGeometry, Point
from student_portal.foundation.i18n import gettext as _
from student_portal.home import queries
from student_portal.home.queries import OwnLine
from student_portal.home.views.base import blueprint, student
from student_portal.measures import service
from student_portal.measures.queries import LINE, SentForm


@blueprint.get("/home/line")
@web.allow(Role.STUDENT)
def line() -> str:
    """The line with every number in a table, or how to show it again."""
    mine = queries.own_line(*student())
    return render_template(
        "home/line.html",
        line=drawn(mine),
        is_hidden=mine.is_hidden,
        rights=rights(),
        has_copy=pdf.is_available(),
    )


@blueprint.post("/home/line")
@web.allow(Role.STUDENT)
def numbers() -> Response:
    """Hide all numbers, or show them again."""
    viewer, _person_id = student()
    service.hide_numbers(hidden="hide" in request.form, by=viewer, at=clock.now())
    return redirect(url_for("home.line"), 303)


def rights() -> str:
    """The line that stands wherever something of the instrument is shown."""
    return load(LINE).rights


def drawn(mine: OwnLine) -> ChartGeometry | None:
    """The line over all sessions with their dates; None while there is no number to show.

    No cut-off: alone with it, a person reads "ill" or "well" into a line that was drawn for talking.
    """
    counting = [form for form in mine.sent if not form.is_stale]
    points = [
        _point(facts, next((form for form in reversed(counting) if form.session_id == facts.id), None))
        for facts in placed(mine.sessions)
    ]
    return chart.line(points) if any(point.value is not None for point in points) else None


def _point(facts: SessionFacts, form: SentForm | None) -> Point:
    label, score = str(facts.number), form.line if form else None
    if form is None or score is None:
        return Point(on=_day(facts), value=None, label=label)
    return Point(
        on=_day(facts),
        value=score.value,
        label=label,
        embedded=form.is_embedded,
        shown=score.shown or "",
        form=form.label,
        answered=_("%(n)s of %(all)s", n=score.answered, all=score.items) if score.is_prorated else "",
    )


def _day(facts: SessionFacts) -> date | None:
    return clock.london(facts.starts_at).date() if facts.starts_at else None
