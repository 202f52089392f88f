"""Every version a contact ever had: who wrote it, who published it, how any two differ, and the way back."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.signposting import queries, service
from student_portal.signposting.changes import changes, facts
from student_portal.signposting.queries import Contact
from student_portal.signposting.views import names
from student_portal.signposting.views.base import EDITORS, READERS, blueprint, is_editor
from student_portal.signposting.views.deciding import seen
from student_portal.signposting.views.typed import number


@blueprint.get("/staff/signposting/<contact_id>/versions")
@web.allow(*READERS)
def versions(contact_id: str) -> str:
    """All versions, newest first, and what changed between the two that were chosen."""
    contact = queries.contact(contact_id)
    one, other = _chosen(contact)
    return render_template(
        "signposting/versions.html",
        contact=contact,
        one=one,
        other=other,
        changes=changes(contact.numbered(one).content, contact.numbered(other).content),
        facts=facts,
        names=names,
        editor=is_editor(),
    )


def _chosen(contact: Contact) -> tuple[int, int]:
    """The two numbers asked for; until somebody asks, the newest and the one before it."""
    newest = contact.versions[0].number
    one, other = request.args.get("one"), request.args.get("other")
    return number(one) if one else max(newest - 1, 1), number(other) if other else newest


@blueprint.post("/staff/signposting/<contact_id>/bring-back")
@web.allow(*EDITORS)
def bring_back(contact_id: str) -> Response:
    """Make a draft of what an earlier version said; it is to be checked like any."""
    service.bring_back(
        signpost_id=contact_id,
        number=number(request.form.get("number")),
        seen=seen(),
        by=access.current(),
        at=clock.now(),
    )
    return redirect(url_for("signposting.edit", contact_id=contact_id), 303)
