"""Who let messages leave, who stopped them, and since when what is open was open."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

decision = Declare(keep=Keep.SERVICE, readers="manager; admin")


class GoLiveStep(StrEnum):
    """What a decision does to the sending of real messages."""

    START = "start"
    STOP = "stop"


class GoLiveDecision(Row, table=True):
    """Messages leave, or no longer do, from here on. The one without an end stands; none: not live yet."""

    __table_args__ = (
        only_one("uq_go_live_decision_now", "service_id", where="ended_at IS NULL"),
        check("ended_by_somebody", "(ended_at IS NULL) = (ended_by IS NULL)"),
        check("a_person_says_why", '("by" IS NULL) = (reason_sealed IS NULL)'),
        check("a_person_stops", "does = 'start' OR \"by\" IS NOT NULL"),
    )

    id: str = decision.key()
    service_id: str = decision.ref("service.id", "which service", index=False)
    does: GoLiveStep = decision.choice(GoLiveStep, "whether sending starts or stops")
    at: datetime = decision.moment("from when")
    by: str | None = decision.ref(
        "person.id", "who decided; empty: nothing stood in the way", null=True, index=False
    )
    covers: Any = decision.document("of a start, what stood then: pairs of a room and its sentence")
    ended_at: datetime | None = decision.moment("when the next decision took its place", null=True)
    ended_by: str | None = decision.ref("person.id", "who made that", null=True, index=False)
    reason_sealed: bytes | None = decision.sealed("why, in the manager's words", null=True)

    reason = Sealed.text("reason_sealed")


class FoundOpen(Row, table=True):
    """One thing that was open, from when it was found until it was found settled."""

    __table_args__ = (only_one("uq_found_open_now", "service_id", "room", "words", where="until IS NULL"),)

    id: str = decision.key()
    service_id: str = decision.ref("service.id", "which service", index=False)
    room: str = decision.text("the room that says so", length=40)
    words: str = decision.text("its sentence, untranslated", length=1000)
    since: datetime = decision.moment("when it was found open, to a minute")
    until: datetime | None = decision.moment("when it was found settled; empty: it is open", null=True)
