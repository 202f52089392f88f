"""On duty: what nobody has read yet, who is there, what has stopped. For everybody in the team."""

from flask import render_template

from student_portal.access import queries as access
from student_portal.access.queries import STAFF
from student_portal.alerts import queries
from student_portal.alerts.views import words
from student_portal.alerts.views.base import blueprint
from student_portal.alerts.views.rota import EDITORS
from student_portal.alerts.views.running import look
from student_portal.audit import service as audit
from student_portal.foundation import clock, db, web


@blueprint.get("/staff/alerts/duty")
@web.allow(*STAFF)
def on_duty() -> str:
    """Names of students stand here only for who may open their record; seeing them is recorded."""
    viewer, now = access.current(), clock.now()
    with db.write():
        rows = queries.waiting(viewer, at=now)
        named = [row.person_id for row in rows if row.person_id]
        if named:
            audit.record(
                verb="alerts.duty",
                subject=("service", viewer.service_id),
                by=viewer,
                at=now,
                detail={"people": sorted(set(named))},
            )
        who = queries.on_duty(now)
    return render_template(
        "alerts/duty.html",
        now=now,
        rows=rows,
        who=who,
        running=look(viewer),
        troubles=words.TROUBLES,
        is_manager=viewer.role == access.Role.MANAGER,
        sees_rota=viewer.role in EDITORS,
    )
