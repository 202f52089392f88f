"""Opening a form, saving one answer, saying "not this time"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from questionnaires import AnswersError, Definition, load
from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures.models import (
    Answer,
    DeclineReason,
    QuestionnaireResponse,
    ResponseMode,
    ResponseState,
)
from student_portal.measures.queries import Stage, own_session
from student_portal.measures.queries.filling import is_permitted
from student_portal.measures.queries.reading import definition_of
from student_portal.measures.queries.standing import attempts, counting, state_of
from student_portal.measures.service.amending import drop_change, held_change
from student_portal.measures.service.steps import into
from student_portal.messaging import service as messaging

# The text three days before only asks for the form; the one the day before drops its link by itself.
ASKS_FOR_FORM = ("form_link",)


@dataclass(frozen=True)
class Saved:
    """What the answer brings: the pause page, at the first safety answer above "not at all" of a form; by a
    link, of those given under one proof.
    """

    pauses: bool


def open_form(*, session_id: str, by: Actor, at: datetime) -> str:
    """Begin the form, or take it up again after "not this time"; gives the response's id. Safe to repeat.

    Raises NotFound for another student's, Refused("not_open"), Refused("closed"), Refused("sent"), and
    Refused("not_permitted") while the student does not permit forms on their phone.
    """
    with db.write():
        return open_response(session_id, by=by, at=at).id


def save_answer(
    *,
    session_id: str,
    item: int,
    position: int | None,
    proof_id: str | None,
    by: Actor,
    at: datetime,
    was_blank: bool = False,
) -> Saved:
    """Keep one answer in one durable write; the newest for an item stands. `position` None: skipped.

    `proof_id` is the browser session it was given in. `was_blank`: its page knew of no answer to this
    item; if there is one all the same, the page that came after it was never seen, and comes again.
    Raises NotFound for another student's form or an item that does not exist, Refused("answer") for a box
    that does not exist, otherwise as `open_form`.
    """
    return save_answers(
        session_id=session_id,
        answers={item: position},
        blank={item} if was_blank else set(),
        proof_id=proof_id,
        by=by,
        at=at,
    )


def save_answers(
    *,
    session_id: str,
    answers: Mapping[int, int | None],
    proof_id: str | None,
    by: Actor,
    at: datetime,
    blank: Collection[int] = (),
) -> Saved:
    """Keep these answers, by item, in one durable write: all of them or none; `blank` names those to which
    the page knew no answer. Otherwise as `save_answer`.
    """
    with db.write() as unit:
        response = open_response(session_id, by=by, at=at)
        definition = definition_of(response)
        for item, position in answers.items():
            _must_exist(definition, item, position)
        if is_here(by):
            response.mode = ResponseMode.HERE
        if response.paused_at and by.role == Role.LINK and not _has_answered(response, proof_id):
            response.paused_at = None  # or the pause page that stays away would tell what was answered before
        theirs = select(Answer).where(Answer.response_id == response.id, col(Answer.item).in_(answers))
        standing = {answer.item: answer for answer in unit.exec(theirs)}
        for item, position in answers.items():
            answer = standing.get(item) or Answer(response_id=response.id, item=item, answered_at=at)
            if item in blank and answer.answered_at == response.paused_at:
                response.paused_at = None
            answer.answered_at, answer.proof_id, answer.position = at, proof_id, position
            unit.add(answer)
        pauses = response.paused_at is None and any(
            definition.item(item).safety and definition.is_above_zero(item, position)
            for item, position in answers.items()
        )
        if pauses:
            response.paused_at = at
        return Saved(pauses)


def _has_answered(response: QuestionnaireResponse, proof_id: str | None) -> bool:
    """Whether an answer of this form was given under this proof."""
    theirs = select(Answer.id).where(Answer.response_id == response.id, Answer.proof_id == proof_id)
    with db.read() as unit:
        return unit.exec(theirs).first() is not None


def decline(*, session_id: str, by: Actor, at: datetime, reason: DeclineReason | None = None) -> None:
    """Say "not this time": the session goes ahead without the form. Twice is harmless; a reason given the
    second time is kept.

    Of a change of what was sent it means that what was sent stands; the change is destroyed at once.
    Raises as `open_form`.
    """
    with db.write():
        response = open_response(session_id, by=by, at=at, reopen=False)
        if response.state == ResponseState.DECLINED and reason is None:
            return
        if response.version > 1:
            drop_change(response, by=by, at=at)
            return
        into(response, ResponseState.DECLINED, by=by, at=at, reason=reason or "")
        messaging.drop(about=session_id, reason="declined", kinds=ASKS_FOR_FORM, by=by, at=at)


def open_response(session_id: str, *, by: Actor, at: datetime, reopen: bool = True) -> QuestionnaireResponse:
    """The form that can be filled in now, made if need be and held until the unit of work ends.

    Whoever comes second, from another tab or device, waits here and then meets the form as it stands.
    """
    facts = own_session(by, session_id)
    if not is_permitted(facts.person_id, at, is_here=is_here(by)):
        raise Refused("not_permitted")
    tried = attempts(session_id)
    change = held_change(facts, tried, by=by, at=at)
    if change:
        return change
    _must_be_fillable(facts, tried, at)
    row = counting(facts, tried)
    if row is None or row.state == ResponseState.SENT:
        row = begin(facts, attempt=row.attempt + 1 if row else 1, by=by, at=at)
    row = db.locked(QuestionnaireResponse, row.id)
    if row.state == ResponseState.SENT:
        raise Refused("sent")
    if row.state == ResponseState.DECLINED and reopen:
        into(row, ResponseState.OPEN, by=by, at=at)
    return row


def is_here(by: Actor) -> bool:
    """Whether this student sits at the device their therapist lent them."""
    return isinstance(by, Viewer) and by.is_here


def _must_be_fillable(facts: SessionFacts, tried: list[QuestionnaireResponse], at: datetime) -> None:
    state = state_of(facts, tried, at)
    if state.stage is Stage.SENT:
        raise Refused("sent")
    if not state.can_fill:
        times = state.window
        raise Refused("closed" if times and at > times.closes_at else "not_open")


def begin(facts: SessionFacts, *, attempt: int, by: Actor, at: datetime) -> QuestionnaireResponse:
    """The first row of a filling-in; whoever comes second meets the one that stands."""
    definition = load(str(facts.definition_id))
    made = QuestionnaireResponse(
        service_id=by.service_id,
        person_id=facts.person_id,
        session_id=facts.id,
        attempt=attempt,
        definition_id=definition.id,
        definition_version=definition.version,
        checksum=definition.checksum,
        language=definition.language,
        opened_at=at,
    )
    same = select(QuestionnaireResponse).where(
        QuestionnaireResponse.session_id == facts.id,
        QuestionnaireResponse.attempt == attempt,
        col(QuestionnaireResponse.version) == 1,
    )
    standing = db.add_unless(same, made)
    if standing is made:
        into(made, ResponseState.OPEN, by=by, at=at)
    return standing


def _must_exist(definition: Definition, item: int, position: int | None) -> None:
    if not 1 <= item <= len(definition.items):
        raise NotFound("item")
    try:
        definition.is_above_zero(item, position)
    except AnswersError as unknown:
        raise Refused("answer") from unknown
