"""What stands around every page: where help is, the main links, who is signed in, when the screen locks."""

from contextlib import suppress
from typing import Any

from flask import Flask, current_app, request, url_for

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import views as accounts_views
from student_portal.alerts import queries as alerts
from student_portal.foundation import clock, db, i18n, web
from student_portal.foundation.i18n import later as _
from student_portal.home import views as home_views
from student_portal.settings import queries as settings
from student_portal.signposting import views as signposting_views

_NAV = (
    ("caseload.today", _("Today")),
    ("caseload.students", _("My students")),
    ("referral.board", _("New referrals")),
    ("alerts.on_duty", _("On duty")),
    ("alerts.tasks", _("Tasks")),
    ("alerts.rota", _("Rota")),
    ("signposting.contacts", _("Help contacts")),
    ("governance.go_live", _("Going live")),
)
# Pages of the alerts room, each with the main link it stands below; of others the room says it.
_BELOW = {
    "alerts.figures": "alerts.on_duty",
    "alerts.what_runs": "alerts.on_duty",
    "alerts.hand_over": "alerts.tasks",
    "alerts.done": "alerts.tasks",
    "alerts.did": "caseload.students",
}


def init(app: Flask) -> None:
    """Give every layout what it shows around its page."""
    app.context_processor(_every_page)
    web.read_with_pages(app, _read)


def _every_page() -> dict[str, Any]:
    """What the layouts show on every page, and less of it when the database is gone."""
    staff = web.is_staff_side(request.path)
    page: dict[str, Any] = {"staff": staff}
    if not staff:  # there only the page of an error shows them
        page["help_lines"] = signposting_views.help_lines()
    page["talk_offer"] = home_views.asking.offer  # a page of a room on the left shows it
    with suppress(db.Unreachable, LookupError):
        page |= {"team_phone": settings.current().team_phone}
        page["from_lock"] = accounts_views.locked.notice
        page |= _staff_frame() if staff else _student_frame()
    return page


def _read() -> None:
    viewer = access.present()
    if viewer is not None and viewer.is_staff:
        _found(viewer)


def _student_frame() -> dict[str, Any]:
    viewer = access.present()
    if viewer is None or viewer.role not in (Role.STUDENT, Role.LINK, Role.DRAFT):
        return {}
    idle_seconds = settings.current().idle_minutes * 60
    return {"lock_url": url_for("code.locked"), "idle_seconds": idle_seconds, "lent": viewer.is_here}


def _staff_frame() -> dict[str, Any]:
    decided, viewer = settings.current(), access.present()
    frame: dict[str, Any] = {"service_name": decided.service_name}
    if viewer is None or not viewer.is_staff or viewer.person_id is None:
        return frame
    return {
        **frame,
        **_found(viewer),
        "staff_nav": _nav(viewer),
        "staff_sign_out_url": web.path_to("accounts.staff_out"),
        "lock_url": web.path_to("accounts.staff_sign_in"),
        "idle_seconds": decided.idle_minutes * 60,
    }


def _found(viewer: Viewer) -> dict[str, Any]:
    """What is overdue, and who is signed in: as it was when the page was read, if `web.reading` read it."""

    def find() -> dict[str, Any]:
        return {
            "overdue": alerts.overdue(clock.now()),
            "staff_name": people.staff_name(viewer.person_id or ""),
        }

    return db.once_a_request(f"around the pages of {viewer.person_id}", find)


def _nav(viewer: Viewer) -> list[tuple[str, str, bool]]:
    """The main links this member of staff may use; on a page below one, that one is current."""
    open_to = current_app.extensions["policies"]
    wanted = _BELOW.get(request.endpoint or "", request.endpoint)
    here = [endpoint for endpoint, _words in _NAV if endpoint == wanted] or [
        endpoint for endpoint, _words in _NAV if endpoint.partition(".")[0] == request.blueprint
    ]
    return [
        (web.path_to(endpoint), i18n.gettext(words), endpoint in here[-1:])
        for endpoint, words in _NAV
        if access.permits(open_to[endpoint], viewer)
    ]
