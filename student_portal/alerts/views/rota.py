"""The rota: a week of every therapist, what is missing, who is away, who stands in."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.alerts.queries import rota as queries
from student_portal.alerts.views import rota_words as words
from student_portal.alerts.views.base import blueprint
from student_portal.duty import queries as duty_queries
from student_portal.duty import service as duty
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _

EDITORS = (Role.THERAPIST, Role.MANAGER)
A_WEEK = timedelta(days=7)
WEEKS = 4  # to look back and ahead


@blueprint.get("/staff/alerts/rota")
@web.allow(*EDITORS)
def rota() -> str:
    """?week=1: the next week, -1 the last; without it, or without sense in it, this week."""
    return _page()


def _page(refused: str = "") -> str:
    now, weeks, viewer = clock.now(), _weeks_on(), access.current()
    today = clock.today()
    monday = today - timedelta(days=today.weekday()) + weeks * A_WEEK
    return render_template(
        "alerts/rota.html",
        now=now,
        calendar=duty_queries.calendar(now),
        missing=queries.missing(now),
        week=queries.week(monday, now),
        monday=monday,
        before=weeks - 1 if weeks > -WEEKS else None,
        after=weeks + 1 if weeks < WEEKS else None,
        absences=queries.absences(now),
        turns=queries.turns(now),
        is_manager=viewer.role == Role.MANAGER,
        own_id=viewer.person_id,
        refused=refused,
        words=words,
    )


def _weeks_on() -> int:
    asked = request.args.get("week", "")
    return int(asked) if asked in map(str, range(-WEEKS, WEEKS + 1)) else 0


@blueprint.post("/staff/alerts/rota/leave/<absence_id>/end")
@web.allow(*EDITORS)
def end_leave(absence_id: str) -> Response:
    """They work after all, from now on."""
    duty.end_absence(absence_id=absence_id, by=access.current(), at=clock.now())
    return to_rota()


@blueprint.post("/staff/alerts/rota/turns/<turn_id>/end")
@web.allow(Role.MANAGER)
def end_turn(turn_id: str) -> Response | tuple[str, int]:
    """Nobody is removed as the last one: the page says whom to name first."""
    owners = [person.id for person in queries.therapists()]
    try:
        duty.end_turn(turn_id=turn_id, owners=owners, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _page(_last_words(refusal.code)), 409
    return to_rota()


def _last_words(code: str) -> str:
    if code == "last_manager":
        return str(_("Then no manager would be on duty at some time. Name somebody else first."))
    return str(_("Then nobody would stand in for a therapist at some time. Name somebody else first."))


def to_rota() -> Response:
    return redirect(url_for("alerts.rota"), 303)
