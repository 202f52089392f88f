"""Telling cover, manager and again each working morning that an answer is unread: each step once, in order.

Any number of workers may try. The alert is held while its steps are taken, a step is a unique row, and the
messages stand in the same transaction: a worker that dies has taken a step whole or not at all, and one that
comes late takes what was left, in order.
"""

from collections.abc import Sequence
from datetime import datetime

from student_portal.access import service as access
from student_portal.alerts.escalation import READER, Due
from student_portal.alerts.models import AnswerAlert, Outcome, StepKind
from student_portal.alerts.queries import readers
from student_portal.alerts.queries.escalation import Unread, find_unread, steps_left, unread_anywhere
from student_portal.alerts.service.missing import miss
from student_portal.alerts.service.record import record
from student_portal.alerts.service.telling import tell
from student_portal.audit.queries import Actor
from student_portal.foundation import db, logs


def escalate(*, at: datetime, by: Actor) -> int:
    """Take every step that has fallen due, of every unread alert; gives how many were taken.

    What breaks over one alert keeps no other waiting, and is shown to a person.
    """
    with db.read():
        due = [alert.id for alert in unread_anywhere(at) if steps_left(alert, at)]
    taken = 0
    for alert_id in due:
        try:
            taken += _escalate_one(alert_id, by=by, at=at)
        except db.Unreachable:
            raise
        except Exception as broken:  # noqa: BLE001 - the next alert must not wait for this one's trouble
            logs.error(broken)
            miss(alert_id, step_id=None, why="broke", by=by, at=at)
    return taken


def _escalate_one(alert_id: str, *, by: Actor, at: datetime) -> int:
    with db.write():
        alert = db.locked(AnswerAlert, alert_id)
        unread = find_unread(alert_id)
        if unread is None:
            return 0
        left = steps_left(unread, at)
        for due in left:
            _take(due, unread, passed=_is_passed(due, left), by=by, at=at)
            record("escalated", alert, by=by, at=at, step=due.step, slot=due.slot)
        return len(left)


def _is_passed(due: Due, left: Sequence[Due]) -> bool:
    """Whether this is a morning on which no worker was awake, and a later one is due already."""
    return due.step == StepKind.AGAIN and due.at < max(other.at for other in left)


def _take(due: Due, alert: Unread, *, passed: bool, by: Actor, at: datetime) -> None:
    to_id, outcome = (None, Outcome.PASSED) if passed else _whom(due, alert.owner_id, at)
    tell(alert, due, to_id, outcome, by=by, at=at)
    if to_id and to_id == readers.cover(alert.owner_id, at):
        access.stand_in(person_id=alert.person_id, staff_id=to_id, by=by, at=at)


def _whom(due: Due, owner_id: str, at: datetime) -> tuple[str | None, Outcome]:
    """Who is told at this step, and what comes of it."""
    manager = readers.manager(at)
    to_manager = (manager, Outcome.TOLD if manager else Outcome.NOBODY)
    if due.step == StepKind.OWNER:
        return owner_id, Outcome.TOLD if readers.is_there(owner_id, at) else Outcome.AWAY
    if due.step == StepKind.COVER:
        wanted = readers.cover(owner_id, at)
    elif due.slot.endswith(READER):
        wanted = readers.reader(owner_id, at)
    else:
        return to_manager
    if wanted:
        return wanted, Outcome.TOLD
    return (manager, Outcome.NO_COVER) if manager else to_manager
