"""Whether messages may leave, who decided so, what is open, and what of it came up since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.accounts import queries as accounts
from student_portal.foundation import crypto, db, outlets
from student_portal.governance import rooms
from student_portal.governance.hazards import Control, deployers
from student_portal.governance.models import FoundOpen, GoLiveDecision, GoLiveStep
from student_portal.governance.rooms import Blocker
from student_portal.settings import queries as settings

__all__ = ["Blocker", "Control", "Decided", "GoLive", "decisions", "deployers", "go_live", "may_send"]


@dataclass(frozen=True)
class Decided:
    """One start or stop of the sending. `by` empty: nothing stood in the way. `ended_at` None: it stands."""

    id: str
    starts: bool
    at: datetime
    by: str
    reason: str
    covers: frozenset[Blocker]
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True)
class GoLive:
    """How it stands now. `found`: since when each open thing is known to be open; none yet: just now."""

    is_demo: bool
    blockers: tuple[Blocker, ...]
    standing: Decided | None
    found: Mapping[Blocker, datetime]

    @property
    def is_live(self) -> bool:
        """From the first start on, until a manager stops it; whatever is open."""
        return self.standing is not None and self.standing.starts

    @property
    def is_stopped(self) -> bool:
        return self.standing is not None and not self.standing.starts

    @property
    def came_up(self) -> tuple[Blocker, ...]:
        """In a live service, what is open and was not when it was started: it stops nothing."""
        if self.standing is None or not self.standing.starts:
            return ()
        covered, at = self.standing.covers, self.standing.at
        return tuple(one for one in self.blockers if one not in covered or self.found.get(one, at) > at)

    @property
    def may_start(self) -> bool:
        """Whether there is something for a manager to decide. What nothing holds back starts by itself."""
        return self.is_stopped or bool(self.came_up if self.is_live else self.blockers)

    @property
    def seen(self) -> str:
        """A mark of what stands, so that a start is about what was on the page."""
        stands = sorted((blocker.room, blocker.words) for blocker in self.blockers)
        standing = self.standing.id if self.standing else ""
        return crypto.blind(f"{stands} {standing}", purpose="go live").hex()


def may_send() -> bool:
    """Whether messages may leave now: since a start and until a stop, whatever came up meanwhile.

    In the demo they always do: they only reach its phone.
    """
    if outlets.installed().is_demo:
        return True
    with db.read() as session:
        standing = select(GoLiveDecision.does).where(
            GoLiveDecision.service_id == settings.service_id(), col(GoLiveDecision.ended_at).is_(None)
        )
        return session.exec(standing).first() == GoLiveStep.START


def go_live() -> GoLive:
    """Ask every room, and what was decided."""
    with db.read():
        standing = next((decided for decided in decisions() if decided.ended_at is None), None)
        return GoLive(outlets.installed().is_demo, rooms.blockers(), standing, _found())


def decisions() -> list[Decided]:
    """Every start and stop there ever was, newest first."""
    with db.read() as session:
        rows = session.exec(
            select(GoLiveDecision)
            .where(GoLiveDecision.service_id == settings.service_id())
            .order_by(col(GoLiveDecision.id).desc())
        ).all()
        return [_decided(row) for row in rows]


def _decided(row: GoLiveDecision) -> Decided:
    return Decided(
        id=row.id,
        starts=row.does == GoLiveStep.START,
        at=row.at,
        by=accounts.staff_name(row.by) if row.by else "",
        reason=row.reason,
        covers=frozenset(Blocker(room, words) for room, words in row.covers),
        ended_at=row.ended_at,
        ended_by=accounts.staff_name(row.ended_by) if row.ended_by else "",
    )


def _found() -> dict[Blocker, datetime]:
    with db.read() as session:
        rows = session.exec(
            select(FoundOpen).where(
                FoundOpen.service_id == settings.service_id(), col(FoundOpen.until).is_(None)
            )
        )
        return {Blocker(row.room, row.words): row.since for row in rows}
