"""The first page of a form, and the ways out of it: not this time, stop for now, closed."""

from datetime import datetime

from flask import redirect, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.measures import queries, service
from student_portal.measures.forms import DeclineForm
from student_portal.measures.queries import Form, Stage
from student_portal.measures.views.base import FILLERS, blueprint, own, page, question, to, turned_away
from student_portal.measures.views.lent import give_back
from student_portal.measures.window import days_later
from student_portal.settings import queries as settings


@blueprint.get("/form/<session_id>")
@web.allow(*FILLERS)
def first(session_id: str) -> str | Response:
    """The first page; a form that was begun goes on at the first question not reached yet."""
    form = own(session_id)
    stage = form.state.stage
    if stage is Stage.SENT or (stage is Stage.STALE and not form.state.can_fill):
        return to("measures.sent", session_id)
    if access.current().is_here and not (form.is_permitted and form.state.can_fill):
        return give_back()
    if not form.is_permitted:
        return page("not_here", form, came_late="tap" in request.args)
    if stage is Stage.DECLINED:
        return page("declined", form)
    if stage is Stage.CLOSED or stage is Stage.NOT_OPEN:
        return _closed_page(form)
    if stage is Stage.STARTED and "first" not in request.args:
        return redirect(question(form, form.next_item), 303)
    return page(
        "start",
        form,
        pace=queries.pace(form.definition.id),
        is_fresh=stage is Stage.STALE,
    )


@blueprint.post("/form/<session_id>")
@web.allow(*FILLERS)
def start(session_id: str) -> Response:
    """Begin, or carry on."""
    try:
        service.open_form(session_id=session_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return turned_away(session_id, refusal)
    form = own(session_id)
    return redirect(question(form, form.next_item), 303)


def _closed_page(form: Form) -> str:
    closes_at = form.state.closes_at
    return page(
        "closed",
        form,
        came_late="tap" in request.args,
        destroyed_on=_destroyed_on(form),
        has_passed=closes_at is not None and closes_at < clock.now(),  # else the sessions were ended
    )


def _destroyed_on(form: Form) -> datetime | None:
    """When unsent answers go; one whose session lost its date counts as closed some days after the last."""
    saved = [given.saved_at for given in form.given.values()]
    if not saved:
        return None
    rules = settings.current()
    closed_at = form.state.closes_at or days_later(max(saved), rules.late_days)
    return days_later(closed_at, rules.unsent_answer_days)


@blueprint.get("/form/<session_id>/decline")
@web.allow(*FILLERS)
def not_this_time(session_id: str) -> str | Response:
    """What "not this time" means, and a place to say why; a thumb that slipped here goes back."""
    form = own(session_id)
    may_decline = form.is_permitted and form.state.can_fill and not form.is_change
    if not may_decline or form.state.stage is Stage.DECLINED:
        return to("measures.first", session_id)
    return page("decline", form, giving=DeclineForm(), error=False)


@blueprint.post("/form/<session_id>/decline")
@web.allow(*FILLERS)
def decline(session_id: str) -> Response | tuple[str, int]:
    """Not this time."""
    giving = DeclineForm()
    if not giving.validate():
        return page("decline", own(session_id), giving=giving, error=True), 400
    try:
        service.decline(session_id=session_id, reason=giving.chosen, by=access.current(), at=clock.now())
    except Refused as refusal:
        return turned_away(session_id, refusal)
    return give_back() if access.current().is_here else to("measures.first", session_id)


@blueprint.get("/form/<session_id>/stop")
@web.allow(*FILLERS)
def stop(session_id: str) -> str | Response:
    """Stop for now: what is kept, and how to come back."""
    form = own(session_id)
    if access.current().is_here:
        return give_back()  # a GET that only ever locks: whoever stops hands the device over
    if not form.is_permitted or not form.state.can_fill:
        return to("measures.first", session_id)
    return page("stop", form, changed="changed" in request.args)
