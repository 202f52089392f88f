"""Who looks after whom, since when."""

from datetime import datetime
from enum import StrEnum

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one

care = Declare(keep=Keep.LEDGER, readers="care team; privacy lead")


class CareKind(StrEnum):
    """Why staff may open a student's record."""

    TRIAGE = "triage"  # the whole team, while a referral waits for a decision
    THERAPY = "therapy"  # one therapist, from acceptance to the end of the episode
    COVER = "cover"  # one therapist, who reads an answer in another's stead


class CareRelation(Row, table=True):
    """One reason, dated. Ended, never deleted. An empty staff member means every therapist of the service."""

    __table_args__ = (
        only_one("uq_care_relation_now", "person_id", "staff_id", "kind", where="until IS NULL"),
        check("therapy_names_a_therapist", "kind <> 'therapy' OR staff_id IS NOT NULL"),
        check("cover_names_a_therapist", "kind <> 'cover' OR staff_id IS NOT NULL"),
    )

    id: str = care.key()
    service_id: str = care.ref("service.id", "the service it holds in", index=False)
    person_id: str = care.ref("person.id", "the student")
    staff_id: str | None = care.ref("person.id", "the member of staff, or empty for the team", null=True)
    kind: CareKind = care.choice(CareKind, "why they may open the record")
    since: datetime = care.moment("from when")
    until: datetime | None = care.moment("until when", null=True)
