"""What the team decides about a request. Only people decide, and nothing an answer said decides for them."""

from datetime import datetime

from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Viewer, require_sight
from student_portal.access.service import CareKind
from student_portal.duty import queries as tasks
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotFound
from student_portal.referral.models import Referral, ReferralState
from student_portal.referral.service.history import remember
from student_portal.signposting.queries import PageKey


def take(*, referral_id: str, by: Viewer, at: datetime) -> None:
    """A therapist says that they will answer this one. Raises NotFound for one that does not wait (any more),
    or that they may not open.
    """
    with db.write():
        task = tasks.task_for(TaskKind.NEW_REFERRAL, referral_id)
        if task is None or task.person_id is None:
            raise NotFound("task")
        require_sight(by, task.person_id)
        duty.give_task(task_id=task.id, owner_id=by.person_id, by=by, at=at)


def accept(*, referral_id: str, seen_version: int, by: Viewer, at: datetime) -> str:
    """A person decided to offer sessions; gives the student's id. Called by `episodes.open_from_referral`.

    Raises Conflict when somebody decided first, NotFound for a viewer who may not open it.
    """
    referral = _decide(referral_id, ReferralState.ACCEPTED, seen_version, reason=None, by=by, at=at)
    return referral.person_id


def signpost(
    *, referral_id: str, page: PageKey, reason: str, seen_version: int, by: Viewer, at: datetime
) -> None:
    """A person agreed another route with the student; `reason` says which and why, in words, and `page` is
    the written page that the student finds under their request.

    Ends the team's access and the task. Raises Conflict when somebody decided first.
    """
    with db.write():
        referral = _decide(
            referral_id, ReferralState.SIGNPOSTED, seen_version, reason=reason, page=page, by=by, at=at
        )
        access.end_care(person_id=referral.person_id, kind=CareKind.TRIAGE, by=by, at=at)
        duty.finish_task(kind=TaskKind.NEW_REFERRAL, subject_id=referral.id, note=reason, by=by, at=at)


def withdraw(*, person_id: str, by: Viewer, at: datetime) -> bool:
    """The student takes back what still waits for a decision; gives whether anything did.

    Called by `episodes.leave`. The team's access stays for one contact, which ends it.
    """
    with db.write() as session:
        waiting = select(Referral).where(
            Referral.person_id == person_id, Referral.state == ReferralState.SUBMITTED
        )
        rows = session.exec(waiting).all()
        for row in rows:
            _decide(row.id, ReferralState.WITHDRAWN, row.version, reason=None, by=by, at=at)
            duty.finish_task(kind=TaskKind.NEW_REFERRAL, subject_id=row.id, note="", by=by, at=at)
        return bool(rows)


def _decide(
    referral_id: str,
    state: ReferralState,
    seen_version: int,
    *,
    reason: str | None,
    by: Viewer,
    at: datetime,
    page: PageKey | None = None,
) -> Referral:
    with db.write():
        referral = db.locked(Referral, referral_id)
        require_sight(by, referral.person_id)
        db.expect(seen_version, referral.version)
        if referral.state != ReferralState.SUBMITTED:
            raise Conflict
        referral.state = state
        referral.version += 1
        remember(referral, verb=f"referral.{_VERB[state]}", reason=reason, page=page, by=by, at=at)
        return referral


_VERB = {
    ReferralState.ACCEPTED: "accept",
    ReferralState.SIGNPOSTED: "signpost",
    ReferralState.WITHDRAWN: "withdraw",
}
