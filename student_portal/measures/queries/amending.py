"""A student's change of what they sent: the next version, filled in while the one before goes on counting."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select

from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseState
from student_portal.measures.queries.standing import amend_until, counting


def change_begun(
    facts: SessionFacts, tried: Sequence[QuestionnaireResponse], at: datetime
) -> QuestionnaireResponse | None:
    """The change that the student is making and may still send, if there is one."""
    sent = counting(facts, tried)
    return change_of(sent, tried) if sent and amend_until(facts, sent, at) else None


def change_of(
    sent: QuestionnaireResponse, tried: Sequence[QuestionnaireResponse]
) -> QuestionnaireResponse | None:
    """The version after this sent one, if it was begun, and neither sent nor dropped nor destroyed."""
    begun = (row for row in versions(sent, tried) if row.version == sent.version + 1)
    change = next((row for row in begun if row.state == ResponseState.OPEN), None)
    return change if change and _holds_answers(change) else None


def versions(
    of: QuestionnaireResponse, tried: Sequence[QuestionnaireResponse]
) -> list[QuestionnaireResponse]:
    """Every version of the same filling-in, newest first. None crosses over to a fresh one after a move."""
    same = [row for row in tried if row.attempt == of.attempt]
    return sorted(same, key=lambda row: row.version, reverse=True)


def _holds_answers(row: QuestionnaireResponse) -> bool:
    with db.read() as unit:
        held = select(func.count()).select_from(Answer).where(col(Answer.response_id) == row.id)
        return unit.exec(held).one() > 0
