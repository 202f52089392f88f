"""One written page on a staff screen: the preview, what changed, and the buttons of whoever may decide."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.signposting import queries, service
from student_portal.signposting.forms import WithdrawForm, say
from student_portal.signposting.forms.pages import VerifyForm
from student_portal.signposting.lint import findings
from student_portal.signposting.page_changes import page_changes
from student_portal.signposting.queries import ENGLISH, FOR, Page, VersionState, Written
from student_portal.signposting.reading_age import reading_age
from student_portal.signposting.views import names
from student_portal.signposting.views.editing import DECIDERS, EDITORS, READERS, blueprint, review_words
from student_portal.signposting.views.typed import number
from student_portal.signposting.views.written import as_read


@blueprint.get("/staff/signposting/pages/<page_id>")
@web.allow(*READERS)
def look_at_page(page_id: str) -> str:
    """One page: as students will read it by day and at night, what changed, what may be done."""
    return _look(queries.page(page_id), VerifyForm(formdata=None), WithdrawForm(formdata=None))


def _look(page: Page, verify: VerifyForm, withdraw: WithdrawForm) -> str:
    newest, viewer = page.newest, access.current()
    said = (newest.words.title, newest.words.body)
    proposed = newest.state is VersionState.PROPOSED
    if page.published and not verify.is_submitted():
        verify.number.data = str(page.published.number)
    typed = f"{said[0]}.\n\n{said[1]}"
    return render_template(
        "signposting/page.html",
        page=page,
        newest=newest,
        for_whom=_(FOR[page.key]),
        place=names.place(page),
        language=names.language(page),
        shown=Written(page.key, *said, page.language, newest.verified_on),
        changes=page_changes(as_read(page), said) if newest is not page.published else [],
        findings=findings(typed),
        age=reading_age(typed) if page.language == ENGLISH else None,
        may_decide=proposed and viewer.role in DECIDERS and newest.drafted_by != viewer.person_id,
        is_author=proposed and newest.drafted_by == viewer.person_id,
        editor=viewer.role in EDITORS,
        verify=verify,
        withdraw=withdraw,
        problem=_problem(request.args.get("problem", "")),
        today=clock.today(),
        error=bool(verify.errors or withdraw.errors),
    )


@blueprint.post("/staff/signposting/pages/<page_id>/propose")
@web.allow(*EDITORS)
def propose_page(page_id: str) -> Response:
    """Send the draft to a second person."""
    try:
        service.propose_page(page_id=page_id, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _back(page_id, refusal.code)
    return _back(page_id)


@blueprint.post("/staff/signposting/pages/<page_id>/approve")
@web.allow(*DECIDERS)
def approve_page(page_id: str) -> Response:
    """Publish what was proposed, exactly as it was shown."""
    seen = number(request.form.get("seen"))
    try:
        service.approve_page(page_id=page_id, seen=seen, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _back(page_id, refusal.code)
    return _back(page_id)


@blueprint.post("/staff/signposting/pages/<page_id>/return")
@web.allow(*DECIDERS)
def send_back_page(page_id: str) -> Response:
    """Say no to what was proposed."""
    seen = number(request.form.get("seen"))
    service.send_back_page(page_id=page_id, seen=seen, by=access.current(), at=clock.now())
    return _back(page_id)


@blueprint.post("/staff/signposting/pages/<page_id>/bring-back")
@web.allow(*EDITORS)
def bring_back_page(page_id: str) -> Response:
    """Make a draft of what an earlier version said; it is to be checked like any."""
    service.bring_back_page(
        page_id=page_id,
        number=number(request.form.get("number")),
        seen=number(request.form.get("seen")),
        by=access.current(),
        at=clock.now(),
    )
    return redirect(url_for("signposting.edit_page", page_id=page_id), 303)


@blueprint.post("/staff/signposting/pages/<page_id>/withdraw")
@web.allow(*EDITORS)
def withdraw_page(page_id: str) -> Response | tuple[str, int]:
    """Ask a second person to take the page away again."""
    page, form = queries.page(page_id), WithdrawForm()
    if not form.validate_on_submit():
        return _look(page, VerifyForm(formdata=None), form), 400
    try:
        service.withdraw_page(page_id=page_id, why=form.why.data, by=access.current(), at=clock.now())
    except Refused as refusal:
        return _back(page_id, refusal.code)
    return _back(page_id)


@blueprint.post("/staff/signposting/pages/<page_id>/verify")
@web.allow(*EDITORS)
def verify_page(page_id: str) -> Response | tuple[str, int]:
    """Write down that somebody checked what students read."""
    page, form = queries.page(page_id), VerifyForm()
    if form.validate_on_submit():
        try:
            service.verify_page(
                page_id=page_id,
                number=number(form.number.data),
                how=form.how.data,
                review_by=form.review_by.data,
                by=access.current(),
                at=clock.now(),
            )
        except Refused:
            say(form.review_by, review_words())
        except Conflict:
            return _back(page_id, "moved_on")
        else:
            return _back(page_id)
    return _look(page, form, WithdrawForm(formdata=None)), 400


def _back(page_id: str, problem: str = "") -> Response:
    return redirect(url_for("signposting.look_at_page", page_id=page_id, problem=problem or None), 303)


def _problem(code: str) -> str:
    words = {
        "second_person": _("You wrote this version, so somebody else must publish it."),
        "not_proposed": _("This version has not been sent to a second person yet."),
        "unchecked": _(
            "Nobody has checked these words yet. Open Edit, read them, and say how you checked them."
        ),
        "words": _(
            "These words go no further than a draft. Look at the list of words, and change them first."
        ),
        "waits": _("A draft of this page waits. Publish it or send it back first."),
        "moved_on": _("Students read a newer version by now. Check that one."),
    }
    return words.get(code, "")
