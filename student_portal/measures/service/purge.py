"""Unsent answers do not stay: they are destroyed some days after the form closed."""

from datetime import datetime

from sqlmodel import col, delete, select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.episodes import queries as episodes
from student_portal.foundation import db
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseEvent
from student_portal.measures.queries.filling import answers
from student_portal.measures.queries.standing import DESTROYED, window_of
from student_portal.measures.window import days_later
from student_portal.settings import queries as settings


def destroy_unsent(*, at: datetime, by: Actor) -> int:
    """Destroy the answers of every form that closed `unsent_answer_days` ago without being sent.

    Gives how many forms lost their answers. A form whose session lost its date counts as closed
    `late_days` after its last answer; a change of what was sent closes with the session's start.
    """
    with db.read() as unit:
        holding = select(Answer.response_id).distinct()
        candidates = unit.exec(holding).all()
    return sum(_destroy_if_due(response_id, at=at, by=by) for response_id in candidates)


def _destroy_if_due(response_id: str, *, at: datetime, by: Actor) -> bool:
    with db.write():
        response = db.locked(QuestionnaireResponse, response_id)
        given = answers(response)
        if not given or at < days_later(_closed_at(response, given), settings.current().unsent_answer_days):
            return False
        destroy_answers(response, reason=DESTROYED, by=by, at=at)
        return True


def destroy_answers(response: QuestionnaireResponse, *, reason: str, by: Actor, at: datetime) -> None:
    """Destroy the answers of a form that is held; that they were, when and why stays known."""
    with db.write() as unit:
        unit.exec(delete(Answer).where(col(Answer.response_id) == response.id))
        response.paused_at = None
        unit.add(
            ResponseEvent(
                response_id=response.id, state=response.state, at=at, by=by.person_id, reason=reason
            )
        )
        audit.record(
            verb="measures.destroy_unsent",
            subject=("response", response.id),
            by=by,
            at=at,
            person_id=response.person_id,
        )


def _closed_at(response: QuestionnaireResponse, given: list[Answer]) -> datetime:
    last_saved_at = max(answer.answered_at for answer in given)
    times = window_of(episodes.session(response.session_id), response, last_saved_at)
    if times and response.version > 1:
        return times.starts_at
    return times.closes_at if times else days_later(last_saved_at, settings.current().late_days)
