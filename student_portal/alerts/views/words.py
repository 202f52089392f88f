"""How tasks, troubles and times are said to staff. Kinds and whose, never how bad."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from student_portal.alerts.queries import Trouble
from student_portal.duty.queries import TaskKind
from student_portal.foundation.i18n import gettext as _

KINDS: dict[TaskKind, Any] = {
    TaskKind.ANSWER_TO_READ: _l("Read an answer"),
    TaskKind.NEW_REFERRAL: _l("Answer a new request"),
    TaskKind.HUMANE_CONTACT: _l("One contact after leaving"),
    TaskKind.UNDELIVERED_TEXT: _l("A message did not arrive"),
    TaskKind.ASKED_TO_TALK: _l("Asked to talk"),
    TaskKind.FOLLOW_UP: _l("Follow up within 48 hours"),
    TaskKind.CALL_BACK: _l("Call back"),
    TaskKind.WRONG_NUMBER: _l("A wrong number"),
    TaskKind.CONTENT_REVIEW: _l("Check a help contact or page again"),
    TaskKind.BROKEN_LINK: _l("A link does not work"),
    TaskKind.SOMETHING_STOPPED: _l("Something has stopped"),
    TaskKind.ESCALATION_FAILED: _l("Somebody could not be told of something unread"),
    TaskKind.GOING_LIVE: _l("Look at what came up since the service is live"),
}

TROUBLES: dict[Trouble, Any] = {
    Trouble.WORKER: _l(
        "The worker is silent: no text or e-mail goes out, and nobody is told of what is unread."
    ),
    Trouble.QUEUE: _l("Messages wait that should have gone ten minutes ago or earlier."),
    Trouble.STEPS: _l("Somebody should have been told of something unread, and was not."),
    Trouble.UNREAD: _l("The manager was told of something unread, and nobody has read it yet."),
}


def span(time: timedelta) -> str:
    """Two hours and ten minutes of working time."""
    minutes = round(time.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    if minutes or not hours:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return str(_(" and ")).join(parts)
