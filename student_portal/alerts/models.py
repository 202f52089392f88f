"""A message that a named person must read: the words a student chose on a safety item."""

from datetime import datetime
from enum import StrEnum

from student_portal.foundation.columns import Declare, Keep, Row, check
from student_portal.foundation.sealed import Sealed

care = Declare(keep=Keep.RECORD, readers="therapist and cover; manager: times only")


class AlertState(StrEnum):
    """raised -> acknowledged -> acted. Nothing here is a level."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"


class AnswerAlert(Row, table=True):
    """One alert for one sent form, however many items it carries."""

    __table_args__ = (check("owned", "owner_id IS NOT NULL"),)

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose answers")
    response_id: str = care.mark(
        "the form as first sent; one alert each, however often it is changed", unique=True
    )
    session_id: str = care.mark("the session it is to be read before", index=True)
    owner_id: str = care.ref("person.id", "whose to read")
    raised_at: datetime = care.moment("when the form was first sent with such an answer")
    due_at: datetime = care.moment("read by", index=True)
    state: AlertState = care.choice(AlertState, "where it stands", default=AlertState.RAISED, index=True)
    version: int = care.number("counts changes, so that two people lose nothing", default=1)
    facts_sealed: bytes = care.sealed("items and chosen words, now and last time, and what was not answered")

    facts = Sealed.document("facts_sealed")


class AlertEvent(Row, table=True):
    """One step: who acknowledged or did what, and when."""

    id: str = care.key()
    alert_id: str = care.ref("answer_alert.id", "which alert")
    state: AlertState = care.choice(AlertState, "the state it came into")
    at: datetime = care.moment("when")
    by: str | None = care.ref("person.id", "who", null=True, index=False)
    note_sealed: bytes | None = care.sealed("what was done, in words", null=True)

    note = Sealed.text("note_sealed")
