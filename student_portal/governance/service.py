"""Starting and stopping the sending of real messages, and looking each minute at what is open.

Only the first start is held back. A live service sends whatever comes up, until a manager stops it: see
docs/adr/0015-going-live.md.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Role, Viewer
from student_portal.alerts import queries as alerts
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import queries as tasks
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import db, outlets
from student_portal.foundation.errors import Conflict, NotAllowed, Refused
from student_portal.governance.models import FoundOpen, GoLiveDecision, GoLiveStep
from student_portal.governance.queries import Blocker, GoLive, go_live

WORKING_HOURS_TO_LOOK = 8


def look(*, by: Actor, at: datetime) -> None:
    """Note what is open and since when; start when nothing stands in the way of a service that never was
    live; one task while something came up in a live one. The worker does this each minute. In the demo
    nothing happens.
    """
    if outlets.installed().is_demo:
        return
    with db.write():
        db.hold(f"go live {by.service_id}")
        stands = _noted(go_live(), by=by, at=at)
        if stands.standing is None and not stands.blockers:
            _decide(GoLiveStep.START, (), "", by=by, at=at)
        _ask_somebody(stands, by=by, at=at)


def start(*, reason: str, seen: str, by: Viewer, at: datetime) -> str:
    """Let messages leave with what is on the page open, or go on with what came up; gives the decision's id.

    It covers exactly what stood on the page, whose mark is `seen`, and takes the place of what stood before.
    Raises NotAllowed but for a manager, Conflict when something else stands now, Refused("nothing") when
    there is nothing to decide.
    """
    _require_manager(by)
    with db.write():
        db.hold(f"go live {by.service_id}")
        stands = _noted(go_live(), by=by, at=at)
        if stands.seen != seen:
            raise Conflict
        if not stands.may_start:
            raise Refused("nothing")
        _nobody_has_to_look(by=by, at=at)
        return _decide(GoLiveStep.START, stands.blockers, reason, by=by, at=at)


def stop(*, reason: str, by: Viewer, at: datetime) -> None:
    """Let every message wait until a manager starts again. No room is asked: this holds whatever stands.

    Twice is harmless, and the first reason stays. Raises NotAllowed but for a manager.
    """
    _require_manager(by)
    with db.write():
        db.hold(f"go live {by.service_id}")
        standing = _standing(by.service_id)
        if standing is None or standing.does == GoLiveStep.START:
            _nobody_has_to_look(by=by, at=at)
            _decide(GoLiveStep.STOP, (), reason, by=by, at=at)


def _require_manager(by: Viewer) -> None:
    if by.role != Role.MANAGER or by.person_id is None:
        raise NotAllowed


def _noted(stands: GoLive, *, by: Actor, at: datetime) -> GoLive:
    """The same, with what is found open or settled for the first time written down."""
    fresh = [one for one in stands.blockers if one not in stands.found]
    with db.write() as session:
        for one in fresh:
            session.add(FoundOpen(service_id=by.service_id, room=one.room, words=one.words, since=at))
        known = select(FoundOpen).where(FoundOpen.service_id == by.service_id, col(FoundOpen.until).is_(None))
        for row in session.exec(known):
            if Blocker(row.room, row.words) not in stands.blockers:
                row.until = at
        session.flush()
    return replace(stands, found={**stands.found, **dict.fromkeys(fresh, at)})


def _ask_somebody(stands: GoLive, *, by: Actor, at: datetime) -> None:
    if not stands.came_up:
        _nobody_has_to_look(by=by, at=at)
    elif tasks.task_for(TaskKind.GOING_LIVE, by.service_id) is None:
        duty.raise_task(
            kind=TaskKind.GOING_LIVE,
            subject=("service", by.service_id),
            person_id=None,
            owner_id=alerts.answerable(at),
            due_at=tasks.calendar(at).after(at, WORKING_HOURS_TO_LOOK),
            by=by,
            at=at,
        )


def _nobody_has_to_look(*, by: Actor, at: datetime) -> None:
    """What came up was settled or taken on, or sending was stopped: then a start names what stands."""
    duty.finish_task(kind=TaskKind.GOING_LIVE, subject_id=by.service_id, note="", by=by, at=at)


def _decide(does: GoLiveStep, covers: Collection[Blocker], reason: str, *, by: Actor, at: datetime) -> str:
    with db.write() as session:
        standing = _standing(by.service_id)
        if standing is not None:
            standing.ended_at, standing.ended_by = at, by.person_id
            session.flush()  # only one may stand
        decision = GoLiveDecision(
            service_id=by.service_id,
            does=does,
            at=at,
            by=by.person_id,
            covers=[[blocker.room, blocker.words] for blocker in covers],
        )
        if by.person_id is not None:
            decision.reason = reason
        session.add(decision)
        session.flush()
        audit.record(
            verb=f"governance.{does}",
            subject=("go_live_decision", decision.id),
            by=by,
            at=at,
            detail={"open": len(decision.covers)},
        )
        return decision.id


def _standing(service_id: str) -> GoLiveDecision | None:
    with db.write() as session:
        standing = select(GoLiveDecision).where(
            GoLiveDecision.service_id == service_id, col(GoLiveDecision.ended_at).is_(None)
        )
        return session.exec(standing.with_for_update()).first()
