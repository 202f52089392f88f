"""The page "Going live": what is open, what to do about it, and managers' starts and stops."""

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.governance import queries, service
from student_portal.governance.forms import StartForm, StopForm
from student_portal.governance.queries import Blocker
from student_portal.institutions import queries as institutions
from student_portal.institutions import service as lists
from student_portal.messaging import queries as messaging

blueprint = Blueprint("governance", "student_portal.governance")

READERS = (Role.MANAGER, Role.ADMIN)


@dataclass(frozen=True)
class Place:
    """Where the things of one room are settled: `endpoint` is a page, "" where only a command does it."""

    title: str
    to_do: str
    endpoint: str = ""
    is_list: bool = False  # of universities, which is checked on this page


PLACES = {
    "settings": Place(
        _l("Settings of the service"),
        _l("Whoever runs the portal changes a setting with the command “decide” and writes down why."),
    ),
    "accounts": Place(
        _l("People of the team"),
        _l("Whoever runs the portal opens and closes accounts; the runbook says how."),
    ),
    "messaging": Place(
        _l("Sending"), _l("Whoever runs the portal gives it the providers' names; the README lists them.")
    ),
    "institutions": Place(
        _l("Universities"), _l("Hold each name against its own website, then press the button."), is_list=True
    ),
    "signposting": Place(
        _l("Help contacts"),
        _l("Whatever is changed there, a second person publishes it."),
        "signposting.contacts",
    ),
    "alerts": Place(
        _l("Rota and cover"), _l("Say who reads answers, and who stands in when."), "alerts.rota"
    ),
    "measures": Place(
        _l("The forms"),
        _l("Then whoever runs the portal writes down by whom and when, with the command “decide”."),
    ),
    "hazards": Place(
        _l("Hazard log"),
        _l("These are planned and not built. Going live without them is for a person to decide, in words."),
    ),
}


@blueprint.get("/staff/governance/go-live")
@web.allow(*READERS)
def go_live() -> str:
    """What is open, room by room, and what was decided."""
    return _page()


@blueprint.post("/staff/governance/go-live")
@web.allow(Role.MANAGER)
def start() -> Response | tuple[str, int]:
    """Send messages although something is open, or again, for a reason."""
    form = StartForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        service.start(reason=form.reason.data, seen=form.seen.data or "", by=access.current(), at=clock.now())
    except Conflict:
        return _page(form, changed=True), 409
    except Refused:
        return _to_page()  # nothing is left to decide
    return _to_page()


@blueprint.post("/staff/governance/go-live/stop")
@web.allow(Role.MANAGER)
def stop() -> Response | tuple[str, int]:
    """Let every message wait, for a reason; pressed twice is harmless."""
    form = StopForm()
    if not form.validate_on_submit():
        return _page(to_stop=form), 400
    service.stop(reason=form.why.data, by=access.current(), at=clock.now())
    return _to_page()


@blueprint.post("/staff/governance/universities")
@web.allow(*READERS)
def check_universities() -> Response:
    """Somebody checked the names that stood on the page."""
    shown = set(request.form.getlist("id"))
    checked = [place.id for place in institutions.unchecked() if place.id in shown]
    lists.check(organisation_ids=checked, by=access.current(), at=clock.now())
    return _to_page()


def _to_page() -> Response:
    return redirect(url_for("governance.go_live"), 303)


def _page(
    to_start: StartForm | None = None, to_stop: StopForm | None = None, *, changed: bool = False
) -> str:
    stands, now = queries.go_live(), clock.now()
    to_start, to_stop = to_start or StartForm(), to_stop or StopForm()
    to_start.over(stands.seen)
    return render_template(
        "governance/go_live.html",
        stands=stands,
        rooms=[(_place(room), list(of_room)) for room, of_room in groupby(stands.blockers, _room)],
        decisions=queries.decisions(),
        deployers=queries.deployers(),
        waiting=messaging.backlog(now),
        ran_out=messaging.ran_out_unsent(),
        unchecked=institutions.unchecked(),
        decides=access.current().role == Role.MANAGER,
        now=now,
        to_start=to_start,
        to_stop=to_stop,
        changed=changed,
        error=changed or bool(to_start.errors or to_stop.errors),
    )


def _room(blocker: Blocker) -> str:
    return blocker.room


def _place(room: str) -> tuple[Place, str]:
    """The place, and the address of its page if whoever looks may open it."""
    place = PLACES[room]
    open_to = current_app.extensions["policies"]
    may_open = place.endpoint in open_to and access.permits(open_to[place.endpoint], access.current())
    return place, url_for(place.endpoint) if may_open else ""
