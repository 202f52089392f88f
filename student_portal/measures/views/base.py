"""What the pages of a form share: whose form it is, where to go on, what each page says."""

from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, locking
from student_portal.foundation.errors import Refused
from student_portal.measures import queries
from student_portal.measures.queries import Form, Stage

blueprint = Blueprint("measures", "student_portal.measures")

FILLERS = (Role.LINK, Role.STUDENT)
TOO_LATE = {"tap": "late"}  # the page says that the answer just given was not added


def own(session_id: str) -> Form:
    """The student's own form. Anybody else's session does not exist."""
    return queries.own_form(access.current(), session_id, at=clock.now())


def is_going_on(form: Form) -> bool:
    may_fill = form.is_permitted and form.state.can_fill
    return form.is_begun and may_fill and form.state.stage is not Stage.DECLINED


def question(form: Form, number: int | None) -> str:
    """The address of a question in the student's layout; without a number, of the check page."""
    session_id = form.state.session_id
    if number is None:
        return url_for("measures.check", session_id=session_id)
    if form.is_on_one_page:
        return url_for("measures.whole", session_id=session_id, _anchor=f"q{number}")
    return url_for("measures.item", session_id=session_id, number=number)


def to(endpoint: str, session_id: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, session_id=session_id, **values), 303)


def turned_away(session_id: str, refusal: Refused) -> Response:
    """It came too late or too early: to the page that says how the form stands now."""
    locking.not_taken()
    page = "measures.sent" if refusal.code == "sent" else "measures.first"
    return to(page, session_id, **TOO_LATE)


def page(name: str, form: Form, **more: object) -> str:
    """One page of the form, with what most of them say."""
    return render_template(
        f"measures/{name}.html",
        form=form,
        state=form.state,
        session_id=form.state.session_id,
        who_reads=partial(queries.who_reads, form.state.session_id, clock.now()),
        is_past_start=_is_past_start(form),
        question_at=partial(question, form),
        is_signed_in=access.current().role == Role.STUDENT,
        is_here=access.current().is_here,
        **more,
    )


def _is_past_start(form: Form) -> bool:
    """Whether what is sent now is marked as finished after the session's start."""
    return form.state.window is not None and form.state.window.is_late(clock.now())
