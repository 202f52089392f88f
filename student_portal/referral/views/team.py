"""The team's side: the board of requests that wait, and one request."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.audit import service as audit
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Conflict, NotFound
from student_portal.foundation.i18n import gettext as _
from student_portal.referral import queries, service
from student_portal.referral.forms import SignpostForm
from student_portal.referral.queries import ReferralFacts, ReferralState
from student_portal.referral.question import Kind
from student_portal.referral.questions import QUESTIONS
from student_portal.referral.views.words import BOARD, in_words
from student_portal.signposting.queries import PageKey

blueprint = Blueprint("referral", "student_portal.referral")

SOON = 3
"""Working days left from which a request stands under "due"."""


@blueprint.get("/staff/referral")
@web.allow(Role.THERAPIST)
def board() -> str:
    """Requests that wait for a decision, by the date that was promised and by nothing else."""
    viewer, at = access.current(), clock.now()
    with db.write():
        waiting = queries.board(viewer, at=at)
        audit.record(
            verb="referral.board",
            subject=("service", viewer.service_id),
            by=viewer,
            at=at,
            detail={"people": [request.person_id for request in waiting]},
        )
    return render_template(
        "referral/board.html",
        late=[line(each) for each in waiting if each.days_left < 0],
        soon=[line(each) for each in waiting if 0 <= each.days_left <= SOON],
        later=[line(each) for each in waiting if each.days_left > SOON],
        waiting=len(waiting),
        me=viewer.person_id,
        now=at,
    )


def line(request: ReferralFacts) -> dict[str, object]:
    """One line of the board, in words."""
    reach = request.answers["contact"]["channel"]
    safe = next(question for question in QUESTIONS if question.key == "safe")
    return {
        "request": request,
        "due": due_in_words(request.days_left),
        "suggests": suggestions(request),
        "reach": _("Texts") if reach == "sms" else _("E-mail"),
        "safe": in_words(safe, request.answers),
    }


def due_in_words(days_left: int) -> str:
    """Working days until the promised date, or past it."""
    if days_left == 0:
        return str(_("Due today"))
    if days_left > 0:
        return str(ngettext("Due in %(num)s working day", "Due in %(num)s working days", days_left))
    return str(ngettext("%(num)s working day late", "%(num)s working days late", -days_left))


def suggestions(request: ReferralFacts) -> list[str]:
    """What the answers suggest; without a reason to talk first, that it can go ahead."""
    return [_(BOARD[reason]) for reason in request.reasons] or [_("Ready to offer a first session")]


@blueprint.get("/staff/referral/<referral_id>")
@web.allow(Role.THERAPIST)
def one(referral_id: str) -> str:
    """One request, in the student's words. The reading is recorded with it."""
    return _one_page(referral_id, SignpostForm())


@blueprint.post("/staff/referral/<referral_id>/take")
@web.allow(Role.THERAPIST)
def take(referral_id: str) -> Response:
    """Say that you will answer this one."""
    service.take(referral_id=referral_id, by=access.current(), at=clock.now())
    return redirect(url_for("referral.board"), 303)


@blueprint.post("/staff/referral/<referral_id>/signpost")
@web.allow(Role.THERAPIST)
def signpost(referral_id: str) -> Response | tuple[str, int]:
    """Another route was agreed with the student."""
    form = SignpostForm()
    if not form.validate_on_submit():
        return _one_page(referral_id, form), 400
    try:
        service.signpost(
            referral_id=referral_id,
            page=PageKey(form.page.data),
            reason=form.reason.data,
            seen_version=form.version.data,
            by=access.current(),
            at=clock.now(),
        )
    except (Conflict, NotFound):
        # Whoever decided first may have ended the team's sight of the record: show only what was typed.
        return render_template("referral/decided.html", written=form.reason.data, error=True), 409
    return redirect(url_for("referral.board"), 303)


def _one_page(referral_id: str, form: SignpostForm) -> str:
    viewer, at = access.current(), clock.now()
    with db.write():
        found = queries.one(viewer, referral_id, at=at)
        audit.record(
            verb="referral.open",
            subject=("referral", found.id),
            by=viewer,
            at=at,
            person_id=found.person_id,
        )
    if not request.form:
        form.version.data = found.version
    return render_template(
        "referral/one.html",
        request_=found,
        form=form,
        waits=found.state == ReferralState.SUBMITTED,
        due=due_in_words(found.days_left),
        suggests=suggestions(found),
        answers=[
            (_(question.short), in_words(question, found.answers))
            for question in QUESTIONS
            if question.kind is not Kind.CODE
        ],
        mine=found.owner_id == viewer.person_id,
        error=bool(form.errors),
    )
