"""Entering leave, and who stands in. What leave would leave is said before it is saved, not forbidden."""

from flask import render_template
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts.queries import Staff
from student_portal.alerts.forms import rota as forms
from student_portal.alerts.queries import rota as queries
from student_portal.alerts.queries.rota import LeftBehind
from student_portal.alerts.views import rota_words as words
from student_portal.alerts.views.base import blueprint
from student_portal.alerts.views.rota import EDITORS, to_rota
from student_portal.duty import queries as duty_queries
from student_portal.duty import service as duty
from student_portal.duty.queries import Away
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused


@blueprint.route("/staff/alerts/rota/leave", methods=["GET", "POST"])
@web.allow(*EDITORS)
def leave() -> str | Response | tuple[str, int]:
    """One's own; a manager enters anybody's."""
    viewer, now = access.current(), clock.now()
    form = forms.LeaveForm(people=_people(), data={"who": viewer.person_id})
    if not form.validate_on_submit():
        return _leave_page(form), 400 if form.errors else 200
    away = Away(form.who.data, form.span())
    left = queries.left_behind(away, now)
    if not left.is_nothing and form.seen.data != form.entry:
        form.seen.data = form.entry
        return _leave_page(form, left)
    try:
        duty.set_absence(person_id=away.person_id, span=away.span, by=viewer, at=now)
    except Refused as refusal:
        form.refuse(refusal.code)
        return _leave_page(form), 400
    return to_rota()


def _people() -> list[Staff]:
    viewer = access.current()
    team = [*queries.therapists(), *queries.managers()]
    return team if viewer.role == Role.MANAGER else [one for one in team if one.id == viewer.person_id]


def _leave_page(form: forms.LeaveForm, left: LeftBehind | None = None) -> str:
    calendar = duty_queries.calendar(clock.now())
    said = words.left_words(left, calendar) if left else []
    return render_template("alerts/leave.html", form=form, left=said, is_own=len(form.who.choices) == 1)


@blueprint.route("/staff/alerts/rota/stand-in", methods=["GET", "POST"])
@web.allow(Role.MANAGER)
def stand_in() -> str | Response | tuple[str, int]:
    """Who reads for whom, or is the manager on duty; after those who are named already."""
    therapists, managers = queries.therapists(), queries.managers()
    form = forms.StandInForm(therapists=therapists, managers=managers, data={"first": clock.today()})
    if not form.validate_on_submit():
        return _stand_in_page(form), 400 if form.errors else 200
    try:
        _set(form)
    except Refused as refusal:
        form.refuse(refusal.code)
        return _stand_in_page(form), 400
    return to_rota()


def _set(form: forms.StandInForm) -> None:
    by, at, who = access.current(), clock.now(), str(form.who.data)
    if form.purpose.data == forms.MANAGER:
        duty.set_manager_on_duty(person_id=who, span=form.span(), by=by, at=at)
    else:
        duty.set_cover(person_id=who, owner_id=form.owner_id, span=form.span(), by=by, at=at)


def _stand_in_page(form: forms.StandInForm) -> str:
    return render_template("alerts/stand_in.html", form=form)
