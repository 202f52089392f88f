"""Date of birth or PIN, after a code or a link, before any telling word."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries, service
from student_portal.accounts.forms import BornForm, PinForm
from student_portal.accounts.service import Said
from student_portal.accounts.views.base import become, code, way_back
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.settings import queries as settings


@code.route("/code/proof", methods=["GET", "POST"])
@web.allow(web.ANYONE)
def proof() -> str | Response | tuple[str, int]:
    """Ask, at most five times an hour and fifteen a week, and lead on."""
    if "proof" not in session:
        return redirect(url_for("code.ask"), 303)
    form = PinForm() if _by_pin() else BornForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        onward = _prove(form.given())
    except Refused as refused:
        return _too_old() if refused.code == "expired" else _closed_for_now(refused.code)
    if onward:
        return redirect(onward, 303)
    form.refuse(mismatch(form))
    return _page(form)


def _by_pin() -> bool:
    """A link knows whose it is; after a code both are offered to everybody, so nobody learns who has one."""
    link_id = session["proof"].get("link")
    return queries.asks_pin(link_id) if link_id else "pin" in request.args


def mismatch(form: BornForm | PinForm) -> str:
    """What to say when it is not true of the student; the same for everybody."""
    if isinstance(form, PinForm):
        return _("That does not match. Check the PIN and try again")
    return _("That does not match. Check the day, the month and the year")


def _page(form: BornForm | PinForm) -> str | tuple[str, int]:
    page = render_template(
        "accounts/proof.html",
        form=form,
        error=bool(form.errors),
        by_pin=isinstance(form, PinForm),
        by_link="link" in session["proof"],
        team_phone=settings.current().team_phone,
    )
    return (page, 400) if form.errors else page


def _prove(said: Said) -> str | None:
    """Where to go on, once it is clear who this is."""
    taken = session["proof"]
    if "link" in taken:
        link = service.prove_by_link(link_id=taken["link"], said=said, at=clock.now())
        if link is None:
            return None
        become(role=Role.LINK, person_id=link.person_id, about=link.about, proved_by="link")
        return way_back(Role.LINK, link.person_id, link.target)
    person_id = service.prove_by_code(code_id=taken["code"], said=said, by=access.current(), at=clock.now())
    if person_id is None:
        return None
    become(role=Role.STUDENT, person_id=person_id, about=None, proved_by="code")
    return way_back(Role.STUDENT, person_id, url_for("home.show"))


def _closed_for_now(why: str) -> tuple[str, int]:
    page = render_template(
        "accounts/resting.html",
        came_by_link="link" in session.pop("proof"),
        is_shut=why == "shut",
        team_phone=settings.current().team_phone,
    )
    return page, 429


def _too_old() -> Response | tuple[str, int]:
    """The code was typed too long ago, or the link closed meanwhile."""
    if "link" in session.pop("proof"):
        return render_template("accounts/closed.html"), 410
    return redirect(url_for("code.ask"), 303)
