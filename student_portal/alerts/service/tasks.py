"""Taking, handing over and finishing tasks from the one list. What is done elsewhere is finished there."""

from datetime import datetime

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.alerts.queries.tasks import TO_READ, task, who_could
from student_portal.alerts.service.owning import hand_over
from student_portal.duty import service as duty
from student_portal.foundation import db
from student_portal.foundation.errors import NotAllowed, Refused


def claim(*, task_id: str, by: Viewer, at: datetime) -> None:
    """Take a task of the team's. Raises NotFound, NotAllowed for one that is decided elsewhere, Conflict."""
    with db.write():
        row = task(by, task_id)
        if not (row.may_claim or row.is_mine):
            raise NotAllowed
        duty.claim_task(task_id=task_id, by=by, at=at)


def pass_on(*, task_id: str, to: str, seen_version: int, by: Viewer, at: datetime) -> None:
    """Give a task to a colleague, who may open the record it is about from now on.

    Its owner may, and a manager. Raises NotFound, NotAllowed, Refused("nobody") unless the colleague could do
    it now, and Conflict if it was changed since `seen_version`.
    """
    with db.write():
        row = task(by, task_id)
        if not row.may_hand_over:
            raise NotAllowed
        if to not in {person.id for person in who_could(row.facts, at)}:
            raise Refused("nobody")
        db.expect(seen_version, row.facts.version)
        if row.facts.kind in TO_READ:
            hand_over(alert_id=row.facts.subject_id, to_id=to, by=by, at=at)
            return
        if by.role == Role.MANAGER:
            duty.reassign(task_id=task_id, to=to, seen_version=seen_version, by=by, at=at)
        else:
            duty.hand_over_task(task_id=task_id, to=to, seen_version=seen_version, by=by, at=at)
        if row.facts.person_id:
            access.stand_in(person_id=row.facts.person_id, staff_id=to, by=by, at=at)


def done(*, task_id: str, note: str, by: Viewer, at: datetime) -> None:
    """One's own task is done, and the note says what was. Raises NotFound, NotAllowed, Refused("empty")."""
    with db.write():
        if not task(by, task_id).may_finish:
            raise NotAllowed
        duty.finish(task_id=task_id, note=note, by=by, at=at)
