"""Who in the team opened the student's record, and what they did with it."""

from flask import render_template, request, url_for

from student_portal.access.queries import Role
from student_portal.foundation import web
from student_portal.foundation.i18n import gettext as _
from student_portal.foundation.i18n import later, moment
from student_portal.foundation.listing import leaf
from student_portal.home.opened import Opened, Opening, opened
from student_portal.home.views.base import blueprint, student
from student_portal.home.views.words import Line

_WHAT = {
    Opening.REQUEST: later("Read what you asked for"),
    Opening.RECORD: later("Opened your record"),
    Opening.SENT: later("Read what you sent over time"),
    Opening.NOTES: later("Read the notes about your sessions"),
    Opening.REACHING: later("Looked at how to reach you"),
    Opening.ANSWERS: later("Read answers you sent"),
    Opening.SEEN: later("Saw answers you sent, on the list of a day"),
    Opening.DATES: later("Looked at your dates"),
    Opening.FORM: later("Looked at where a form stands"),
    Opening.COPY: later("Took a copy for the record"),
    Opening.LIST: later("Took a list with your name and next date"),
}
_ROLES = {
    Role.THERAPIST: later("therapist"),
    Role.LIAISON: later("liaison practitioner"),
    Role.ADMIN: later("administrator"),
    Role.MANAGER: later("manager"),
}


@blueprint.get("/home/opened")
@web.allow(Role.STUDENT)
def who_opened() -> str:
    """Newest first, a page at a time."""
    lines = leaf(opened(*student()), request.args.get("page"))
    return render_template(
        "home/opened.html",
        lines=lines,
        entries=[_line(one) for one in lines.items],
        turn=[url_for("home.who_opened", page=lines.number + step) for step in (-1, 1)],
    )


def _line(one: Opened) -> Line:
    who = _("%(name)s, %(role)s", name=one.who, role=_(_ROLES[one.role]))
    last = _("Last time %(when)s", when=moment(one.at)) if one.times > 1 else moment(one.at)
    return Line(at=one.at, title=f"{who}. {last}", words=str(_(_WHAT[one.what])))
