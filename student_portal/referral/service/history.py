"""Every change of where a request stands: a dated row, and a line in the activity log."""

from datetime import datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.referral.models import Referral, ReferralEvent


def remember(
    referral: Referral, *, verb: str, reason: str | None, by: Actor, at: datetime, page: str | None = None
) -> None:
    """Write down that the request came into its present state."""
    with db.write() as session:
        event = ReferralEvent(
            referral_id=referral.id, state=referral.state, at=at, by=by.person_id, page=page
        )
        event.reason = reason
        session.add(event)
        audit.record(
            verb=verb,
            subject=("referral", referral.id),
            by=by,
            at=at,
            person_id=referral.person_id,
        )
