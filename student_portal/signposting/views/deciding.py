"""What the screen of a contact and that of a written page have in common: who may decide, the forms below
it, and a sentence for a button that could not do what it says.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock
from student_portal.foundation.errors import Conflict, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import service
from student_portal.signposting.forms import CheckedForm, WithdrawForm, say
from student_portal.signposting.queries import Versioned, VersionState
from student_portal.signposting.views import names
from student_portal.signposting.views.base import DECIDERS, is_editor
from student_portal.signposting.views.typed import number

Back = Callable[[str], Response]
"""To the screen again, with the code of what stood in the way; "" for nothing."""


def screen(
    template: str, stands: Versioned[Any], checked: CheckedForm, taken_off: WithdrawForm, **more: Any
) -> str:
    """The screen of one contact or page; `more` is what only one of the two has."""
    newest, viewer = stands.newest, access.current()
    waits = newest.state is VersionState.PROPOSED
    if stands.published and not checked.is_submitted():
        checked.number.data = str(stands.published.number)
    return render_template(
        template,
        newest=newest,
        names=names,
        may_decide=waits and viewer.role in DECIDERS and newest.drafted_by != viewer.person_id,
        is_author=waits and newest.drafted_by == viewer.person_id,
        editor=is_editor(),
        checked=checked,
        taken_off=taken_off,
        problem=_problem(request.args.get("problem", "")),
        today=clock.today(),
        error=bool(checked.errors or taken_off.errors),
        **more,
    )


def _problem(code: str) -> str:
    words = {
        "second_person": _("You wrote this version, so somebody else must publish it."),
        "not_proposed": _("This version has not been sent to a second person yet."),
        "unchecked": _("Nobody has checked what this version says. Edit it, and say how you checked it."),
        "review": _(
            "The day of its next check came while this version waited. Edit it: check it again, choose a "
            "later day, and send it to a second person anew."
        ),
        "words": _(
            "These words go no further than a draft. Look at the list of words, and change them first."
        ),
        "floor": _(
            "This would leave some students without a number to call or to text that is open day and night "
            "and for everybody, so it cannot be published. Publish another one first."
        ),
        "waits": _("Another version waits already. Publish it or send it back first."),
        "moved_on": _("What students see has changed by now. Look at it, and check that."),
    }
    return words.get(code, "")


def seen() -> int:
    """The count of saves that stood beside the button. Raises NotFound as `number` does."""
    return number(request.form.get("seen"))


def pressed(verb: Callable[..., None], back: Back) -> Response:
    """Do what a button says; if it is refused, say so on the screen."""
    try:
        verb(by=access.current(), at=clock.now())
    except Refused as refusal:
        return back(refusal.code)
    return back("")


def taken_off(form: WithdrawForm, verb: Callable[..., None], back: Back) -> Response | None:
    """Ask a second person to take it off; None: the form says what to mend."""
    return pressed(partial(verb, why=form.why.data), back) if form.validate_on_submit() else None


def checked(form: CheckedForm, verb: Callable[..., None], back: Back) -> Response | None:
    """Write down that somebody checked it; None: the form says what to mend."""
    if not form.validate_on_submit():
        return None
    try:
        verb(
            number=number(form.number.data),
            how=form.how.data,
            review_by=form.review_by.data,
            by=access.current(),
            at=clock.now(),
        )
    except Refused:
        say(form.review_by, review_words())
        return None
    except Conflict:
        return back("moved_on")
    return back("")


def review_words() -> str:
    """What to do about a day that is past, or too far."""
    return str(_("Choose a day within the next %(days)s days", days=service.REVIEW_DAYS))
