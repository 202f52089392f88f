"""What is running, in words for people and in figures for the machine that watches. No personal data."""

import hmac
from ipaddress import ip_address

from flask import current_app, render_template, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import STAFF
from student_portal.alerts import queries
from student_portal.alerts.queries import Running, Trouble
from student_portal.alerts.views import words
from student_portal.alerts.views.base import blueprint
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, web
from student_portal.foundation.errors import NotFound
from student_portal.settings import queries as settings


def look(viewer: Actor) -> Running:
    """How everything stands; a worker never seen counts as silent since this process first looked."""
    real = clock.real()
    since_real = current_app.extensions.setdefault("looks_since", real)
    return queries.running(viewer.service_id, at=clock.now(), real=real, since_real=since_real)


@blueprint.get("/staff/alerts/running")
@web.allow(*STAFF)
def what_runs() -> str:
    """For anybody on duty."""
    return render_template(
        "alerts/running.html",
        now=clock.now(),
        running=look(access.current()),
        troubles=words.TROUBLES,
        span=words.span,
    )


@blueprint.get("/metrics")
@web.allow(web.ANYONE)
def metrics() -> Response:
    """Gauges in Prometheus' words. To everybody but this machine, or whoever has the token, there is no such
    page.
    """
    if not _may_watch():
        raise NotFound("page")
    found = look(access.Viewer(settings.service_id(), None, access.Role.ANYONE))
    return Response("".join(_lines(found)), mimetype="text/plain")


def _may_watch() -> bool:
    """With a token in the configuration whoever shows it, from anywhere; without one this machine itself.
    What came through a proxy did not come from this machine.
    """
    token = current_app.config["PORTAL"].metrics_token
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not forwarded and ip_address(request.remote_addr or "::").is_loopback


def _lines(found: Running) -> list[str]:
    backlog = found.backlog
    waited = (found.at - found.queue_since).total_seconds() if found.queue_since else 0
    late = (found.at - found.due_since).total_seconds() if found.due_since else 0
    gauges = {
        "worker_silent_seconds": ("since the worker last finished a round", found.silent.total_seconds()),
        "messages_waiting": ("messages that wait", backlog.waiting),
        "messages_unknown": ("messages of which nobody can say whether they went", backlog.unknown),
        "messages_failed": ("messages that did not go", backlog.failed),
        "queue_age_seconds": ("how long the oldest message waits that could have gone", waited),
        "alerts_unread": ("answers and wishes to talk that nobody has read", found.unread),
        "alerts_overdue": ("those that nobody has read in time", found.overdue),
        "alerts_overdue_seconds": ("how long the first of those is overdue", late),
        "escalations_late": ("people who should have been told five minutes ago", found.steps_late),
        "escalations_failed": ("unread things of which somebody could not be told", found.missed),
        "tasks_open": ("tasks that are open", found.tasks),
        "tasks_overdue": ("tasks that are overdue", found.tasks_overdue),
    }
    lines = []
    for name, (meaning, value) in gauges.items():
        lines += [f"# HELP portal_{name} {meaning}\n# TYPE portal_{name} gauge\nportal_{name} {value:.0f}\n"]
    lines.append("# HELP portal_stopped 1 while this has stopped\n# TYPE portal_stopped gauge\n")
    return lines + [
        f'portal_stopped{{part="{trouble}"}} {int(trouble in found.troubles)}\n' for trouble in Trouble
    ]
