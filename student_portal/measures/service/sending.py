"""Send: answers, scores, alert and audit event, all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from questionnaires import Definition, Scores, embedded, load, score
from student_portal.access import queries as access
from student_portal.alerts import service as alerts
from student_portal.alerts.service import AnswerFacts, Said
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseState, Score
from student_portal.measures.queries import own_session
from student_portal.measures.queries.filling import answers, mark
from student_portal.measures.queries.reading import Line, definition_of, lines, positions, sent_before
from student_portal.measures.queries.standing import attempts, counting, is_stale, window_of
from student_portal.measures.service.filling import ASKS_FOR_FORM, into, open_response
from student_portal.messaging import service as messaging


def send(*, session_id: str, by: Actor, at: datetime, seen: str | None = None) -> str:
    """Send the form; gives the response's id. Sending again sends nothing and gives the same id.

    `seen` is the mark of the answers the check page showed. Raises NotFound for another student's form,
    Conflict when the answers are others than those seen, Refused("empty") when no question was reached,
    and otherwise as `open_form`.
    """
    with db.write() as unit:
        facts = own_session(by, session_id)
        response = _to_send(facts, by=by, at=at)
        if response.state == ResponseState.SENT:
            return response.id
        given = answers(response)
        if not given:
            raise Refused("empty")
        if seen is not None and seen != mark(given):
            raise Conflict
        definition = definition_of(response)
        ticked = _ticked(definition, given)
        _seal(unit, response, facts, given, ticked, at=at)
        into(response, ResponseState.SENT, by=by, at=at)
        scores = _store_scores(unit, response, definition, ticked)
        if scores.safety_above_zero:
            _alert(response, facts, definition, ticked, by=by, at=at)
        messaging.drop(about=session_id, reason="form_sent", kinds=ASKS_FOR_FORM, by=by, at=at)
        return response.id


def _to_send(facts: SessionFacts, *, by: Actor, at: datetime) -> QuestionnaireResponse:
    """The open form, held; or the one that was sent already and still counts."""
    standing = counting(facts, attempts(facts.id))
    if standing is None:
        raise Refused("empty")
    row = db.locked(QuestionnaireResponse, standing.id)
    if row.state == ResponseState.SENT and not is_stale(row, facts.starts_at):
        return row
    return open_response(facts.id, by=by, at=at)


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
    for answer in given:
        unit.delete(answer)


def _store_scores(
    unit: Session, response: QuestionnaireResponse, definition: Definition, ticked: Sequence[int | None]
) -> Scores:
    """Store every scale, and for a longer form the shorter one inside it; gives the form's own scores."""
    own = score(definition, ticked)
    _add(unit, response, own)
    if definition.embedded:
        inner = load(definition.embedded.instrument, definition.embedded.version)
        _add(unit, response, score(inner, embedded(definition, ticked)))
    return own


def _add(unit: Session, response: QuestionnaireResponse, scores: Scores) -> None:
    for scale, got in scores.scales.items():
        unit.add(
            Score(
                response_id=response.id,
                definition_id=scores.definition_id,
                scale=scale,
                numerator=None if got.clinical is None else got.clinical.numerator,
                denominator=1 if got.clinical is None else got.clinical.denominator,
                shown=got.shown,
                items=got.items,
                answered=got.answered,
                is_prorated=got.prorated,
            )
        )


def _alert(
    response: QuestionnaireResponse,
    facts: SessionFacts,
    definition: Definition,
    ticked: list[int | None],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand the words to the therapist of the session, who must read them."""
    owner_id = facts.therapist_id or access.therapist_of(facts.person_id, at=at)
    if owner_id is None or facts.starts_at is None:
        raise NotFound("therapist")
    alerts.raise_alert(
        person_id=facts.person_id,
        response_id=response.id,
        session_id=facts.id,
        owner_id=owner_id,
        facts=_answer_facts(facts.person_id, definition, ticked, at),
        sent_at=at,
        starts_at=facts.starts_at,
        by=by,
        at=at,
    )


def _answer_facts(
    person_id: str, definition: Definition, ticked: list[int | None], at: datetime
) -> AnswerFacts:
    """The safety items in words: now, and when each was last asked."""
    earlier = [
        {line.text: line for line in lines(definition_of(row), positions(row))}
        for row in sent_before(person_id, at)
    ]
    safety = [line for line in lines(definition, ticked) if line.is_safety]
    return AnswerFacts(
        form=definition.label,
        above=tuple(_said(line, earlier) for line in safety if line.is_above),
        unanswered=tuple(_said(line, earlier) for line in safety if line.chosen is None),
        others=tuple(_said(line, earlier) for line in safety if line.chosen and not line.is_above),
    )


def _said(line: Line, earlier: Sequence[dict[str, Line]]) -> Said:
    """One answer beside the last one to the same question; the two forms share some word for word."""
    before = next((form[line.text] for form in earlier if line.text in form), None)
    return Said(
        item=line.item,
        words=line.text,
        chosen=line.chosen,
        before=before.chosen if before else None,
        was_asked_before=before is not None,
    )
