"""All my students at once, for six digits: their reports, made by the worker and taken one by one, and the
list of them as a table.
"""

from collections.abc import Callable

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.caseload import queries, service
from student_portal.caseload.forms import ReportsForm
from student_portal.caseload.queries import StudentRow
from student_portal.caseload.views.base import blueprint
from student_portal.caseload.views.report import paper
from student_portal.foundation import clock, db, pdf, tables, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _


@blueprint.route("/staff/caseload/reports", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def reports() -> str | Redirect | tuple[str, int]:
    """Ask for the reports of all my students, or take the list of them. Many records at once take one's own
    six digits again.
    """
    viewer, form = access.current(), ReportsForm()
    people = queries.whose(viewer)
    if form.validate_on_submit():
        try:
            accounts.step_up(code=form.code.data, by=viewer, at=clock.now())
        except Refused:
            form.refuse(_("These digits are wrong or were used before. Wait for new ones and try again"))
        else:
            if "list" in request.form:
                return web.download(tables.as_csv(_list_taken(viewer)), "list.csv")
            batch_id = service.ask_reports(people=people, by=viewer, at=clock.now())
            return redirect(url_for("caseload.batch", batch_id=batch_id), 303)
    page = render_template(
        "caseload/reports.html",
        form=form,
        count=len(people),
        is_available=pdf.is_available(),
        error=bool(form.errors),
    )
    return (page, 400) if form.errors else page


def _list_taken(viewer: Viewer) -> list[list[str]]:
    """Where each student stands, without an answer or a score; each finds in their log that it was taken."""
    now = clock.now()
    with db.write():
        rows = queries.everybody(viewer, at=now)
        audit.record_each(
            verb="caseload.export_list",
            subjects=[(("person", row.episode.person_id), row.episode.person_id) for row in rows],
            by=viewer,
            at=now,
        )
    head = [
        _("Name"), _("Sessions held"), _("Sessions"), _("Next session"), _("Date"), _("With you since"),
        _("As at"),
    ]  # fmt: skip
    return [head, *([*_cells(row), clock.london(now).isoformat(" ", "minutes")[:16]] for row in rows)]


def _cells(row: StudentRow) -> list[str]:
    ahead = row.next.facts if row.next else None
    return [
        row.name,
        str(row.held),
        str(len(row.episode.sessions)),
        str(ahead.number) if ahead else "",
        clock.london(ahead.starts_at).isoformat(" ", "minutes")[:16] if ahead and ahead.starts_at else "",
        clock.london(row.episode.opened_at).date().isoformat(),
    ]


@blueprint.get("/staff/caseload/reports/<batch_id>")
@web.allow(Role.THERAPIST)
def batch(batch_id: str) -> str:
    """How many are made, and each that is."""
    found = queries.batch(access.current(), batch_id, at=clock.now())
    return render_template("caseload/batch.html", batch=found)


@blueprint.post("/staff/caseload/reports/take/<report_id>")
@web.allow(Role.THERAPIST)
def take_report(report_id: str) -> Response:
    """One made report."""
    made = service.take_report(report_id=report_id, by=access.current(), at=clock.now())
    return web.download(made, "report.pdf")


def maker(app: Flask) -> Callable[[], None]:
    """What the worker does each second: make one report, if one waits and PDFs can be made here."""

    def draw(viewer: Viewer, person_id: str) -> bytes:
        with app.test_request_context("/staff/caseload"):
            with db.read():  # or a form sent meanwhile would be "started" in one place and sent in another
                report = queries.report(viewer, person_id, at=clock.now())
            return pdf.make(paper(report))

    def make() -> None:
        if pdf.is_available():
            service.make_report(draw=draw, at=clock.now())

    return make
