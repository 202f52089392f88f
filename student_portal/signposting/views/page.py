"""One written page on a staff screen: the preview, what changed, and the buttons of whoever may decide."""

from functools import partial

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import queries, service
from student_portal.signposting.forms import WithdrawForm
from student_portal.signposting.forms.pages import CheckedPageForm
from student_portal.signposting.lint import findings
from student_portal.signposting.page_changes import page_changes
from student_portal.signposting.queries import ENGLISH, FOR, Page, Written
from student_portal.signposting.reading_age import reading_age
from student_portal.signposting.views import deciding
from student_portal.signposting.views.base import DECIDERS, EDITORS, READERS, blueprint
from student_portal.signposting.views.deciding import pressed, seen
from student_portal.signposting.views.typed import number


@blueprint.get("/staff/signposting/pages/<page_id>")
@web.allow(*READERS)
def look_at_page(page_id: str) -> str:
    """One page: as students will read it by day and at night, what changed, what may be done."""
    return _page(queries.page(page_id), CheckedPageForm(), WithdrawForm())


def _page(page: Page, checked: CheckedPageForm, taken_off: WithdrawForm) -> str:
    newest = page.newest
    title, body = newest.content.title, newest.content.body
    typed = f"{title}.\n\n{body}"
    return deciding.screen(
        "signposting/page.html",
        page,
        checked,
        taken_off,
        page=page,
        for_whom=_(FOR[page.key]),
        shown=Written(page.key, title, body, page.language, newest.verified_on),
        changes=page_changes(as_read(page), (title, body)) if newest is not page.published else [],
        findings=findings(typed),
        age=reading_age(typed) if page.language == ENGLISH else None,
    )


def as_read(page: Page) -> tuple[str, str]:
    """Title and words of what students read now: what is published, or what comes with the software."""
    if page.published:
        return page.published.content.title, page.published.content.body
    begun = queries.starting(page.key)
    return begun.title, begun.body


@blueprint.post("/staff/signposting/pages/<page_id>/propose")
@web.allow(*EDITORS)
def propose_page(page_id: str) -> Response:
    """Send the draft to a second person, or say why it cannot go yet."""
    return pressed(partial(service.propose_page, page_id=page_id), partial(back, page_id))


@blueprint.post("/staff/signposting/pages/<page_id>/approve")
@web.allow(*DECIDERS)
def approve_page(page_id: str) -> Response:
    """Publish what was proposed, exactly as it was shown; or take the page away."""
    return pressed(partial(service.approve_page, page_id=page_id, seen=seen()), partial(back, page_id))


@blueprint.post("/staff/signposting/pages/<page_id>/return")
@web.allow(*DECIDERS)
def send_back_page(page_id: str) -> Response:
    """Say no to what waits."""
    return pressed(partial(service.send_back_page, page_id=page_id, seen=seen()), partial(back, page_id))


@blueprint.post("/staff/signposting/pages/<page_id>/bring-back")
@web.allow(*EDITORS)
def bring_back_page(page_id: str) -> Response:
    """Make a draft of what an earlier version said; it is to be checked like any."""
    service.bring_back_page(
        page_id=page_id,
        number=number(request.form.get("number")),
        seen=seen(),
        by=access.current(),
        at=clock.now(),
    )
    return redirect(url_for("signposting.edit_page", page_id=page_id), 303)


@blueprint.post("/staff/signposting/pages/<page_id>/verify")
@web.allow(*EDITORS)
def verify_page(page_id: str) -> Response | tuple[str, int]:
    """Write down that somebody checked what students read."""
    page, form = queries.page(page_id), CheckedPageForm()
    verb = partial(service.verify_page, page_id=page_id)
    done = deciding.checked(form, verb, partial(back, page_id))
    return done or (_page(page, form, WithdrawForm(formdata=None)), 400)


@blueprint.post("/staff/signposting/pages/<page_id>/withdraw")
@web.allow(*EDITORS)
def withdraw_page(page_id: str) -> Response | tuple[str, int]:
    """Ask a second person to take the page away again."""
    page, form = queries.page(page_id), WithdrawForm()
    verb = partial(service.withdraw_page, page_id=page_id)
    done = deciding.taken_off(form, verb, partial(back, page_id))
    return done or (_page(page, CheckedPageForm(formdata=None), form), 400)


def back(page_id: str, problem: str) -> Response:
    """To its screen; `problem` is the code of what stood in the way, or empty."""
    return redirect(url_for("signposting.look_at_page", page_id=page_id, problem=problem or None), 303)
