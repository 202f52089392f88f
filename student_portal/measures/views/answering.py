"""One question at a time: show it, keep the answer, pause once where it matters."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, locking, web
from student_portal.foundation.errors import NotFound, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.measures import service
from student_portal.measures.forms import AnswerForm
from student_portal.measures.queries import Form
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

ONWARD = {"check": "measures.check", "stop": "measures.stop"}
"""Where the pause page leads when all questions stood on one page: what had been pressed there."""


@blueprint.get("/form/<session_id>/<int:number>")
@web.allow(*FILLERS)
def item(session_id: str, number: int) -> str | Response:
    """One question."""
    form = own(session_id)
    if not is_going_on(form):
        return to("measures.first", session_id)
    _must_exist(form, number)
    blank = number not in form.given
    return _item_page(form, number, AnswerForm(form.definition, form.shown_position(number), blank=blank))


@blueprint.post("/form/<session_id>/<int:number>")
@web.allow(*FILLERS)
def answer(session_id: str, number: int) -> str | Response | tuple[str, int]:
    """Keep the answer, then go on; what does not fit is said on the same question and nothing is kept."""
    form = own(session_id)
    _must_exist(form, number)
    given = AnswerForm(form.definition, formdata=request.form)
    skipping = request.form.get("skip")
    if skipping and skipping != "sure":
        locking.not_taken()
        return to("measures.item", session_id, number=number, ask="skip")
    if not skipping and given.is_blank:
        if form.is_hidden(number):  # answered before; Continue keeps that answer
            return redirect(question(form, form.item_after(number)), 303)
        locking.not_taken()
        return to("measures.item", session_id, number=number, ask="choose")
    if not skipping and not given.validate():
        return _item_page(form, number, given), 400
    return _keep(form, number, None if skipping else given.position, was_blank=given.was_blank)


def _keep(form: Form, number: int, position: int | None, *, was_blank: bool) -> Response:
    viewer, session_id = access.current(), form.state.session_id
    try:
        saved = service.save_answer(
            session_id=session_id,
            item=number,
            position=position,
            proof_id=viewer.session_id,
            was_blank=was_blank,
            by=viewer,
            at=clock.now(),
        )
    except Refused as refusal:
        return turned_away(session_id, refusal)
    if saved.pauses:
        return to("measures.pause", session_id)
    return redirect(question(form, form.item_after(number, saved=True)), 303)


@blueprint.get("/form/<session_id>/pause")
@web.allow(*FILLERS)
def pause(session_id: str) -> str | Response:
    """Where to turn now, once in a form; the same whichever word was chosen."""
    form = own(session_id)
    if not is_going_on(form) or form.last_item is None or not form.may_pause:
        return to("measures.first", session_id)
    then = request.args.get("then")
    if then in ONWARD:
        onward = url_for(ONWARD[then], session_id=session_id)
    else:
        onward = question(form, form.item_after(form.last_item))
    return page("pause", form, onward=onward, back=question(form, form.paused_item or form.last_item))


def _must_exist(form: Form, number: int) -> None:
    if not 1 <= number <= form.total:
        raise NotFound("item")


def _item_page(form: Form, number: int, given: AnswerForm) -> str:
    session_id = form.state.session_id
    if number == 1:
        back = url_for("measures.first", session_id=session_id, first=1)
    else:
        back = url_for("measures.item", session_id=session_id, number=number - 1)
    asks = request.args.get("ask")
    if asks == "choose" and not given.answer.errors:
        given.answer.errors = [_("Choose one of the answers, or skip this question.")]
    return page(
        "item",
        form,
        given=given,
        number=number,
        question=form.definition.item(number),
        back=back,
        prompts=asks == "skip",
        skip_word="sure" if asks or given.answer.errors else "ask",
        error=bool(given.answer.errors),
        saved=saved_words(form),
    )


def saved_words(form: Form) -> str:
    """What the server has, read back from it."""
    reached = sorted(form.given)
    if not reached:
        return ""
    if reached == list(range(1, len(reached) + 1)):
        return _("Answers 1 to %(last)s saved", last=reached[-1]) if len(reached) > 1 else _("Answer 1 saved")
    return _("%(count)s answers saved", count=len(reached))
