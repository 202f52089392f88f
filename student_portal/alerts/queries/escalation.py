"""Where the escalation of each unread alert stands: what was done, what is due, what did not arrive."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from student_portal.alerts.escalation import Due, next_step, steps
from student_portal.alerts.models import (
    AlertEvent,
    AlertHandOver,
    AlertState,
    AnswerAlert,
    EscalationStep,
    MissedStep,
    Outcome,
    StepKind,
)
from student_portal.alerts.queries import readers
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import db


@dataclass(frozen=True)
class Told:
    """One step that was taken. `missed`: why it did not reach them, as codes, as far as anybody knows."""

    raising: int
    step: StepKind
    due_at: datetime
    at: datetime
    to_id: str | None
    channels: tuple[str, ...]
    outcome: Outcome
    missed: tuple[str, ...]


@dataclass(frozen=True)
class HandedOver:
    """One time that an alert became another's to read. `by` None: the machine."""

    at: datetime
    from_id: str
    to_id: str
    by: str | None
    why: str


@dataclass(frozen=True)
class Unread:
    """One answer or wish to talk that nobody has read, without a word of what it says."""

    id: str
    task_kind: TaskKind
    person_id: str
    owner_id: str
    raised_at: datetime
    due_at: datetime
    raising: int
    at_once: bool


def unread_anywhere(at: datetime | None = None) -> list[Unread]:
    """Every alert nobody has read, soonest due first; with `at` only those due by then. For the worker and
    for pages that name no student.
    """
    waiting = select(AnswerAlert).where(AnswerAlert.state == AlertState.RAISED)
    if at is not None:
        waiting = waiting.where(col(AnswerAlert.due_at) <= at)
    with db.read() as unit:
        rows = unit.exec(waiting.order_by(col(AnswerAlert.due_at), col(AnswerAlert.id))).all()
        sent = _moments_of_raising(unit, [row.id for row in rows])
    return [_unread(row, at_once=(row.id, row.due_at) in sent) for row in rows]


def find_unread(alert_id: str) -> Unread | None:
    """This alert, as long as nobody has read it."""
    with db.read() as unit:
        row = unit.get(AnswerAlert, alert_id)
        if row is None or row.state != AlertState.RAISED:
            return None
        return _unread(row, at_once=(row.id, row.due_at) in _moments_of_raising(unit, [row.id]))


def _moments_of_raising(unit: Session, alert_ids: list[str]) -> set[tuple[str, datetime]]:
    """When each of these was raised. One that is due at such a moment was due at once."""
    raised = select(AlertEvent.alert_id, AlertEvent.at).where(
        col(AlertEvent.alert_id).in_(alert_ids), AlertEvent.state == AlertState.RAISED
    )
    return set(unit.exec(raised)) if alert_ids else set()


def _unread(row: AnswerAlert, *, at_once: bool) -> Unread:
    return Unread(
        id=row.id,
        task_kind=row.task_kind,
        person_id=row.person_id,
        owner_id=row.owner_id,
        raised_at=row.raised_at,
        due_at=row.due_at,
        raising=row.raising,
        at_once=at_once,
    )


def steps_left(alert: Unread, at: datetime) -> list[Due]:
    """The steps of this alert that are due and not taken yet, in their order."""
    taken = select(EscalationStep.step, EscalationStep.slot).where(
        EscalationStep.alert_id == alert.id, EscalationStep.raising == alert.raising
    )
    with db.read() as unit:
        done = set(unit.exec(taken))
    due = steps(alert.due_at, at_once=alert.at_once, calendar=duty.calendar(at), until=at)
    return [step for step in due if (step.step, step.slot) not in done]


def next_due(after: datetime) -> datetime | None:
    """The next moment later than `after` at which an unread answer falls due or somebody is told of one."""
    calendar = duty.calendar(after)
    ahead = (
        next_step(alert.due_at, at_once=alert.at_once, calendar=calendar, after=after)
        for alert in unread_anywhere()
    )
    return min(ahead, default=None)


def told(alert_id: str) -> list[Told]:
    """Everybody who was told that this alert is unread, oldest first."""
    return told_each([alert_id])[alert_id]


def told_each(alert_ids: Collection[str]) -> dict[str, list[Told]]:
    """The same for each of these alerts, in as many statements as for one."""
    taken = select(EscalationStep).where(col(EscalationStep.alert_id).in_(alert_ids))
    with db.read() as unit:
        rows = unit.exec(taken.order_by(col(EscalationStep.id))).all() if alert_ids else ()
        missed = _missed(unit, [row.id for row in rows])
    found: dict[str, list[Told]] = {alert_id: [] for alert_id in alert_ids}
    for row in rows:
        found[row.alert_id].append(_told(row, missed))
    return found


def _told(row: EscalationStep, missed: Iterable[tuple[str, str]]) -> Told:
    return Told(
        raising=row.raising,
        step=row.step,
        due_at=row.due_at,
        at=row.at,
        to_id=row.to_id,
        channels=tuple(row.channels.split()),
        outcome=row.outcome,
        missed=tuple(why for step_id, why in missed if step_id == row.id),
    )


def _missed(unit: Session, step_ids: Collection[str]) -> list[tuple[str, str]]:
    found = select(MissedStep.step_id, MissedStep.why).where(col(MissedStep.step_id).in_(step_ids))
    return list(unit.exec(found)) if step_ids else []


def handed_over(alert_id: str) -> list[HandedOver]:
    """Whose this alert was before, oldest first."""
    return handed_over_each([alert_id])[alert_id]


def handed_over_each(alert_ids: Collection[str]) -> dict[str, list[HandedOver]]:
    """The same for each of these alerts, in as many statements as for one."""
    passed_on = select(AlertHandOver).where(col(AlertHandOver.alert_id).in_(alert_ids))
    with db.read() as unit:
        rows = unit.exec(passed_on.order_by(col(AlertHandOver.id))).all() if alert_ids else ()
    found: dict[str, list[HandedOver]] = {alert_id: [] for alert_id in alert_ids}
    for row in rows:
        found[row.alert_id].append(HandedOver(row.at, row.from_id, row.to_id, row.by, row.why))
    return found


def why_not_asked(alert_id: str, person_id: str, at: datetime) -> str | None:
    """Why this person need not be told any more that this alert is unread, as a code; None: they must be."""
    alert = find_unread(alert_id)
    if alert is None:
        return "read"
    with db.read() as unit:
        was_told = select(EscalationStep.id).where(
            EscalationStep.alert_id == alert_id,
            EscalationStep.raising == alert.raising,
            EscalationStep.to_id == person_id,
            EscalationStep.step != StepKind.OWNER,
        )
        if person_id != alert.owner_id and unit.exec(was_told).first() is None:
            return "handed_over"
    return None if readers.is_there(person_id, at) else "away"
