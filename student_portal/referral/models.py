"""A student's request: while it is being written, once it was sent, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from student_portal.foundation.columns import Declare, Keep, Row
from student_portal.foundation.sealed import Sealed

unsent = Declare(keep=Keep.DRAFT, readers="the student alone")
care = Declare(keep=Keep.RECORD, readers="care team; the student")


class ReferralDraft(Row, table=True):
    """An unsent request. Found again by the opaque cookie, opened again by date of birth."""

    id: str = unsent.key()
    service_id: str = unsent.ref("service.id", "in which service", index=False)
    secret_hash: bytes = unsent.hashed("the opaque cookie")
    started_at: datetime = unsent.moment("when it was begun")
    touched_at: datetime = unsent.moment("last answer; destroyed 14 days later", index=True)
    contact_proved_at: datetime | None = unsent.moment("when the code came back", null=True)
    answers_sealed: bytes = unsent.sealed("the answers so far")

    answers = Sealed.document("answers_sealed")


class ReferralState(StrEnum):
    """Where a sent request stands (service.md 1.2). Only people move it."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SIGNPOSTED = "signposted"  # another route was agreed
    WITHDRAWN = "withdrawn"


class Advice(StrEnum):
    """What the answers suggest to the person who reads them: never a verdict (service.md 2.3)."""

    LIKELY_SUITABLE = "likely_suitable"
    TALK_TO_US = "talk_to_us"
    ANOTHER_ROUTE_FIRST = "another_route_first"


class Referral(Row, table=True):
    """A sent request, as it was sent."""

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "who asked")
    draft_id: str = care.mark("the draft it came from: pressing Send twice makes one request", unique=True)
    source: str = care.text("self, liaison or staff", length=20, default="self")
    submitted_at: datetime = care.moment("when Send was pressed", index=True)
    reply_by: date = care.day("the date by which the student was told they will hear", index=True)
    state: ReferralState = care.choice(ReferralState, "where it stands", index=True)
    advice: Advice = care.choice(Advice, "what the answers suggest to the reader")
    version: int = care.number("counts changes, so that two people lose nothing", default=1)
    reference_index: bytes = care.blind("the reference, as a mark", unique=True, index=False)
    reference_sealed: bytes = care.sealed("six characters the student can quote")
    answers_sealed: bytes = care.sealed("the answers as sent, with the version of each question's words")

    reference = Sealed.text("reference_sealed")
    answers = Sealed.document("answers_sealed")


class ReferralEvent(Row, table=True):
    """One change of where a request stands."""

    id: str = care.key()
    referral_id: str = care.ref("referral.id", "which request")
    state: ReferralState = care.choice(ReferralState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.mark("who decided", null=True)
    page: str | None = care.text("which written page goes with another route", length=40, null=True)
    reason_sealed: bytes | None = care.sealed("why, in words", null=True)

    reason = Sealed.text("reason_sealed")
