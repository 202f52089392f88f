"""Paper and spoken forms: what a therapist typed in becomes a sent form in one step."""

from collections.abc import Sequence
from datetime import date, datetime

from questionnaires import AnswersError, score
from student_portal.access.queries import Role, Viewer
from student_portal.alerts import service as alerts
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures.models import QuestionnaireResponse, ResponseMode, ResponseState
from student_portal.measures.queries.entering import Entry, entry
from student_portal.measures.queries.filling import answers as unsent_answers
from student_portal.measures.queries.reading import definition_of, positions
from student_portal.measures.queries.standing import attempts, counting, is_stale
from student_portal.measures.service import alerting
from student_portal.measures.service.filling import ASKS_FOR_FORM, begin
from student_portal.measures.service.purge import destroy_answers
from student_portal.measures.service.scoring import store_scores
from student_portal.measures.service.steps import into
from student_portal.messaging import service as messaging

ENTERED = (ResponseMode.PAPER, ResponseMode.SPOKEN)


def enter(
    *,
    session_id: str,
    mode: ResponseMode,
    filled_on: date,
    answers: Sequence[int | None],
    by: Viewer,
    at: datetime,
) -> str:
    """Store a form that was filled in on paper or aloud; gives the response's id. Twice the same is once.

    `answers`: the ticked position of each item in order, None where not answered. `filled_on` may be long
    past; `at` is when it is entered. What the student had begun on their phone is destroyed unseen, and an
    alert counts as read by `by`. Raises NotFound but for the student's own therapist; Refused("sent"),
    Refused("not_permitted"), Refused("no_date"), Refused("not_open"), Refused("day") when the form cannot
    have been filled in then, Refused("answers") and Refused("empty") when nothing is answered.
    """
    if by.role != Role.THERAPIST or mode not in ENTERED:
        raise NotFound("form")
    with db.write():
        found = entry(by, session_id, at=at)
        response = _held(found, by=by, at=at)
        if response.state == ResponseState.SENT:
            if _is_same(response, mode, filled_on, answers, by):
                return response.id
            raise Refused("sent")
        _must_be_right(found, response, filled_on, answers)
        _seal(response, found, mode, filled_on, answers, by=by, at=at)
        _send(response, found, by=by, at=at)
        return response.id


def _held(found: Entry, *, by: Viewer, at: datetime) -> QuestionnaireResponse:
    """The form to fill in, or the sent one that counts; held until the unit of work ends."""
    row = counting(found.facts, attempts(found.facts.id))
    counts = row and not (row.state == ResponseState.SENT and is_stale(row, found.facts.starts_at))
    if row is None or not counts:
        if found.refused:
            raise Refused(found.refused)
        row = begin(found.facts, attempt=row.attempt + 1 if row else 1, by=by, at=at)
    return db.locked(QuestionnaireResponse, row.id)


def _is_same(
    row: QuestionnaireResponse,
    mode: ResponseMode,
    filled_on: date,
    answers: Sequence[int | None],
    by: Viewer,
) -> bool:
    """Whether this is the same form pressed twice."""
    stored = (row.mode, row.filled_on, row.entered_by, positions(row))
    return stored == (mode, filled_on, by.person_id, list(answers))


def _must_be_right(
    found: Entry, response: QuestionnaireResponse, filled_on: date, answers: Sequence[int | None]
) -> None:
    if found.refused:
        raise Refused(found.refused)
    if not found.can_be_of(filled_on):
        raise Refused("day")
    try:
        score(definition_of(response), list(answers))
    except AnswersError as wrong:
        raise Refused("answers") from wrong
    if all(position is None for position in answers):
        raise Refused("empty")


def _seal(
    response: QuestionnaireResponse,
    found: Entry,
    mode: ResponseMode,
    filled_on: date,
    answers: Sequence[int | None],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Turn what was entered into the sealed document; nothing that was begun on a phone outlives it."""
    if unsent_answers(response):
        destroy_answers(response, reason="entered instead", by=by, at=at)
    starts_at = found.facts.starts_at
    response.document = {str(number): position for number, position in enumerate(answers, start=1)}
    response.mode, response.entered_by, response.filled_on = mode, by.person_id, filled_on
    response.sent_at, response.starts_at_send = at, starts_at
    response.is_late = starts_at is not None and filled_on > clock.london(starts_at).date()


def _send(response: QuestionnaireResponse, found: Entry, *, by: Viewer, at: datetime) -> None:
    definition, ticked = definition_of(response), positions(response)
    into(response, ResponseState.SENT, by=by, at=at, verb="enter")
    with db.write() as unit:
        scores = store_scores(unit, response, definition, ticked)
    if scores.safety_above_zero:
        alert_id = alerting.alert(response, found.facts, by=by, at=at)
        alerts.acknowledge(alert_id=alert_id, by=by, at=at)  # whoever typed the words in has read them
    messaging.drop(about=found.facts.id, reason="form_sent", kinds=ASKS_FOR_FORM, by=by, at=at)
