"""Going live although something is open, and taking that back."""

from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Role, Viewer
from student_portal.audit import service as audit
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotAllowed, Refused
from student_portal.governance.models import GoLiveDecision
from student_portal.governance.queries import go_live


def go_live_all_the_same(*, reason: str, seen: str, by: Viewer, at: datetime) -> str:
    """Let messages leave although what is on the page is open; gives the decision's id.

    It covers exactly what stood on the page, whose mark is `seen`: anything new stops the sending again. It
    takes the place of an earlier decision. Raises NotAllowed but for a manager, Conflict when something else
    stands now, Refused("nothing") when nothing is open that nobody took on.
    """
    decided_by = _manager(by)
    with db.write() as session:
        db.hold(f"go live {by.service_id}")
        stands = go_live()
        if stands.seen != seen:
            raise Conflict
        if not stands.uncovered:
            raise Refused("nothing")
        _end(by, at=at)
        decision = GoLiveDecision(
            service_id=by.service_id,
            at=at,
            by=decided_by,
            covers=[[blocker.room, blocker.words] for blocker in stands.blockers],
        )
        decision.reason = reason
        session.add(decision)
        session.flush()
        _record("governance.go_live", decision, by=by, at=at)
        return decision.id


def take_back(*, by: Viewer, at: datetime) -> None:
    """Messages wait again while anything is open. Twice is harmless. Raises NotAllowed but for a manager."""
    _manager(by)
    with db.write():
        db.hold(f"go live {by.service_id}")
        _end(by, at=at)


def _manager(by: Viewer) -> str:
    if by.role != Role.MANAGER or by.person_id is None:
        raise NotAllowed
    return by.person_id


def _end(by: Viewer, *, at: datetime) -> None:
    with db.write() as session:
        standing = select(GoLiveDecision).where(
            GoLiveDecision.service_id == by.service_id, col(GoLiveDecision.ended_at).is_(None)
        )
        for decision in session.exec(standing.with_for_update()):
            decision.ended_at, decision.ended_by = at, by.person_id
            _record("governance.take_back", decision, by=by, at=at)
        session.flush()  # only one may stand


def _record(verb: str, decision: GoLiveDecision, *, by: Viewer, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=("go_live_decision", decision.id),
        by=by,
        at=at,
        detail={"open": len(decision.covers)},
    )
