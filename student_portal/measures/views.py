"""The student's pages of a form. Titles and addresses say nothing about it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.duty import queries as duty
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.foundation.i18n import hour, moment
from student_portal.measures import queries, service
from student_portal.measures.forms import AnswerForm, SendForm
from student_portal.measures.queries import Form, Stage
from student_portal.measures.window import days_later
from student_portal.settings import queries as settings

blueprint = Blueprint("measures", __name__)

FILLERS = (Role.LINK, Role.STUDENT)
SECONDS_A_QUESTION = 14  # an estimate until enough of our own forms were sent to measure it
TOO_LATE = {"tap": "late"}  # the page says that the answer just given was not added


@blueprint.get("/form/<session_id>")
@web.allow(*FILLERS)
def first(session_id: str) -> str | Response:
    """The first page; a form that was begun goes on at the first question not reached yet."""
    form = _form(session_id)
    stage = form.state.stage
    if stage is Stage.SENT or (stage is Stage.STALE and not form.state.can_fill):
        return _to("measures.sent", session_id)
    if not form.is_permitted:
        return _page("not_here", form)
    if stage is Stage.DECLINED:
        return _page("declined", form)
    if stage is Stage.CLOSED or stage is Stage.NOT_OPEN:
        return _closed_page(form)
    if stage is Stage.STARTED and "first" not in request.args:
        return redirect(_question(session_id, form.next_item), 303)
    minutes = max(1, round(form.total * SECONDS_A_QUESTION / 60))
    return _page("start", form, minutes=minutes, is_fresh=stage is Stage.STALE)


@blueprint.post("/form/<session_id>")
@web.allow(*FILLERS)
def start(session_id: str) -> Response:
    """Begin, or carry on."""
    try:
        service.open_form(session_id=session_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _turned_away(session_id, refusal)
    return redirect(_question(session_id, _form(session_id).next_item), 303)


@blueprint.get("/form/<session_id>/<int:number>")
@web.allow(*FILLERS)
def item(session_id: str, number: int) -> str | Response:
    """One question."""
    form = _form(session_id)
    if not _is_going_on(form):
        return _to("measures.first", session_id)
    _must_exist(form, number)
    return _item_page(form, number, AnswerForm(form.definition, form.shown_position(number)))


@blueprint.post("/form/<session_id>/<int:number>")
@web.allow(*FILLERS)
def answer(session_id: str, number: int) -> str | Response | tuple[str, int]:
    """Keep the answer, then go on; what does not fit is said on the same question and nothing is kept."""
    form = _form(session_id)
    _must_exist(form, number)
    given = AnswerForm(form.definition, formdata=request.form)
    skipping = request.form.get("skip")
    if skipping and skipping != "sure":
        return _to("measures.item", session_id, number=number, ask="skip")
    if not skipping and given.is_blank:
        if form.is_hidden(number):  # answered before; Continue keeps that answer
            return redirect(_question(session_id, form.item_after(number)), 303)
        return _to("measures.item", session_id, number=number, ask="choose")
    if not skipping and not given.validate():
        return _item_page(form, number, given), 400
    return _keep(session_id, number, None if skipping else given.position)


def _keep(session_id: str, number: int, position: int | None) -> Response:
    viewer = access.current()
    try:
        saved = service.save_answer(
            session_id=session_id,
            item=number,
            position=position,
            proof_id=viewer.session_id,
            by=viewer,
            at=clock.now(),
        )
    except Refused as refusal:
        return _turned_away(session_id, refusal)
    if saved.pauses:
        return _to("measures.pause", session_id)
    return redirect(_question(session_id, _form(session_id).item_after(number)), 303)


@blueprint.get("/form/<session_id>/pause")
@web.allow(*FILLERS)
def pause(session_id: str) -> str | Response:
    """Where to turn now, once in a form; the same whichever word was chosen."""
    form = _form(session_id)
    if not _is_going_on(form) or form.last_item is None or not form.may_pause:
        return _to("measures.first", session_id)
    onward = _question(session_id, form.item_after(form.last_item))
    return _page("pause", form, onward=onward, back=_question(session_id, form.last_item))


@blueprint.get("/form/<session_id>/check")
@web.allow(*FILLERS)
def check(session_id: str) -> str | Response:
    """Look it over before Send."""
    form = _form(session_id)
    if not _is_going_on(form):
        return _to("measures.first", session_id)
    sending = SendForm(seen=form.seen)
    return _page(
        "check",
        form,
        sending=sending,
        back=_question(session_id, form.total),
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
        return _to("measures.check", session_id, changed=1)
    except Refused as refusal:
        if refusal.code == "empty":
            return _to("measures.check", session_id, nothing=1)
        return _turned_away(session_id, refusal)
    return _to("measures.sent", session_id)


@blueprint.get("/form/<session_id>/sent")
@web.allow(*FILLERS)
def sent(session_id: str) -> str | Response:
    """Sent, and what happens next; nothing of what was answered."""
    form = _form(session_id)
    if form.state.sent_at is None:
        return _to("measures.first", session_id)
    return _page("sent", form, came_late="tap" in request.args, is_stale=form.state.stage is Stage.STALE)


@blueprint.post("/form/<session_id>/decline")
@web.allow(*FILLERS)
def decline(session_id: str) -> Response:
    """Not this time."""
    try:
        service.decline(session_id=session_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _turned_away(session_id, refusal)
    return _to("measures.first", session_id)


@blueprint.get("/form/<session_id>/stop")
@web.allow(*FILLERS)
def stop(session_id: str) -> str | Response:
    """Stop for now: what is kept, and how to come back."""
    form = _form(session_id)
    if not form.is_permitted or not form.state.can_fill:
        return _to("measures.first", session_id)
    return _page("stop", form)


def _form(session_id: str) -> Form:
    """The student's own form. Anybody else's session does not exist."""
    return queries.own_form(access.current(), session_id, at=clock.now())


def _is_going_on(form: Form) -> bool:
    may_fill = form.is_permitted and form.state.can_fill
    return form.is_begun and may_fill and form.state.stage is not Stage.DECLINED


def _must_exist(form: Form, number: int) -> None:
    if not 1 <= number <= form.total:
        raise NotFound("item")


def _question(session_id: str, number: int | None) -> str:
    """The address of a question; without one, of the check page."""
    if number is None:
        return url_for("measures.check", session_id=session_id)
    return url_for("measures.item", session_id=session_id, number=number)


def _to(endpoint: str, session_id: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, session_id=session_id, **values), 303)


def _turned_away(session_id: str, refusal: Refused) -> Response:
    """It came too late or too early: to the page that says how the form stands now."""
    page = "measures.sent" if refusal.code == "sent" else "measures.first"
    return _to(page, session_id, **TOO_LATE)


def _closed_page(form: Form) -> str:
    closes_at = form.state.closes_at
    kept = settings.current().unsent_answer_days
    destroyed_on = days_later(closes_at, kept) if closes_at else None
    return _page(
        "closed",
        form,
        came_late="tap" in request.args,
        destroyed_on=destroyed_on,
        has_passed=closes_at is not None and closes_at < clock.now(),  # else the sessions were ended
    )


def _item_page(form: Form, number: int, given: AnswerForm) -> str:
    session_id = form.state.session_id
    if number == 1:
        back = url_for("measures.first", session_id=session_id, first=1)
    else:
        back = _question(session_id, number - 1)
    asks = request.args.get("ask")
    if asks == "choose" and not given.answer.errors:
        given.answer.errors = [_("Choose one of the answers, or skip this question.")]
    return _page(
        "item",
        form,
        given=given,
        number=number,
        question=form.definition.item(number),
        back=back,
        prompts=asks == "skip",
        skip_word="sure" if asks or given.answer.errors else "ask",
        error=bool(given.answer.errors),
        saved=_saved_words(form),
    )


def _saved_words(form: Form) -> str:
    """What the server has, read back from it."""
    reached = sorted(form.given)
    if not reached:
        return ""
    if reached == list(range(1, len(reached) + 1)):
        return _("Answers 1 to %(last)s saved", last=reached[-1]) if len(reached) > 1 else _("Answer 1 saved")
    return _("%(count)s answers saved", count=len(reached))


def _page(name: str, form: Form, **more: object) -> str:
    """One page of the form, with what all of them say: when somebody next reads what is sent."""
    return render_template(
        f"measures/{name}.html",
        form=form,
        state=form.state,
        session_id=form.state.session_id,
        next_reading=_next_reading(clock.now()),
        is_signed_in=access.current().role == Role.STUDENT,
        **more,
    )


def _next_reading(at: datetime) -> str:
    """When the service next has working hours: "today until 5pm", "Thursday 26 November at 9am"."""
    calendar = duty.calendar(at)
    if not calendar.is_open(at):
        return moment(calendar.next_open(at))
    day = clock.london(at).date()
    return _("today until %(hour)s", hour=hour(clock.in_london(day, calendar.hours[day.weekday()][1])))
