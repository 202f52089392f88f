"""Scores, exactly as they were computed at Send."""

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from sqlmodel import col

from student_portal.foundation.prepared import Columns, columns, prepared_as
from student_portal.measures.models import Score

WHOLE = "all"  # the scale of all questions of a form


class StoredScore(NamedTuple):
    """One scale of a form, or of the shorter form inside it."""

    response_id: str
    definition_id: str
    scale: str
    numerator: int | None
    denominator: int
    shown: str | None
    items: int
    answered: int
    is_prorated: bool

    @property
    def value(self) -> Fraction | None:
        """Exact, 0 to 40; None: too few answers for a score."""
        return None if self.numerator is None else Fraction(self.numerator, self.denominator)

    @property
    def drawn(self) -> float | None:
        """The value as near as a picture can show it."""
        return None if self.numerator is None else self.numerator / self.denominator


Scores = dict[str, tuple[StoredScore, ...]]
"""Every scale of each of several forms, by the form's id."""


def scores_of(responses: Collection[str]) -> Scores:
    """The scores of these forms; the caller has settled who may know."""
    stored: dict[str, list[StoredScore]] = {}
    for score in _scales_of(responses=responses) if responses else ():
        stored.setdefault(score.response_id, []).append(score)
    return {key: tuple(scores) for key, scores in stored.items()}


@prepared_as(StoredScore)
def _scales_of(responses: Collection[str]) -> Columns:
    scales = columns(
        Score.response_id,
        Score.definition_id,
        Score.scale,
        Score.numerator,
        Score.denominator,
        Score.shown,
        Score.items,
        Score.answered,
        Score.is_prorated,
    )
    return scales.where(col(Score.response_id).in_(responses)).order_by(col(Score.id))
