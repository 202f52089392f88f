""" "Ask my therapist to talk with me about this": shown first, sent by one press, until read taken back."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.alerts import service
from student_portal.duty import queries as duty
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock, db, i18n, web
from student_portal.foundation.errors import NotFound, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.home.views.base import blueprint
from student_portal.settings import queries as settings


@dataclass(frozen=True)
class Offer:
    """The row on the help page that leads here."""

    href: str
    words: str


def offer() -> Offer | None:
    """What the help page says of it; None where there is nobody to ask. Never fails.

    Signed out it is there too, in the same words for everybody.
    """
    viewer = access.present()
    if viewer is None or viewer.is_staff or viewer.is_here:
        return None
    try:
        words = _offer_words(viewer)
    except (db.Unreachable, NotFound):
        return None
    return Offer(url_for("home.asking"), words) if words else None


def _offer_words(viewer: Viewer) -> str:
    if viewer.role not in (Role.STUDENT, Role.LINK):
        return str(_("Sign in first. You see what is sent before it goes")) if viewer.service_id else ""
    person_id = str(viewer.person_id)
    asked = alerts.asked_to_talk(viewer, person_id)
    if asked:
        return str(_("You asked on %(when)s", when=i18n.moment(asked.asked_at)))
    if alerts.whom_to_ask(viewer, person_id, at=clock.now()):
        return str(_("It sends one sentence. You see it first"))
    return ""


@blueprint.get("/help/talk")
@web.allow(Role.STUDENT, Role.LINK)
def asking() -> str:
    """What would be sent, who reads it and when; or how it stands."""
    viewer, now = access.current(), clock.now()
    person_id = str(viewer.person_id)
    asked = alerts.asked_to_talk(viewer, person_id)
    owner_id = asked.owner_id if asked else alerts.whom_to_ask(viewer, person_id, at=now)
    reader = accounts.staff_first_name(owner_id) if owner_id else ""
    ahead = episodes.next_session(viewer, person_id)
    reading = duty.next_reading(owner_id, now, ahead.starts_at if ahead else None)
    return render_template(
        "home/asking.html",
        name=accounts.name_of(viewer, person_id),
        asked=asked,
        reader=reader,
        read_by=accounts.staff_first_name(asked.read_by) if asked and asked.read_by else "",
        reading_words=duty.reading_words(reading, reader),
        team_phone=settings.current().team_phone,
    )


@blueprint.post("/help/talk")
@web.allow(Role.STUDENT, Role.LINK)
def ask() -> Response:
    """Send it, or take it back; the page then says how it stands."""
    viewer, now = access.current(), clock.now()
    if "back" in request.form:
        service.take_back(by=viewer, at=now)
    else:
        try:
            service.ask_to_talk(by=viewer, at=now)
        except Refused:
            return redirect(url_for("home.asking"), 303)  # it says that there is nobody to ask
    return redirect(url_for("home.asking"), 303)
