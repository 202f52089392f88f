"""A student's PIN: set it, change it, remove it. A forgotten one is removed by a person in the team."""

from typing import Any

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries, service
from student_portal.accounts.forms import BornForm, NewPinForm, PinForm
from student_portal.accounts.queries import PinFacts
from student_portal.accounts.views.base import code
from student_portal.accounts.views.proof import mismatch
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.settings import queries as settings


@code.route("/code/pin", methods=["GET", "POST"])
@web.allow(Role.STUDENT)
def pin() -> str | Response | tuple[str, int]:
    """What a PIN does, and one page to set or change it."""
    now, new = _present(), NewPinForm()
    # Both are looked at, so that one answer names everything that is wrong.
    if all([now.validate_on_submit(), new.validate_on_submit()]) and _is_set(now, new):
        return _done("set")
    return _page("pin", now, new=new)


@code.route("/code/pin/remove", methods=["GET", "POST"])
@web.allow(Role.STUDENT)
def remove_pin() -> str | Response | tuple[str, int]:
    """Back to the date of birth."""
    if not _facts().is_set:
        return redirect(url_for("code.pin"), 303)
    now = _present()
    if now.validate_on_submit() and _is_removed(now):
        return _done("removed")
    return _page("pin_remove", now)


def _facts() -> PinFacts:
    viewer = access.current()
    return queries.pin(viewer, str(viewer.person_id))


def _wrong_tries() -> int:
    viewer = access.current()
    return queries.wrong_tries(viewer, str(viewer.person_id))


def _present() -> BornForm | PinForm:
    """The question that shows who holds the phone now."""
    return PinForm(prefix="now-") if _facts().is_set else BornForm(prefix="now-")


def _is_set(now: BornForm | PinForm, new: NewPinForm) -> bool:
    try:
        service.set_pin(pin=new.pin.data, said=now.given(), by=access.current(), at=clock.now())
    except Refused as refused:
        weak = {
            "digits": _("Write 6 to 8 digits"),
            "run": _("Choose digits that do not just repeat or count, so that nobody guesses them"),
            "born": _("Choose something else: people close to you know your birthday"),
        }
        if refused.code in weak:
            new.refuse(weak[refused.code])
        else:
            _explain(now, refused)
        return False
    return True


def _is_removed(now: BornForm | PinForm) -> bool:
    try:
        service.remove_own_pin(said=now.given(), by=access.current(), at=clock.now())
    except Refused as refused:
        _explain(now, refused)
        return False
    return True


def _explain(now: BornForm | PinForm, refused: Refused) -> None:
    if refused.code == "resting":
        now.refuse(_("There were five tries that did not match. Wait an hour and try again"))
    elif refused.code == "shut":
        now.refuse(_("There were many tries that did not match. Phone us, or try again in a week"))
    else:
        now.refuse(mismatch(now))


def _done(what: str) -> Response:
    session["pin"] = what
    return redirect(url_for("code.pin"), 303)


def _page(name: str, now: BornForm | PinForm, **more: Any) -> str | tuple[str, int]:
    error = any(form.errors for form in (now, *more.values()))
    page = render_template(
        f"accounts/{name}.html",
        now=now,
        facts=_facts(),
        wrong_tries=_wrong_tries(),
        done=session.pop("pin", None),
        error=error,
        team_phone=settings.current().team_phone,
        **more,
    )
    return (page, 400) if error else page
