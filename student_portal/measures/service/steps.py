"""Every change of where a form stands goes through here, and leaves its step."""

from datetime import datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.measures.models import QuestionnaireResponse, ResponseEvent, ResponseState

VERBS = {ResponseState.OPEN: "open", ResponseState.SENT: "send", ResponseState.DECLINED: "decline"}


def into(
    response: QuestionnaireResponse,
    state: ResponseState,
    *,
    by: Actor,
    at: datetime,
    verb: str = "",
    reason: str = "",
) -> None:
    """Bring a form into a state, and keep the step. `verb`: as the activity log names it, if differently.
    `reason`: a code, where somebody said why.
    """
    verb = verb or VERBS[state]
    with db.write() as unit:
        response.state = state
        unit.add(response)
        unit.add(ResponseEvent(response_id=response.id, state=state, at=at, by=by.person_id, reason=reason))
        unit.flush()
        audit.record(
            verb=f"measures.{verb}",
            subject=("response", response.id),
            by=by,
            at=at,
            person_id=response.person_id,
        )
