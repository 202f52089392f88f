"""The page for someone who needs help now: no session, no account, and no database needed."""

from flask import Blueprint, render_template, request

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, db, i18n, web
from student_portal.foundation.errors import NotFound
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Listed, Pathway
from student_portal.signposting import cards, queries
from student_portal.signposting.cards import Line
from student_portal.signposting.help_page import contents
from student_portal.signposting.queries import Shown, Way

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@web.allow(web.ANYONE)
def show() -> str:
    """Text first, then calls, then the web; of one university, for its own students or whoever chose it."""
    try:
        places = institutions.listed(Pathway.THERAPY)
        at_place = _chosen(places) or _own_organisation()
    except db.Unreachable:
        places, at_place = [], None
    page = contents(at_place, clock.now())
    return render_template("signposting/help.html", page=page, places=places, at_place=at_place)


def _chosen(places: list[Listed]) -> str | None:
    """The university in the address, if it is one on the list. It is kept nowhere."""
    asked = request.args.get("at", "")
    return asked if asked in {place.id for place in places} else None


def _own_organisation() -> str | None:
    """The signed-in student's university, if they told us. Nobody has to."""
    viewer = access.present()
    if viewer is None or viewer.role != Role.STUDENT or viewer.person_id is None:
        return None
    try:
        studies = institutions.enrolment(viewer, viewer.person_id)
    except NotFound:
        return None
    return studies.organisation_id if studies else None


def help_lines() -> list[Line]:
    """The four lines at the foot of every page; never fails."""
    try:
        always = queries.at_any_hour(i18n.language())
    except db.Unreachable:
        always = []
    chosen = [_first(always, Way.TEXT), _first(always, Way.CALL)]
    return [*(cards.line(c) for c in chosen), *cards.floor_lines()]


def _first(contacts: list[Shown], way: Way) -> Shown:
    return next((c for c in contacts if c.way is way), cards.FLOOR[way])
