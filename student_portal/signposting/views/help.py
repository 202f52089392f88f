"""The page for someone who needs help now: no session, no account, and no database needed."""

from flask import Blueprint, render_template

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import NotFound
from student_portal.institutions import queries as institutions
from student_portal.signposting import cards, queries
from student_portal.signposting.cards import Line
from student_portal.signposting.queries import Shown, Way

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@web.allow(web.ANYONE)
def show() -> str:
    """Text first, then calls, then the web; what stands in code if the database is gone."""
    at = clock.now()
    try:
        own = _own_organisation()
        everyone = queries.shown(None, at)
        theirs = [c for c in queries.shown(own, at) if c not in everyone] if own else []
        checked = queries.checked_on()
    except db.Unreachable:
        return render_template("signposting/help.html", groups=_floor_groups(), own=[], checked=None)
    groups = {way: [cards.card(c, at) for c in everyone if c.way is way] for way in Way}
    groups[Way.CALL] = [*groups[Way.CALL], cards.nhs_111()]
    return render_template(
        "signposting/help.html", groups=groups, own=[cards.card(c, at) for c in theirs], checked=checked
    )


def help_lines() -> list[Line]:
    """The four lines at the foot of every page; never fails."""
    try:
        always = [c for c in queries.shown(None, clock.now()) if c.opening.always]
    except db.Unreachable:
        always = []
    chosen = [_first(always, Way.TEXT), _first(always, Way.CALL)]
    return [*(cards.line(c) for c in chosen), *cards.floor_lines()]


def _first(contacts: list[Shown], way: Way) -> Shown:
    return next((c for c in contacts if c.way is way), cards.FLOOR[way])


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


def _floor_groups() -> dict[Way, list[cards.Card]]:
    return {
        Way.TEXT: [cards.floor_card(Way.TEXT)],
        Way.CALL: [cards.floor_card(Way.CALL), cards.nhs_111()],
        Way.WEB: [],
    }
