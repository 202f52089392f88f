"""One list of everything somebody must do; taking, handing over and finishing."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import STAFF
from student_portal.alerts import forms, queries, service
from student_portal.alerts.queries import TaskRow
from student_portal.alerts.views import words
from student_portal.alerts.views.base import blueprint
from student_portal.alerts.views.rota import EDITORS
from student_portal.audit import service as audit
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.foundation.i18n import gettext as _

WHOSE = ("mine", "team", "all")

_STUDENT, _REACHING = "caseload.student", "caseload.reaching"
_PLACES: dict[TaskKind, tuple[str, str]] = {
    TaskKind.ANSWER_TO_READ: (_STUDENT, "person_id"),
    TaskKind.NEW_REFERRAL: ("referral.one", "referral_id"),
    TaskKind.HUMANE_CONTACT: ("episodes.contact", "person_id"),
    TaskKind.UNDELIVERED_TEXT: (_REACHING, "person_id"),
    TaskKind.ASKED_TO_TALK: (_STUDENT, "person_id"),
    TaskKind.FOLLOW_UP: (_STUDENT, "person_id"),
    TaskKind.CALL_BACK: (_REACHING, "person_id"),
    TaskKind.WRONG_NUMBER: (_REACHING, "person_id"),
    TaskKind.CONTENT_REVIEW: ("signposting.contacts", ""),
    TaskKind.BROKEN_LINK: ("signposting.contacts", ""),
    TaskKind.SOMETHING_STOPPED: ("alerts.what_runs", ""),
    TaskKind.ESCALATION_FAILED: ("alerts.on_duty", ""),
    TaskKind.GOING_LIVE: ("governance.go_live", ""),
}
"""Where each kind is done: an endpoint, and the part of its address that names the thing, if one does."""


@blueprint.get("/staff/alerts/tasks")
@web.allow(*STAFF)
def tasks() -> str:
    """?whose=mine (the default), team or all."""
    wanted = request.args.get("whose")
    whose = wanted if wanted in WHOSE else WHOSE[0]
    viewer, now = access.current(), clock.now()
    with db.write():
        rows = queries.tasks(viewer, whose)
        named = sorted({str(row.facts.person_id) for row in rows if row.name})
        if named:
            audit.record(
                verb="alerts.tasks",
                subject=("service", viewer.service_id),
                by=viewer,
                at=now,
                detail={"people": named},
            )
    return render_template(
        "alerts/tasks.html",
        now=now,
        rows=[(row, _place(row)) for row in rows],
        whose=whose,
        kinds=words.KINDS,
        gone="gone" in request.args,
        sees_rota=access.current().role in EDITORS,
    )


def _place(row: TaskRow) -> str | None:
    """Where this task is done, if this viewer may go there."""
    endpoint, part = _PLACES[row.facts.kind]
    policies = current_app.extensions["policies"]
    names_a_student = part == "person_id" or row.facts.person_id is not None
    if not access.permits(policies[endpoint], access.current()) or (
        part and names_a_student and not row.name
    ):
        return None
    thing = row.facts.person_id if part == "person_id" else row.facts.subject_id
    values: dict[str, Any] = {part: thing} if part else {}
    return url_for(endpoint, **values)


@blueprint.post("/staff/alerts/tasks/<task_id>/claim")
@web.allow(*STAFF)
def claim(task_id: str) -> Response:
    """Take a task of the team's; if somebody was faster, the list says so."""
    try:
        service.claim(task_id=task_id, by=access.current(), at=clock.now())
    except Conflict:
        return redirect(url_for("alerts.tasks", whose="team", gone=1), 303)
    return redirect(url_for("alerts.tasks"), 303)


@blueprint.route("/staff/alerts/tasks/<task_id>/hand-over", methods=["GET", "POST"])
@web.allow(*STAFF)
def hand_over(task_id: str) -> str | Response | tuple[str, int]:
    """To whom. What was chosen stays if somebody changed the task meanwhile."""
    viewer = access.current()
    row = queries.task(viewer, task_id)
    form = forms.HandOverForm(colleagues=queries.who_could(row.facts, clock.now()), seen=row.facts.version)
    if not form.validate_on_submit():
        return _page("alerts/hand_over.html", row, form, 400 if form.errors else 200)
    try:
        service.pass_on(
            task_id=task_id, to=form.to.data, seen_version=form.version, by=viewer, at=clock.now()
        )
    except Conflict:
        row = queries.task(viewer, task_id)
        form.seen.data = str(row.facts.version)
        form.refuse(_("Somebody changed this after you opened the page. Look at it as it is now."))
        return _page("alerts/hand_over.html", row, form, 409)
    except Refused:
        form.refuse(_("They cannot take it now. Choose somebody else."))
        return _page("alerts/hand_over.html", row, form, 400)
    return redirect(url_for("alerts.tasks"), 303)


@blueprint.route("/staff/alerts/tasks/<task_id>/done", methods=["GET", "POST"])
@web.allow(*STAFF)
def done(task_id: str) -> str | Response | tuple[str, int]:
    """What was done, in words."""
    viewer = access.current()
    row = queries.task(viewer, task_id)
    form = forms.DoneForm()
    if not form.validate_on_submit():
        return _page("alerts/done.html", row, form, 400 if form.errors else 200)
    service.done(task_id=task_id, note=form.note.data, by=viewer, at=clock.now())
    return redirect(url_for("alerts.tasks"), 303)


def _page(template: str, row: TaskRow, form: forms.TaskForm, status: int) -> str | tuple[str, int]:
    page = render_template(
        template,
        now=clock.now(),
        row=row,
        form=form,
        kind=words.KINDS[row.facts.kind],
        error=bool(form.errors),
    )
    return page if status == 200 else (page, status)
