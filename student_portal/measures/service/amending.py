"""Changing what was sent, until the session starts: the next version of the same form, and dropping it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseState
from student_portal.measures.queries import own_session
from student_portal.measures.queries.amending import change_begun, change_of
from student_portal.measures.queries.filling import is_permitted
from student_portal.measures.queries.reading import by_item
from student_portal.measures.queries.standing import amend_until, attempts, counting
from student_portal.measures.service.steps import into


def begin_change(*, session_id: str, by: Actor, at: datetime) -> str:
    """Take up a copy of what was sent, to change it; gives the id of the version to come. Safe to repeat.

    Until that version is sent, the one before counts everywhere. Raises NotFound for another student's form
    and for a link, which shows nothing of what was sent; Refused("sent") when nothing can be changed (any
    more), and Refused("not_permitted").
    """
    with db.write() as unit:
        facts = own_session(by, session_id)
        if by.role != Role.STUDENT:
            raise NotFound("form")
        tried = attempts(session_id)
        sent = counting(facts, tried)
        if sent is None or amend_until(facts, sent, at) is None:
            raise Refused("sent")
        _must_be_permitted(facts, at)
        change = db.locked(QuestionnaireResponse, _next_version(sent, at).id)
        if change.state == ResponseState.SENT:  # by another tab, in this moment
            raise Refused("sent")
        if change_of(sent, [change]) is None:
            _copy(unit, sent, change, at)
            into(change, ResponseState.OPEN, by=by, at=at, verb="amend")
        return change.id


def _next_version(sent: QuestionnaireResponse, at: datetime) -> QuestionnaireResponse:
    version = sent.version + 1
    made = QuestionnaireResponse(
        service_id=sent.service_id,
        person_id=sent.person_id,
        session_id=sent.session_id,
        attempt=sent.attempt,
        version=version,
        definition_id=sent.definition_id,
        definition_version=sent.definition_version,
        checksum=sent.checksum,
        language=sent.language,
        opened_at=at,
    )
    same = select(QuestionnaireResponse).where(
        QuestionnaireResponse.session_id == sent.session_id,
        QuestionnaireResponse.attempt == sent.attempt,
        QuestionnaireResponse.version == version,
    )
    return db.add_unless(same, made)


def _copy(unit: Session, sent: QuestionnaireResponse, change: QuestionnaireResponse, at: datetime) -> None:
    """Every answer as it was sent. The pause page comes once for a form, so not again for its change."""
    change.paused_at = sent.paused_at
    for item, position in by_item(sent).items():
        answer = Answer(response_id=change.id, item=item, answered_at=at)
        answer.position = position
        unit.add(answer)
    unit.flush()


def held_change(
    facts: SessionFacts, tried: Sequence[QuestionnaireResponse], *, by: Actor, at: datetime
) -> QuestionnaireResponse | None:
    """The change this signed-in student is making, held until the unit of work ends.

    Whoever comes second, from another tab, waits here and then meets it sent or dropped, which is none.
    """
    change = change_begun(facts, tried, at) if by.role == Role.STUDENT else None
    if change is None:
        return None
    _must_be_permitted(facts, at)
    row = db.locked(QuestionnaireResponse, change.id)
    return row if row.state == ResponseState.OPEN else None


def _must_be_permitted(facts: SessionFacts, at: datetime) -> None:
    if not is_permitted(facts.person_id, at):
        raise Refused("not_permitted")


def drop_change(change: QuestionnaireResponse, *, by: Actor, at: datetime) -> None:
    """What was sent stands; what was to replace it is destroyed now."""
    with db.write() as unit:
        unit.exec(delete(Answer).where(col(Answer.response_id) == change.id))
        into(change, ResponseState.DECLINED, by=by, at=at, verb="drop_change")
