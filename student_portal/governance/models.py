"""A manager's decision to send messages although something is not settled."""

from datetime import datetime
from typing import Any

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.sealed import Sealed

decision = Declare(keep=Keep.SERVICE, readers="manager; admin")


class GoLiveDecision(Row, table=True):
    """One decision: it covers what stood then, sentence by sentence, and nothing that came later."""

    __table_args__ = (
        only_one("uq_go_live_decision_now", "service_id", where="ended_at IS NULL"),
        check("ended_by_somebody", "(ended_at IS NULL) = (ended_by IS NULL)"),
    )

    id: str = decision.key()
    service_id: str = decision.ref("service.id", "which service", index=False)
    at: datetime = decision.moment("when it was decided")
    by: str = decision.ref("person.id", "who decided", index=False)
    covers: Any = decision.document("what stood then: pairs of a room and its sentence")
    ended_at: datetime | None = decision.moment("when it was taken back or replaced", null=True)
    ended_by: str | None = decision.ref("person.id", "who ended it", null=True, index=False)
    reason_sealed: bytes = decision.sealed("why, in the manager's words")

    reason = Sealed.text("reason_sealed")
