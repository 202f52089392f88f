"""The student's permissions: what stands, give, withdraw, every change."""

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.consent import queries as consent
from student_portal.consent import service
from student_portal.consent.queries import Decision, Scope
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.home import queries
from student_portal.home.forms import ChoiceForm
from student_portal.home.views.base import blueprint, student
from student_portal.home.views.words import cards, change_words


@blueprint.get("/choices")
@web.allow(Role.STUDENT)
def choices() -> str:
    """Every permission, with what it does and what stops without it."""
    viewer, person_id = student()
    return render_template(
        "home/choices.html",
        cards=cards(queries.choices(viewer, person_id)),
        changed=session.pop("changed", None),
        has_pin=accounts.pin(viewer, person_id).is_set,
    )


@blueprint.post("/choices")
@web.allow(Role.STUDENT)
def choose() -> Response:
    """Give or withdraw one. A withdrawal always counts; to give, the words must be those in force."""
    viewer, person_id = student()
    form = ChoiceForm()
    if not form.validate():
        raise Refused("choice")
    scope, decision = Scope(form.scope.data), Decision(form.decision.data)
    if decision is Decision.GIVEN and form.version.data != consent.text(scope).version:
        raise Conflict
    service.record(person_id=person_id, scope=scope, decision=decision, by=viewer, at=clock.now())
    session["changed"] = decision
    return redirect(url_for("home.choices"), 303)


@blueprint.get("/choices/changes")
@web.allow(Role.STUDENT)
def changes() -> str:
    """The ledger: what was decided when, and under which words."""
    viewer, person_id = student()
    entries = [change_words(entry) for entry in consent.ledger(viewer, person_id)]
    return render_template("home/changes.html", entries=entries)
