"""One question a page. Every answer is saved before the next page opens."""

from flask import abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.accounts.service import CodePurpose
from student_portal.foundation import clock, locking, web
from student_portal.foundation.errors import Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.messaging.queries import AddressKnown, Channel, address_state
from student_portal.referral import service
from student_portal.referral.forms import CodeForm, QuestionForm, form_for
from student_portal.referral.queries import Draft
from student_portal.referral.question import Kind, Question
from student_portal.referral.questions import QUESTIONS, TOTAL, number_of
from student_portal.referral.views.base import here, join, next_page
from student_portal.referral.views.words import CODE_TROUBLE
from student_portal.settings import queries as settings


@join.get("/join/<int:number>")
@web.allow(Role.DRAFT)
def ask(number: int) -> str | Response:
    """Show one question, with what was answered before; not one beyond the first unanswered."""
    draft = here()
    question = _question(number)
    if not draft.may_open(number):
        return redirect(next_page(draft), 303)
    return _page(question, draft, form_for(question, draft, places=_places()))


@join.post("/join/<int:number>")
@web.allow(Role.DRAFT)
@locking.never_kept(when=lambda number: number == number_of("code"))
def answer(number: int) -> Response | tuple[str, int]:
    """Save one answer and go on."""
    draft = here()
    question = _question(number)
    if not draft.may_open(number):
        return redirect(next_page(draft), 303)
    form = form_for(question, draft, places=_places())
    if not form.validate_on_submit():
        return _page(question, draft, form), 400
    if question.kind is Kind.CODE:
        return _prove(question, draft, form)
    service.save_answer(
        draft_id=draft.id, key=question.key, answer=form.answer_given(), by=access.current(), at=clock.now()
    )
    draft = here()
    if question.key == "safe" and not draft.proved:
        _send_code(draft)
    return redirect(next_page(draft, after=number), 303)


def _question(number: int) -> Question:
    if not 1 <= number <= TOTAL:
        abort(404)
    return QUESTIONS[number - 1]


def _places() -> list[institutions.Listed]:
    return institutions.listed(Pathway.THERAPY)


def _page(question: Question, draft: Draft, form: QuestionForm) -> str:
    number = number_of(question.key)
    return render_template(
        "referral/code.html" if question.kind is Kind.CODE else "referral/question.html",
        question=question,
        number=number,
        total=TOTAL,
        form=form,
        hints={choice.code: _(choice.hint) for choice in question.choices if choice.hint},
        contact=draft.contact,
        contact_page=url_for("join.ask", number=number_of("contact")),
        proved=draft.proved,
        back=url_for("join.ask", number=number - 1) if number > 1 else url_for("join.start"),
        onward=next_page(draft, after=number),
        code_sent="contact_code" in session,
        trouble=CODE_TROUBLE.get(session.get("contact_trouble", "")),
        team_phone=settings.current().team_phone,
        error=bool(form.errors),
    )


def _prove(question: Question, draft: Draft, form: CodeForm) -> Response | tuple[str, int]:
    try:
        right = accounts.check_code(
            code_id=session.get("contact_code", ""), digits=form.answer.data, at=clock.now()
        )
    except Refused:
        form.refuse(_("This code does not work any more. Ask for a new one below"))
        return _page(question, draft, form), 400
    if not right:
        form.refuse(_("That is not the code we sent. Check it, or ask for a new one below"))
        return _page(question, draft, form), 400
    service.contact_proved(
        draft_id=draft.id, contact=draft.value("contact"), by=access.current(), at=clock.now()
    )
    session.pop("contact_code", None)
    return redirect(next_page(here(), after=number_of(question.key)), 303)


@join.post("/join/code")
@web.allow(Role.DRAFT)
def send_code() -> Response:
    """Send a code to the contact, at the student's tap."""
    draft = here()
    if draft.contact and not draft.proved:
        _send_code(draft)
    return redirect(url_for("join.ask", number=number_of("code")), 303)


def _send_code(draft: Draft) -> None:
    """Only to what the student just said is theirs; what was refused is said on the next page."""
    session.pop("contact_code", None)
    session.pop("contact_trouble", None)
    channel, address = Channel(draft.channel), draft.value("contact")
    try:
        code_id = accounts.ask_code(
            purpose=CodePurpose.PROVE,
            about=draft.id,
            channel=channel,
            address=address,
            by=access.current(),
            at=clock.now(),
            machine=request.remote_addr,
        )
    except Refused as refused:
        session["contact_trouble"] = refused.code
        return
    # Said only after the limits were asked, so that nobody can go through numbers to see who said STOP.
    if address_state(channel, address) == AddressKnown.STOPPED:
        session["contact_trouble"] = "stopped"
    else:
        session["contact_code"] = code_id
