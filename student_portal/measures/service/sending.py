"""Send: answers, scores, alert and audit event, all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete

from questionnaires import Definition
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, Refused
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseState
from student_portal.measures.queries import own_session
from student_portal.measures.queries.amending import versions
from student_portal.measures.queries.filling import answers, mark
from student_portal.measures.queries.reading import definition_of, positions
from student_portal.measures.queries.standing import attempts, counting, is_stale, window_of
from student_portal.measures.service import alerting
from student_portal.measures.service.amending import held_change
from student_portal.measures.service.filling import ASKS_FOR_FORM, open_response
from student_portal.measures.service.scoring import store_scores
from student_portal.measures.service.steps import into
from student_portal.messaging import service as messaging


def send(*, session_id: str, by: Actor, at: datetime, seen: str | None = None) -> str:
    """Send the form; gives the response's id. Sending again sends nothing and gives the same id.

    `seen` is the mark of the answers the check page showed. A change of a sent form becomes its newest
    version, and counts from now on. Raises NotFound for another student's form, Conflict when the answers are
    others than those seen, Refused("empty") when no question was reached, Refused("unchanged") when a change
    changes nothing, and otherwise as `open_form`.
    """
    with db.write() as unit:
        facts = own_session(by, session_id)
        tried = attempts(facts.id)
        response = _to_send(facts, tried, by=by, at=at)
        if response.state == ResponseState.SENT:
            return response.id
        given = _given(response, seen)
        definition = definition_of(response)
        ticked = _ticked(definition, given)
        earlier = [row for row in versions(response, tried) if row.state == ResponseState.SENT]
        if earlier and positions(earlier[0]) == ticked:
            raise Refused("unchanged")
        _seal(unit, response, facts, given, ticked, at=at)
        if earlier:
            response.starts_at_send = earlier[0].starts_at_send  # a change makes an old form no younger
        into(response, ResponseState.SENT, by=by, at=at)
        scores = store_scores(unit, response, definition, ticked)
        if earlier:
            alerting.change(response, earlier, facts, by=by, at=at)
        elif scores.safety_above_zero:
            alerting.alert(response, facts, by=by, at=at)
        messaging.drop(about=session_id, reason="form_sent", kinds=ASKS_FOR_FORM, by=by, at=at)
        return response.id


def _to_send(
    facts: SessionFacts, tried: list[QuestionnaireResponse], *, by: Actor, at: datetime
) -> QuestionnaireResponse:
    """The open form or change, held; or the one that was sent already and still counts."""
    change = held_change(facts, tried, by=by, at=at)
    if change:
        return change
    standing = counting(facts, tried)
    if standing is None:
        raise Refused("empty")
    row = db.locked(QuestionnaireResponse, standing.id)
    if row.state == ResponseState.SENT and not is_stale(row, facts.starts_at):
        return row
    return open_response(facts.id, by=by, at=at)


def _given(response: QuestionnaireResponse, seen: str | None) -> list[Answer]:
    """The answers to send, if they are those that were seen."""
    given = answers(response)
    if not given:
        raise Refused("empty")
    if seen is not None and seen != mark(given):
        raise Conflict
    return given


def _ticked(definition: Definition, given: Sequence[Answer]) -> list[int | None]:
    positions: dict[int, int | None] = {answer.item: answer.position for answer in given}
    return [positions.get(item.number) for item in definition.items]


def _seal(
    unit: Session,
    response: QuestionnaireResponse,
    facts: SessionFacts,
    given: Sequence[Answer],
    ticked: Sequence[int | None],
    *,
    at: datetime,
) -> None:
    """Turn the loose answers into the one sealed document."""
    times = window_of(facts, response, max(answer.answered_at for answer in given))
    response.document = {str(number): position for number, position in enumerate(ticked, start=1)}
    response.sent_at, response.starts_at_send = at, facts.starts_at
    response.is_late = times is not None and times.is_late(at)
    response.devices = len({answer.proof_id for answer in given if answer.proof_id}) or None
    unit.exec(delete(Answer).where(col(Answer.response_id) == response.id))
