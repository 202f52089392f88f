"""Marking an answer as read, and saying what was done. The words themselves stand on the student's page."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.alerts import forms, queries, service
from student_portal.alerts.queries import AlertView
from student_portal.alerts.views.base import blueprint
from student_portal.audit import service as audit
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Conflict, Refused


@blueprint.post("/staff/alerts/<alert_id>/read")
@web.allow(Role.THERAPIST)
def read(alert_id: str) -> Response:
    """Mark it as read; if the student changed it meanwhile, back to the words as they are now."""
    viewer = access.current()
    alert = queries.one(viewer, alert_id)
    form = forms.ReadForm()
    if not form.validate_on_submit():
        raise Refused("form")
    try:
        service.acknowledge(alert_id=alert.id, seen_version=form.seen, by=viewer, at=clock.now())
    except Conflict:
        return _to_student(alert, changed=1)
    return _to_student(alert)


@blueprint.route("/staff/alerts/<alert_id>/did", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def did(alert_id: str) -> Response | tuple[str, int]:
    """Write down what was done. What was typed stays, whatever keeps it from being saved."""
    viewer = access.current()
    form = forms.DidForm()
    if not form.validate_on_submit():
        return _did_page(alert_id, form), 400 if form.errors else 200
    alert = queries.one(viewer, alert_id)
    try:
        service.act(alert_id=alert.id, note=form.note.data, seen_version=form.seen, by=viewer, at=clock.now())
    except Conflict:
        return _did_page(alert_id, form, changed=True), 409
    return _to_student(alert)


def _did_page(alert_id: str, form: forms.DidForm, *, changed: bool = False) -> str:
    """The words as they stand now, which is a reading, and the box."""
    viewer = access.current()
    with db.write():
        alert = queries.one(viewer, alert_id)
        audit.record(
            verb="alerts.open",
            subject=("alert", alert.id),
            person_id=alert.person_id,
            by=viewer,
            at=clock.now(),
        )
        name = accounts.name_of(viewer, alert.person_id)
    form.version.data = str(alert.version)
    error = changed or bool(form.errors)
    return render_template("alerts/did.html", alert=alert, name=name, form=form, changed=changed, error=error)


def _to_student(alert: AlertView, *, changed: int | None = None) -> Response:
    anchor = f"read-{alert.id}"
    page = url_for("caseload.student", person_id=alert.person_id, changed=changed, _anchor=anchor)
    return redirect(page, 303)
