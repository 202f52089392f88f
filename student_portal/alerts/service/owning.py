"""Whose an alert is: handed over by a person, or by the machine when its owner can no longer read it."""

from datetime import datetime

from student_portal.access import queries as sight
from student_portal.access import service as access
from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.alerts.escalation import Due
from student_portal.alerts.models import AlertHandOver, AlertState, AnswerAlert, Outcome, StepKind
from student_portal.alerts.queries import readers
from student_portal.alerts.queries.escalation import Unread, find_unread, unread_anywhere
from student_portal.alerts.service.record import record
from student_portal.alerts.service.telling import tell
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, Refused


def hand_over(
    *, alert_id: str, to_id: str, by: Actor, at: datetime, seen_owner: str | None = None, why: str = "by_hand"
) -> None:
    """Make it another therapist's to read; they may open the record from now on, and are told.

    To its owner again: nothing happens. `seen_owner` is whose it was on the page. Raises NotFound,
    Refused("nobody") unless `to_id` is a therapist who works here, Refused("done") once it was acted on, and
    Conflict if it has become somebody else's meanwhile.
    """
    if to_id not in _therapists():
        raise Refused("nobody")
    with db.write():
        alert = db.locked(AnswerAlert, alert_id)
        if alert.owner_id == to_id:
            return
        if alert.state == AlertState.ACTED:
            raise Refused("done")
        if seen_owner not in (None, alert.owner_id):
            raise Conflict
        _give(alert, to_id, why, by=by, at=at)


def _therapists() -> list[str]:
    return [person.id for person in accounts.staff(Role.THERAPIST)]


def _give(alert: AnswerAlert, to_id: str, why: str, *, by: Actor, at: datetime) -> None:
    passed_on = AlertHandOver(
        alert_id=alert.id, from_id=alert.owner_id, to_id=to_id, at=at, by=by.person_id, why=why
    )
    with db.write() as unit:
        unit.add(passed_on)
        alert.owner_id = to_id
        unit.flush()
        record("handed_over", alert, by=by, at=at, to=to_id, why=why)
    if to_id in _therapists():
        access.stand_in(person_id=alert.person_id, staff_id=to_id, by=by, at=at)
    task = duty.task_for(alert.task_kind, alert.id)
    if task:
        tasks.give_task(task_id=task.id, owner_id=to_id, by=by, at=at)
    unread = find_unread(alert.id)
    if unread:
        tell(unread, Due(at, StepKind.OWNER, f"to {passed_on.id}"), to_id, Outcome.TOLD, by=by, at=at)


def keep_owned(*, at: datetime, by: Actor) -> int:
    """Give what nobody can read any more to somebody who can; gives how much that was.

    Unread alerts whose owner left or may no longer open the record, and tasks of people who left. Run each
    minute.
    """
    with db.read():
        lost = [(alert.id, why) for alert in unread_anywhere() if (why := _why_lost(alert))]
    moved = sum(_find_owner(alert_id, why=why, by=by, at=at) for alert_id, why in lost)
    return moved + _keep_tasks_owned(by=by, at=at)


def _why_lost(alert: Unread) -> str | None:
    if accounts.has_left(alert.owner_id):
        return "left"
    return None if sight.may_open(alert.owner_id, alert.person_id) else "no_sight"


def _find_owner(alert_id: str, *, why: str, by: Actor, at: datetime) -> bool:
    """The student's therapist now; or who stands in for the owner; or the first therapist there is; or the
    manager, to hand it to the next one that comes.
    """
    with db.write():
        alert = db.locked(AnswerAlert, alert_id)
        working = _therapists()
        therapist, covers = sight.therapist_of(alert.person_id, at=at), readers.covers(alert.owner_id, at)
        reading = (person for person in (therapist, *covers, *working) if person in working)
        found = next((person for person in reading if person != alert.owner_id), readers.answerable(at))
        if alert.state != AlertState.RAISED or found is None or found == alert.owner_id:
            return False
        _give(alert, found, why, by=by, at=at)
        return True


def _keep_tasks_owned(*, by: Actor, at: datetime) -> int:
    """What somebody left undone who left is the manager's, and so is what nobody could take, because the
    record it is about has closed.
    """
    with db.read():
        lost = [task for task in duty.all_tasks(by.service_id) if _is_nobodys(task)]
        manager = readers.answerable(at) if lost else None
    left = [task for task in lost if task.owner_id != manager]
    for task in left:
        tasks.give_task(task_id=task.id, owner_id=manager, by=by, at=at)
    return len(left)


def _is_nobodys(task: duty.TaskFacts) -> bool:
    if task.owner_id:
        return accounts.has_left(task.owner_id)
    return task.person_id is not None and not sight.is_in_care(task.person_id)
