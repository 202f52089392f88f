"""All questions on one scrolling page: nothing moves on by itself, and one button saves what was chosen."""

from flask import redirect, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Refused
from student_portal.measures import service
from student_portal.measures.forms import LayoutForm, WholeForm, whole_form
from student_portal.measures.queries import Form, FormLayout
from student_portal.measures.views.answering import saved_words
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


@blueprint.get("/form/<session_id>/all")
@web.allow(*FILLERS)
def whole(session_id: str) -> str | Response:
    """Every question, with what was chosen and may be shown."""
    form = own(session_id)
    if not is_going_on(form):
        return to("measures.first", session_id)
    return _whole_page(form, whole_form(form.definition, _shown(form)))


@blueprint.post("/form/<session_id>/all")
@web.allow(*FILLERS)
def keep_all(session_id: str) -> str | Response | tuple[str, int]:
    """Keep what was chosen here, all at once, then go where the button says; one wrong answer keeps none."""
    form = own(session_id)
    given = whole_form(form.definition, _shown(form), formdata=request.form)
    if not given.validate():
        return _whole_page(form, given), 400
    then = "check" if request.form.get("then") == "check" else "stop"
    try:
        pauses = _keep(session_id, given)
    except Refused as refusal:
        return turned_away(session_id, refusal)
    if pauses:
        return to("measures.pause", session_id, then=then)
    behind = {"changed": 1} if given.is_behind(_shown(form)) else {}
    return to(f"measures.{then}", session_id, **behind)


def _keep(session_id: str, given: WholeForm) -> bool:
    """Whether the pause page comes now."""
    viewer, chosen = access.current(), given.chosen()
    if not chosen:
        return False
    return service.save_answers(
        session_id=session_id,
        answers=chosen,
        blank=given.blank(),
        proof_id=viewer.session_id,
        by=viewer,
        at=clock.now(),
    ).pauses


@blueprint.post("/form/<session_id>/layout")
@web.allow(*FILLERS)
def choose_layout(session_id: str) -> Response:
    """One question a screen or all on one page, from now on; the student is where they were."""
    own(session_id)
    wanted = LayoutForm()
    if not wanted.validate():
        raise Refused("layout")
    service.choose_layout(layout=FormLayout(wanted.layout.data), by=access.current(), at=clock.now())
    form = own(session_id)
    if not is_going_on(form) or "first" in request.args:
        return to("measures.first", session_id, first=1)
    return redirect(question(form, form.next_item or form.total), 303)


def _shown(form: Form) -> dict[int, int | None]:
    return {item.number: form.shown_position(item.number) for item in form.definition.items}


def _whole_page(form: Form, given: WholeForm) -> str:
    return page("whole", form, given=given, error=bool(given.errors), saved=saved_words(form))
