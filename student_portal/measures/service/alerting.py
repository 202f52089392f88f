"""What Send hands to the person who must read it: the safety answers in words, never a number."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TypedDict

from student_portal.access import queries as access
from student_portal.alerts import service as alerts
from student_portal.alerts.service import AnswerFacts, Said
from student_portal.audit.queries import Actor
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import QuestionnaireResponse
from student_portal.measures.queries.reading import (
    Line,
    definition_of,
    filled_at,
    lines,
    positions,
    sent_before,
)


class _Whose(TypedDict):
    """Whose answers, before which session, and who must read them."""

    person_id: str
    session_id: str
    owner_id: str
    starts_at: datetime


def alert(response: QuestionnaireResponse, facts: SessionFacts, *, by: Actor, at: datetime) -> str:
    """Hand the words to the therapist of the session, who must read them; gives the alert's id."""
    return alerts.raise_alert(
        response_id=response.id,
        facts=_answer_facts(response, (), filled_at(response)),
        sent_at=at,
        by=by,
        at=at,
        **_whose(facts, at),
    )


def change(
    response: QuestionnaireResponse,
    earlier: Sequence[QuestionnaireResponse],
    facts: SessionFacts,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Hand over what a change of a sent form made of its safety answers. `earlier`: newest first.

    It must be read (again) if an answer is above "not at all" and was another one in the version before.
    """
    before, now = _safety(earlier[0]), _safety(response)
    if before == now:
        return
    alerts.change_alert(
        response_id=earlier[-1].id,
        facts=_answer_facts(response, earlier, at),
        rouses=any(line.is_above and line != old for old, line in zip(before, now, strict=True)),
        sent_at=at,
        by=by,
        at=at,
        **_whose(facts, at),
    )


def _whose(facts: SessionFacts, at: datetime) -> _Whose:
    owner_id = facts.therapist_id or access.therapist_of(facts.person_id, at=at)
    if owner_id is None or facts.starts_at is None:
        raise NotFound("therapist")
    return {
        "person_id": facts.person_id,
        "session_id": facts.id,
        "owner_id": owner_id,
        "starts_at": facts.starts_at,
    }


def _safety(row: QuestionnaireResponse) -> list[Line]:
    return [line for line in lines(definition_of(row), positions(row)) if line.is_safety]


def _answer_facts(
    response: QuestionnaireResponse, earlier: Sequence[QuestionnaireResponse], at: datetime
) -> AnswerFacts:
    """The safety items in words: now, before the student changed them, and when each was last asked."""
    others = [
        {line.text: line for line in lines(definition_of(row), positions(row))}
        for row in sent_before(response, at)
    ]
    versions = [_safety(row) for row in (*reversed(earlier), response)]
    items = list(zip(*versions, strict=True))
    above = [item for item in items if any(line.is_above for line in item)]
    calm = [item for item in items if item not in above]
    return AnswerFacts(
        form=definition_of(response).label,
        above=tuple(_said(item, others) for item in above),
        unanswered=tuple(_said(item, others) for item in calm if item[-1].chosen is None),
        others=tuple(_said(item, others) for item in calm if item[-1].chosen is not None),
        changed_at=at if earlier else None,
    )


def _said(item: Sequence[Line], others: Sequence[dict[str, Line]]) -> Said:
    """One answer through all versions of the form, beside the last one to the same question in another form;
    two instruments share some word for word.
    """
    line = item[-1]
    *earlier, _now = (chosen for chosen, _same in groupby(item, key=lambda version: version.chosen))
    said = Said(item=line.item, words=line.text, chosen=line.chosen, earlier=tuple(earlier))
    before = next((form[line.text] for form in others if line.text in form), None)
    return replace(said, before=before.chosen, was_asked_before=True) if before else said
