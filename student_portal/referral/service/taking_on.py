"""A student whom staff look after already, and who never asked through the portal."""

from datetime import datetime

from sqlmodel import select

from student_portal.audit.queries import Actor
from student_portal.foundation import clock, crypto, db, ids
from student_portal.referral.models import Advice, Referral, ReferralState
from student_portal.referral.service.history import remember

BY_STAFF = "staff"


def take_on(*, person_id: str, key: str, by: Actor, at: datetime) -> str:
    """Write down, as accepted, that this student is looked after already; gives the referral's id.

    Nothing was asked, so it holds no answers. `key` is of the page it was entered on: the same key gives the
    same referral.
    """
    with db.write():
        reference = ids.reference()
        made = Referral(
            service_id=by.service_id,
            person_id=person_id,
            draft_id=key,
            source=BY_STAFF,
            submitted_at=at,
            reply_by=clock.london(at).date(),
            state=ReferralState.ACCEPTED,
            advice=Advice.TALK_TO_US,
            reference_index=crypto.blind(reference, purpose="reference"),
        )
        made.reference, made.answers = reference, {}
        standing = db.add_unless(select(Referral).where(Referral.draft_id == key), made)
        if standing is made:
            remember(made, verb="referral.take_on", reason=None, by=by, at=at)
        return standing.id
