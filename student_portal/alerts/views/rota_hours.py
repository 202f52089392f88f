"""When the service works: the hours of a week, bank holidays, further closed days."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.alerts.forms import rota as forms
from student_portal.alerts.views.base import blueprint
from student_portal.duty import queries
from student_portal.duty import service as duty
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused

LISTED = timedelta(days=366)


@blueprint.route("/staff/alerts/rota/hours", methods=["GET", "POST"])
@web.allow(Role.MANAGER)
def hours() -> str | Response | tuple[str, int]:
    """From today on; students are told by these when somebody reads."""
    now = clock.now()
    form = forms.week_form(queries.calendar(now).hours)
    if not form.validate_on_submit():
        return _page(form, forms.ClosedForm()), 400 if form.errors else 200
    try:
        duty.set_week(week=forms.week_of(form), by=access.current(), at=now)
    except Refused as refusal:
        form.closes_0.errors = [*form.closes_0.errors, forms.REFUSALS[refusal.code]]
        return _page(form, forms.ClosedForm()), 400
    return _to_hours()


def _page(week: Any, closing: forms.ClosedForm) -> str:
    now = clock.now()
    return render_template(
        "alerts/hours.html",
        week=week,
        closing=closing,
        weekdays=forms.WEEKDAYS,
        is_decided=queries.are_hours_decided(),
        closed=queries.closed_days(now, clock.today() + LISTED),
    )


def _to_hours() -> Response:
    return redirect(url_for("alerts.hours"), 303)


@blueprint.post("/staff/alerts/rota/closed")
@web.allow(Role.MANAGER)
def close() -> Response | tuple[str, int]:
    """Days on which nobody works."""
    form, now = forms.ClosedForm(), clock.now()
    week = forms.week_form(queries.calendar(now).hours)
    if not form.validate_on_submit():
        return _page(week, form), 400
    try:
        duty.close_days(first=form.first.data, last=form.last.data, by=access.current(), at=now)
    except Refused as refusal:
        form.refuse(refusal.code)
        return _page(week, form), 400
    return _to_hours()


@blueprint.post("/staff/alerts/rota/closed/<closed_id>/open")
@web.allow(Role.MANAGER)
def open_again(closed_id: str) -> Response:
    """The service works on these days after all."""
    duty.open_days(closed_id=closed_id, by=access.current(), at=clock.now())
    return _to_hours()
