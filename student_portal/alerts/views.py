"""Marking an answer as read, and saying what was done. The words themselves stand on the student's page."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.alerts import forms, queries, service
from student_portal.alerts.queries import AlertView
from student_portal.audit import service as audit
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Refused

blueprint = Blueprint("alerts", __name__)


@blueprint.post("/staff/alerts/<alert_id>/read")
@web.allow(Role.THERAPIST)
def read(alert_id: str) -> Response:
    viewer = access.current()
    alert = queries.one(viewer, alert_id)
    if not forms.ReadForm().validate_on_submit():
        raise Refused("form")
    service.acknowledge(alert_id=alert.id, by=viewer, at=clock.now())
    return _to_student(alert)


@blueprint.route("/staff/alerts/<alert_id>/did", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def did(alert_id: str) -> Response | tuple[str, int]:
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
    form = forms.DidForm()
    if form.validate_on_submit():
        service.act(alert_id=alert.id, note=form.note.data, by=viewer, at=clock.now())
        return _to_student(alert)
    page = render_template("alerts/did.html", alert=alert, name=name, form=form, error=bool(form.errors))
    return page, 400 if form.errors else 200


def _to_student(alert: AlertView) -> Response:
    return redirect(url_for("caseload.student", person_id=alert.person_id, _anchor=f"read-{alert.id}"), 303)
