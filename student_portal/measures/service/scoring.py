"""Storing what a sent form scores, once; nothing is reckoned again later."""

from collections.abc import Sequence

from sqlmodel import Session

from questionnaires import Definition, Scores, embedded, load, score
from student_portal.measures.models import QuestionnaireResponse, Score


def store_scores(
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
