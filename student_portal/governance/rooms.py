"""Asking every room what is still open. Each answers for itself, and a test finds any that is not asked; the
hazard log answers for what is not built.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.foundation import logs
from student_portal.foundation.i18n import later as _
from student_portal.governance import hazards
from student_portal.institutions import queries as institutions
from student_portal.measures import queries as measures
from student_portal.messaging import queries as messaging
from student_portal.settings import queries as settings
from student_portal.signposting import queries as signposting

_ASKED = {
    "settings": settings,
    "accounts": accounts,
    "messaging": messaging,
    "institutions": institutions,
    "signposting": signposting,
    "alerts": alerts,
    "measures": measures,
    "hazards": hazards,
}
ROOMS: Mapping[str, Callable[[], list[str]]] = {
    name: room.go_live_blockers for name, room in _ASKED.items() if hasattr(room, "go_live_blockers")
}

NO_ANSWER = _("This could not be looked at. Whoever runs the portal finds why in its log.")


@dataclass(frozen=True, order=True)
class Blocker:
    """One thing that is not settled, known by its room's own sentence, untranslated."""

    room: str
    words: str

    @property
    def is_quoted(self) -> bool:
        """Whether these are the hazard log's own words, which are not translated."""
        return bool(re.match(r"H\d+: ", self.words))


def blockers() -> tuple[Blocker, ...]:
    """Everything that is open now, room by room. A room that cannot answer counts as open."""
    return tuple(Blocker(room, words) for room, ask in ROOMS.items() for words in _answer(ask))


def _answer(ask: Callable[[], list[str]]) -> list[str]:
    try:
        return ask()
    except Exception as broken:  # noqa: BLE001 - one broken room must not hide the others, nor the page
        logs.error(broken)
        return [NO_ANSWER]
