"""Look it over, send it, and what happens next."""

from flask import request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.measures import queries, service
from student_portal.measures.forms import SendForm
from student_portal.measures.queries import AfterSend, Stage
from student_portal.measures.views.base import (
    FILLERS,
    blueprint,
    is_going_on,
    own,
    page,
    question,
    to,
    turned_away,
)
from student_portal.measures.views.lent import give_back


@blueprint.get("/form/<session_id>/check")
@web.allow(*FILLERS)
def check(session_id: str) -> str | Response:
    """Look it over before Send."""
    form = own(session_id)
    if not is_going_on(form):
        return to("measures.first", session_id)
    return page(
        "change" if form.is_change else "check",
        form,
        sending=SendForm(seen=form.seen),
        back=url_for("measures.sent", session_id=session_id)
        if form.is_change
        else question(form, form.total),
        changed="changed" in request.args,
        nothing="nothing" in request.args,
    )


@blueprint.post("/form/<session_id>/send")
@web.allow(*FILLERS)
def send(session_id: str) -> Response:
    """Send what the check page showed."""
    seen = SendForm(formdata=request.form).seen.data or None
    try:
        service.send(session_id=session_id, seen=seen, by=access.current(), at=clock.now())
    except Conflict:
        return to("measures.check", session_id, changed=1)
    except Refused as refusal:
        if refusal.code in ("empty", "unchanged"):
            return to("measures.check", session_id, nothing=1)
        return turned_away(session_id, refusal)
    return give_back() if access.current().is_here else to("measures.sent", session_id)


@blueprint.get("/form/<session_id>/sent")
@web.allow(*FILLERS)
def sent(session_id: str) -> str | Response:
    """Sent, and what happens next; nothing of what was answered. Once signed in: what became of it."""
    form = own(session_id)
    if form.state.sent_at is None:
        return to("measures.first", session_id)
    if access.current().is_here:
        return give_back()
    return page(
        "sent",
        form,
        came_late="tap" in request.args,
        is_stale=form.state.stage is Stage.STALE,
        after=_after(session_id),
    )


def _after(session_id: str) -> AfterSend | None:
    """What became of it since; by a link nobody is told."""
    viewer = access.current()
    if viewer.role != Role.STUDENT:
        return None
    return queries.after_send(viewer, session_id, at=clock.now())
