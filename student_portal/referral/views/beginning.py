"""Beginning a request, leaving it, coming back to it, deleting it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, web
from student_portal.foundation.errors import NotFound, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.referral import queries, service
from student_portal.referral.forms import AgainForm
from student_portal.referral.questions import TOTAL
from student_portal.referral.views.base import (
    close_on_this_browser,
    cookie,
    forget_cookie,
    here,
    join,
    next_page,
    open_on_this_browser,
    set_cookie,
    way_back,
)
from student_portal.settings import queries as settings


@join.get("/join")
@web.allow(web.ANYONE)
def start() -> str:
    """What it takes and who reads it; with a draft on this phone, the way back into it."""
    viewer = access.current()
    kept = queries.draft_behind(cookie())
    carry_on = None
    if kept is not None and viewer.role == Role.DRAFT and viewer.about == kept.id:
        carry_on = next_page(kept)
    elif kept is not None and "born" in kept.answers:
        carry_on = url_for("join.again")
    return render_template(
        "referral/start.html", carry_on=carry_on, total=TOTAL, days=settings.current().draft_days
    )


@join.post("/join")
@web.allow(web.ANYONE)
def begin() -> Response:
    """Start writing. What was on this phone before is destroyed; the page said so."""
    started = service.start(instead_of=cookie(), by=access.current(), at=clock.now())
    open_on_this_browser(started.draft_id, proved_by="began")
    answer = redirect(url_for("join.ask", number=1), 303)
    set_cookie(answer, started.secret)
    return answer


@join.route("/join/again", methods=["GET", "POST"])
@web.allow(web.ANYONE)
def again() -> str | Response | tuple[str, int]:
    """Nothing is shown of a locked draft before its date of birth is given."""
    kept = queries.draft_behind(cookie())
    if kept is None or "born" not in kept.answers:
        return redirect(url_for("join.start"), 303)
    form = AgainForm()
    if not form.validate_on_submit():
        return _again_page(form), 400 if request.method == "POST" else 200
    try:
        opened = service.opens_with(draft_id=kept.id, born=form.given(), by=access.current(), at=clock.now())
    except Refused as refused:
        return _again_page(form, closed=refused.code), 429
    if not opened:
        form.refuse(_("That is not the date of birth that was given here. Try again, or start afresh"))
        return _again_page(form), 400
    open_on_this_browser(kept.id, proved_by="born")
    return redirect(way_back(kept), 303)


def _again_page(form: AgainForm, *, closed: str = "") -> str:
    return render_template(
        "referral/again.html",
        form=form,
        error=bool(form.errors or closed),
        closed=closed,
        kept="kept" in request.args,
    )


@join.get("/join/later")
@web.allow(Role.DRAFT)
def later() -> str:
    """Leave it saved, or delete it."""
    draft = here()
    return render_template(
        "referral/later.html",
        kept="born" in draft.answers,
        carry_on=next_page(draft),
        days=settings.current().draft_days,
    )


@join.post("/join/later")
@web.allow(Role.DRAFT)
def leave() -> Response:
    """Lock it and go to the first page."""
    close_on_this_browser()
    return redirect(url_for("pages.home"), 303)


@join.post("/join/delete")
@web.allow(Role.DRAFT)
def delete() -> Response:
    """Destroy what was written, here and in the service."""
    viewer = access.current()
    if viewer.about is None:
        raise NotFound("draft")
    service.discard(draft_id=viewer.about, by=viewer, at=clock.now())
    close_on_this_browser()
    answer = redirect(url_for("join.deleted"), 303)
    forget_cookie(answer)
    return answer


@join.get("/join/deleted")
@web.allow(web.ANYONE)
def deleted() -> str:
    """It is gone; help and a fresh start are not."""
    return render_template("referral/deleted.html")
