"""The first page of a form, and the ways out of it: not this time, stop for now, closed."""

from flask import redirect, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.measures import service
from student_portal.measures.queries import Form, Stage
from student_portal.measures.views.base import FILLERS, blueprint, own, page, question, to, turned_away
from student_portal.measures.window import days_later
from student_portal.settings import queries as settings

SECONDS_A_QUESTION = 14  # an estimate until enough of our own forms were sent to measure it


@blueprint.get("/form/<session_id>")
@web.allow(*FILLERS)
def first(session_id: str) -> str | Response:
    """The first page; a form that was begun goes on at the first question not reached yet."""
    form = own(session_id)
    stage = form.state.stage
    if stage is Stage.SENT or (stage is Stage.STALE and not form.state.can_fill):
        return to("measures.sent", session_id)
    if not form.is_permitted:
        return page("not_here", form)
    if stage is Stage.DECLINED:
        return page("declined", form)
    if stage is Stage.CLOSED or stage is Stage.NOT_OPEN:
        return _closed_page(form)
    if stage is Stage.STARTED and "first" not in request.args:
        return redirect(question(session_id, form.next_item), 303)
    minutes = max(1, round(form.total * SECONDS_A_QUESTION / 60))
    return page("start", form, minutes=minutes, is_fresh=stage is Stage.STALE)


@blueprint.post("/form/<session_id>")
@web.allow(*FILLERS)
def start(session_id: str) -> Response:
    """Begin, or carry on."""
    try:
        service.open_form(session_id=session_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return turned_away(session_id, refusal)
    return redirect(question(session_id, own(session_id).next_item), 303)


def _closed_page(form: Form) -> str:
    closes_at = form.state.closes_at
    kept = settings.current().unsent_answer_days
    destroyed_on = days_later(closes_at, kept) if closes_at else None
    return page(
        "closed",
        form,
        came_late="tap" in request.args,
        destroyed_on=destroyed_on,
        has_passed=closes_at is not None and closes_at < clock.now(),  # else the sessions were ended
    )


@blueprint.post("/form/<session_id>/decline")
@web.allow(*FILLERS)
def decline(session_id: str) -> Response:
    """Not this time."""
    try:
        service.decline(session_id=session_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return turned_away(session_id, refusal)
    return to("measures.first", session_id)


@blueprint.get("/form/<session_id>/stop")
@web.allow(*FILLERS)
def stop(session_id: str) -> str | Response:
    """Stop for now: what is kept, and how to come back."""
    form = own(session_id)
    if not form.is_permitted or not form.state.can_fill:
        return to("measures.first", session_id)
    return page("stop", form)
