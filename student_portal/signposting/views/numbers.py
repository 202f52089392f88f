""" "Text me these numbers": the exact words first, then one tap sends them to the student who asks."""

import re
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.foundation import clock, i18n, ids, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.messaging import queries as messaging
from student_portal.messaging.queries import Channel, MessageState
from student_portal.settings import queries as settings
from student_portal.signposting import service
from student_portal.signposting.numbers import KIND, offers
from student_portal.signposting.views.help import blueprint

RECENT = timedelta(minutes=15)


@blueprint.get("/help/numbers")
@web.allow(web.ANYONE)
def numbers() -> str:
    """What would be sent and where to; signed out, how to get there. No number is asked for here."""
    return _page(ids.new())


@blueprint.post("/help/numbers")
@web.allow(Role.STUDENT)
def send_numbers() -> Response | tuple[str, int]:
    """Send it. If the words are others by now, show those first."""
    key, channel = request.form.get("key", ""), request.form.get("channel", "")
    if not re.match(ids.PATTERN, key) or channel not in set(Channel):
        raise Refused("form")
    try:
        service.send_numbers(
            channel=Channel(channel),
            key=key,
            seen=request.form.get("seen", "").replace("\r\n", "\n"),
            by=access.current(),
            at=clock.now(),
        )
    except Conflict:
        return _page(
            key, _("The numbers have changed since you opened this page. Read them again first.")
        ), 409
    except Refused as refusal:
        return _page(key, _refusal(refusal.code)), 429 if refusal.code == "limit" else 400
    return redirect(url_for("help.numbers"), 303)


def _page(key: str, problem: str = "") -> str:
    viewer, now = access.current(), clock.now()
    mine = offers(viewer, str(viewer.person_id), now) if viewer.role == Role.STUDENT else []
    decided = settings.current()
    return render_template(
        "signposting/numbers.html",
        signed_in=viewer.role == Role.STUDENT,
        offers=sorted(mine, key=lambda offer: not offer.can_go),
        latest=_latest() if viewer.role == Role.STUDENT else "",
        key=key,
        problem=problem,
        error=bool(problem),
        sender=decided.text_sender,
        team_phone=decided.team_phone,
        now=now,
    )


def _latest() -> str:
    """What became of the one asked for a moment ago."""
    viewer, now = access.current(), clock.now()
    sent = messaging.messages_to(viewer, str(viewer.person_id))
    message = next((one for one in sent if one.kind == KIND and now - one.at < RECENT), None)
    if message is None:
        return ""
    if message.state in (MessageState.QUEUED, MessageState.CLAIMED):
        return str(_("It is on its way. Look at your messages in a minute."))
    if message.state in (MessageState.SENT, MessageState.DELIVERED):
        return str(_("It was sent at %(hour)s.", hour=i18n.hour(message.at)))
    return str(_("It could not be sent. The numbers themselves work: they are on the page before."))


def _refusal(code: str) -> str:
    words = {
        "stopped": _("Nothing goes there, because someone replied STOP from it."),
        "unproved": _("We cannot send anything there now."),
        "address": _("We do not have an address for that."),
        "limit": _(
            "You have had it three times today, so this page takes a rest. The numbers are in those messages."
        ),
    }
    return str(words[code])
