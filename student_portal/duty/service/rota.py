"""Who is away, who stands in for whom, who is the manager on duty. Rows are ended, never deleted."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Role
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty.models import Absence, DutyTurn, Task
from student_portal.duty.queries import AHEAD, DutyRole, Span, absences, rota, turns
from student_portal.foundation import db
from student_portal.foundation.errors import NotAllowed, Refused


def set_absence(*, person_id: str, span: Span, by: Actor, at: datetime) -> str:
    """A member of staff does not work then; gives the row's id. The same again is one.

    Therapists say so of themselves, a manager of anybody. Raises NotAllowed, Refused("order") if it ends
    before it begins and Refused("past") if it is over. What it leaves without a reader is said by the page,
    not forbidden: an illness asks nobody.
    """
    _must_be_own_or_managed(person_id, by)
    _must_make_sense(span, at)
    with db.write() as session:
        _one_at_a_time(by)
        for standing in absences(at):
            if (standing.person_id, standing.span) == (person_id, span):
                return standing.id
        row = Absence(
            service_id=by.service_id,
            person_id=person_id,
            since=span.since,
            until=span.until,
            weekday=span.weekday,
            half=span.half,
        )
        session.add(row)
        session.flush()
        _record("duty.set_absence", row, by=by, at=at)
        return row.id


def _must_be_own_or_managed(person_id: str, by: Actor) -> None:
    if by.role == Role.THERAPIST and person_id != by.person_id:
        raise NotAllowed


def _must_make_sense(span: Span, at: datetime) -> None:
    """Ends after it begins, and is not over."""
    if span.until is not None and span.until <= span.since:
        raise Refused("order")
    if span.until is not None and span.until <= at:
        raise Refused("past")


def _one_at_a_time(by: Actor) -> None:
    """Whoever changes the rota sees what the one before did: two last covers cannot leave at once."""
    db.hold(f"rota of {by.service_id}")


def end_absence(*, absence_id: str, by: Actor, at: datetime) -> None:
    """From now on they work after all; twice is harmless. Raises NotFound, NotAllowed as `set_absence`."""
    with db.write():
        row = db.locked(Absence, absence_id)
        _must_be_own_or_managed(row.person_id, by)
        if row.ended_at is None:
            row.ended_at = at
            _record("duty.end_absence", row, by=by, at=at)


def set_cover(*, person_id: str, owner_id: str | None, span: Span, by: Actor, at: datetime) -> str:
    """This person stands in for the owner, or with None for everybody, after those who do already; gives the
    turn's id. The same again is one.

    Raises Refused("self") for oneself, and as `set_absence` for the time.
    """
    if person_id == owner_id:
        raise Refused("self")
    return _set_turn(DutyRole.COVER, person_id, owner_id, span, by=by, at=at)


def set_manager_on_duty(*, person_id: str, span: Span, by: Actor, at: datetime) -> str:
    """This person is told when nobody has read, after those named already. Raises as `set_absence`."""
    return _set_turn(DutyRole.MANAGER, person_id, None, span, by=by, at=at)


def _set_turn(
    role: DutyRole, person_id: str, owner_id: str | None, span: Span, *, by: Actor, at: datetime
) -> str:
    _must_make_sense(span, at)
    with db.write() as session:
        _one_at_a_time(by)
        beside = [turn for turn in turns(at) if (turn.role, turn.owner_id) == (role, owner_id)]
        for standing in beside:
            if (standing.person_id, standing.span) == (person_id, span):
                return standing.id
        row = DutyTurn(
            service_id=by.service_id,
            role=role,
            owner_id=owner_id,
            person_id=person_id,
            place=max((turn.place for turn in beside), default=0) + 1,
            since=span.since,
            until=span.until,
            weekday=span.weekday,
            half=span.half,
        )
        session.add(row)
        session.flush()
        _record(f"duty.set_{role}", row, by=by, at=at)
        return row.id


def end_turn(*, turn_id: str, owners: Collection[str] = (), by: Actor, at: datetime) -> None:
    """From now on this turn no longer holds; twice is harmless.

    `owners`: who looks after students or has something unread; whoever owns an open task counts as well.
    Raises NotFound; Refused("last_cover") if one of them, or Refused("last_manager") if the service, would
    have nobody at some time in the next weeks at which the rota now names somebody, leave aside.
    """
    with db.write() as session:
        _one_at_a_time(by)
        row = db.locked(DutyTurn, turn_id)
        if row.ended_at is not None:
            return
        owed = {*owners, *session.exec(select(Task.owner_id).where(col(Task.done_at).is_(None)).distinct())}
        _must_not_be_the_last(row, [owner for owner in owed if owner], at)
        row.ended_at = at
        _record(f"duty.end_{row.role}", row, by=by, at=at)


def _must_not_be_the_last(row: DutyTurn, owners: Collection[str], at: datetime) -> None:
    before = replace(rota(at), away=())
    after = replace(before, turns=tuple(turn for turn in before.turns if turn.id != row.id))
    until = at + AHEAD
    if row.role == DutyRole.MANAGER and after.unmanaged(at, until) != before.unmanaged(at, until):
        raise Refused("last_manager")
    if any(after.uncovered(owner, at, until) != before.uncovered(owner, at, until) for owner in owners):
        raise Refused("last_cover")


def _record(verb: str, row: Absence | DutyTurn, *, by: Actor, at: datetime) -> None:
    """Whose row it is, never when they are away: the log is read by more people than the rota."""
    audit.record(
        verb=verb,
        subject=(type(row).__tablename__, row.id),
        by=by,
        at=at,
        detail={"person": row.person_id, **({"owner": row.owner_id} if isinstance(row, DutyTurn) else {})},
    )
