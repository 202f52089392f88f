"""What keeps the service from going live, which of it a manager took on, and whether messages may leave."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.accounts import queries as accounts
from student_portal.alerts import queries as alerts
from student_portal.foundation import crypto, db, outlets
from student_portal.governance import hazards
from student_portal.governance.hazards import Control, deployers
from student_portal.governance.models import GoLiveDecision
from student_portal.institutions import queries as institutions
from student_portal.measures import queries as measures
from student_portal.messaging import queries as messaging
from student_portal.settings import queries as settings
from student_portal.signposting import queries as signposting

__all__ = ["Blocker", "Control", "Decided", "GoLive", "decisions", "deployers", "go_live", "may_send"]

# Each room that has something to say answers for itself, and a test finds any that is not asked; the log
# answers for what is not built.
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


@dataclass(frozen=True, order=True)
class Blocker:
    """One thing that is not settled, known by its room's own sentence, untranslated."""

    room: str
    words: str

    @property
    def is_quoted(self) -> bool:
        """Whether these are the hazard log's own words, which are not translated."""
        return bool(re.match(r"H\d+: ", self.words))


@dataclass(frozen=True)
class Decided:
    """One manager's decision to go live with these things open. `ended_at` None: it stands."""

    id: str
    at: datetime
    by: str
    reason: str
    covers: frozenset[Blocker]
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True)
class GoLive:
    """How it stands now. `sends`: real messages leave."""

    is_demo: bool
    blockers: tuple[Blocker, ...]
    decided: Decided | None

    @property
    def uncovered(self) -> tuple[Blocker, ...]:
        """What nobody took on."""
        taken_on = self.decided.covers if self.decided else frozenset()
        return tuple(blocker for blocker in self.blockers if blocker not in taken_on)

    @property
    def sends(self) -> bool:
        return not self.is_demo and not self.uncovered

    @property
    def seen(self) -> str:
        """A mark of what stands, so that a decision is about what was on the page."""
        stands = sorted((blocker.room, blocker.words) for blocker in self.blockers)
        standing = self.decided.id if self.decided else ""
        return crypto.blind(f"{stands} {standing}", purpose="go live").hex()


def may_send() -> bool:
    """Whether messages may leave. In the demo they always do: they only reach its phone."""
    return outlets.installed().is_demo or go_live().sends


def go_live() -> GoLive:
    """Ask every room, and whether a manager decided."""
    with db.read():
        blockers = tuple(Blocker(room, words) for room, ask in ROOMS.items() for words in ask())
        standing = next((decided for decided in decisions() if decided.ended_at is None), None)
        return GoLive(outlets.installed().is_demo, blockers, standing)


def decisions() -> list[Decided]:
    """Every decision there ever was, newest first."""
    with db.read() as session:
        rows = session.exec(select(GoLiveDecision).order_by(col(GoLiveDecision.id).desc())).all()
        return [_decided(row) for row in rows]


def _decided(row: GoLiveDecision) -> Decided:
    return Decided(
        id=row.id,
        at=row.at,
        by=accounts.staff_name(row.by),
        reason=row.reason,
        covers=frozenset(Blocker(room, words) for room, words in row.covers),
        ended_at=row.ended_at,
        ended_by=accounts.staff_name(row.ended_by) if row.ended_by else "",
    )
