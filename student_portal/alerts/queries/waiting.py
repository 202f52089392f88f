"""What everybody on duty may know: that something is unread, since when, whose, and who was told. Whose words
they are only whoever may open the record knows.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from student_portal.access.queries import Role, Viewer, visible_people
from student_portal.accounts import queries as accounts
from student_portal.alerts.models import AlertState, AnswerAlert, Outcome
from student_portal.alerts.queries import readers
from student_portal.alerts.queries.escalation import Told, Unread, told, unread_anywhere
from student_portal.duty import queries as duty
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared


@dataclass(frozen=True)
class Waiting:
    """One answer or wish to talk that nobody has read. `person_id` and `name` are empty for who may not open
    the record.

    `told`: the steps so far, each with the name of whoever was told; empty: nobody.
    """

    id: str
    task_kind: duty.TaskKind
    person_id: str
    name: str
    owner: str
    is_mine: bool
    is_owner_away: bool
    raised_at: datetime
    due_at: datetime
    told: tuple[tuple[Told, str], ...]
    task_id: str
    may_hand_over: bool

    def is_overdue(self, at: datetime) -> bool:
        return self.due_at <= at

    @property
    def is_uncovered(self) -> bool:
        """Whether a step found nobody who stands in, or nobody at all."""
        return any(step.outcome in (Outcome.NO_COVER, Outcome.NOBODY) for step, _name in self.told)


@dataclass(frozen=True)
class OnDuty:
    """Who is there. `next_open`: when the service works next, now if it does; None: it has no hours.

    `stands_in`: for each therapist who would stand in for them at this moment; empty: nobody.
    """

    is_open: bool
    next_open: datetime | None
    manager: str
    stands_in: tuple[tuple[str, str], ...]
    away: tuple[str, ...]


def waiting(viewer: Viewer, *, at: datetime) -> list[Waiting]:
    """Every answer and wish to talk that nobody has read yet, soonest due first."""
    with db.read():
        may_open = seen_by(viewer)
        return [_waiting(viewer, alert, may_open, at) for alert in unread_anywhere()]


def seen_by(viewer: Viewer) -> frozenset[str]:
    """The students whose records this viewer may open."""
    with db.read() as unit:
        return frozenset(unit.exec(visible_people(viewer)))


def _waiting(viewer: Viewer, alert: Unread, may_open: frozenset[str], at: datetime) -> Waiting:
    sees, is_mine = alert.person_id in may_open, alert.owner_id == viewer.person_id
    task = duty.task_for(alert.task_kind, alert.id)
    return Waiting(
        id=alert.id,
        task_kind=alert.task_kind,
        person_id=alert.person_id if sees else "",
        name=accounts.name_of(viewer, alert.person_id) if sees else "",
        owner=accounts.staff_name(alert.owner_id),
        is_mine=is_mine,
        is_owner_away=not readers.is_there(alert.owner_id, at),
        raised_at=alert.raised_at,
        due_at=alert.due_at,
        told=tuple((step, _name(step.to_id)) for step in told(alert.id)),
        task_id=task.id if task else "",
        may_hand_over=task is not None and (sees or is_mine or viewer.role == Role.MANAGER),
    )


def _name(person_id: str | None) -> str:
    return accounts.staff_name(person_id) if person_id else ""


def overdue(at: datetime) -> tuple[int, str]:
    """How many of them are overdue, for the line on every page of the team's, and whose the first is."""
    late = _owners_of_late(at=at)
    return len(late), accounts.staff_name(late[0].owner_id) if late else ""


@prepared
def _owners_of_late(at: datetime) -> Columns:
    """Whose each unread answer is that was due by then, the one that is due longest first."""
    unread = columns(AnswerAlert.owner_id).where(col(AnswerAlert.state) == AlertState.RAISED)
    return unread.where(col(AnswerAlert.due_at) <= at).order_by(col(AnswerAlert.due_at), col(AnswerAlert.id))


def on_duty(at: datetime) -> OnDuty:
    """Who is there at this moment."""
    calendar = duty.calendar(at)
    therapists = accounts.staff(Role.THERAPIST)
    return OnDuty(
        is_open=calendar.is_open(at),
        next_open=next((max(opens, at) for opens, _closes in calendar.spans(at)), None),
        manager=_name(readers.manager(at)),
        stands_in=tuple((person.name, _name(readers.cover(person.id, at))) for person in therapists),
        away=tuple(person.name for person in therapists if duty.is_away(person.id, at)),
    )
