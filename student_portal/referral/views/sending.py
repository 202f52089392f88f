"""Check, Send, and what happens next."""

from flask import abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.duty import queries as duty
from student_portal.foundation import clock, signing, web
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.referral import queries, service
from student_portal.referral.draft import advise_on
from student_portal.referral.forms import SendForm
from student_portal.referral.queries import Draft
from student_portal.referral.question import Section
from student_portal.referral.questions import NO, TOTAL, number_of, numbered
from student_portal.referral.views.base import forget_cookie, here, join, next_page
from student_portal.referral.views.words import in_words, routes
from student_portal.settings import queries as settings

_PURPOSE = "referral.check"


@join.get("/join/check")
@web.allow(Role.DRAFT)
def check() -> str | Response:
    """Everything that would be sent. Only the code may still be missing."""
    draft = here()
    if not draft.may_open(TOTAL + 1):
        return redirect(next_page(draft), 303)
    return _check_page(draft)


@join.post("/join/check")
@web.allow(Role.DRAFT)
def send() -> Response | tuple[str, int]:
    """Send what was shown, once."""
    viewer = access.current()
    form = SendForm()
    try:
        service.submit(draft_id=viewer.about or "", digest=_digest(form), by=viewer, at=clock.now())
    except Conflict:
        return _check_page(here(), changed=True), 409
    except Refused:
        return _check_page(here(), incomplete=True), 400
    except NotFound:
        return redirect(url_for("join.start"), 303)
    answer = redirect(url_for("join.sent"), 303)
    forget_cookie(answer)
    return answer


@join.get("/join/sent")
@web.allow(Role.DRAFT)
def sent() -> str | Response:
    """The promise: a reference, and the date by which they will hear."""
    try:
        done = queries.sent(access.current())
    except NotFound:
        return redirect(url_for("join.start"), 303)
    now = clock.now()
    return render_template(
        "referral/sent.html",
        done=done,
        next_open=duty.calendar(now).next_open(now),
        now=now,
        routes=routes(done.reasons, done.institution),
        team_phone=settings.current().team_phone,
    )


def _digest(form: SendForm) -> str:
    payload = signing.read(form.shown.data or "", purpose=_PURPOSE)
    if not isinstance(payload, str):
        abort(400)
    return payload


def _check_page(draft: Draft, *, changed: bool = False, incomplete: bool = False) -> str:
    form = SendForm(formdata=None)
    form.shown.data = signing.sign(draft.digest, purpose=_PURPOSE)
    today = clock.today()
    _advice, reasons = advise_on(draft.answers, on=today)
    return render_template(
        "referral/check.html",
        form=form,
        about=_rows(draft, Section.ABOUT),
        reach=_rows(draft, Section.REACH),
        going_on=_rows(draft, Section.GOING_ON),
        permissions=_rows(draft, Section.PERMISSIONS),
        routes=routes(reasons, draft.value("institution") or ""),
        proved=draft.proved,
        code_page=url_for("join.ask", number=number_of("code")),
        no_contact=draft.value("service") == NO,
        service_page=url_for("join.ask", number=number_of("service")),
        back=url_for("join.ask", number=TOTAL),
        changed=changed,
        incomplete=incomplete,
        error=changed or incomplete,
        team_phone=settings.current().team_phone,
    )


def _rows(draft: Draft, section: Section) -> list[tuple[str, str | Markup, str]]:
    return [
        (_(question.short), in_words(question, draft.answers), url_for("join.ask", number=number))
        for number, question in numbered()
        if question.section is section and question.key in draft.answers
    ]
