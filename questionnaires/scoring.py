"""Scores in exact fractions; rounded, half up, only to be shown.

Mean of the answered items times ten, each scale against its own limit of missing items: CORE System Trust,
"What's in a name (1): scoring CORE measures". The key, limits and factor are data of the definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from questionnaires.answers import Answers, points
from questionnaires.definition import Definition, Subscale


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale of one form.

    `mean` is the item mean (0 to 4), `clinical` ten times that (0 to 40): both exact, both None when too many
    items are missing. `shown` is `clinical` to one decimal. `prorated` says that some, but not too many, are.
    """

    mean: Fraction | None
    clinical: Fraction | None
    items: int
    answered: int
    missing: int
    prorated: bool
    scorable: bool
    shown: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of one form, and its safety answers, which stand whether or not anything can be scored.

    `safety` holds (item number, ticked position or None when not answered) in item order. An item in
    `safety_unanswered` is not a zero and never reads as reassurance.
    """

    definition_id: str
    definition_version: int
    scales: Mapping[str, ScaleScore]
    safety: tuple[tuple[int, int | None], ...]
    safety_above_zero: tuple[int, ...]
    safety_unanswered: tuple[int, ...]


def score(definition: Definition, answers: Answers) -> Scores:
    """Score one form: `answers` holds one ticked position for every item in order, None when not answered.

    Raises AnswersError, naming the item, for a wrong length, a wrong type or a position that does not exist.
    """
    earned = points(definition, answers)
    safety = tuple((number, answers[number - 1]) for number in definition.safety_items)
    return Scores(
        definition_id=definition.id,
        definition_version=definition.version,
        scales=MappingProxyType(
            {scale.id: _scale_score(scale, earned, definition.multiplier) for scale in definition.scales}
        ),
        safety=safety,
        safety_above_zero=tuple(n for n, ticked in safety if definition.is_above_zero(n, ticked)),
        safety_unanswered=tuple(number for number, ticked in safety if ticked is None),
    )


def _scale_score(scale: Subscale, earned: tuple[int | None, ...], multiplier: int) -> ScaleScore:
    given = [got for number in scale.items if (got := earned[number - 1]) is not None]
    missing = len(scale.items) - len(given)
    # An empty form has no score. It is never 0, whatever limit a definition sets.
    scorable = bool(given) and missing <= scale.missing_allowed
    mean = Fraction(sum(given), len(given)) if scorable else None
    clinical = None if mean is None else mean * multiplier
    return ScaleScore(
        mean=mean,
        clinical=clinical,
        items=len(scale.items),
        answered=len(given),
        missing=missing,
        prorated=scorable and missing > 0,
        scorable=scorable,
        shown=None if clinical is None else half_up(clinical, 1),
    )


def half_up(value: Fraction, places: int) -> str:
    """The number as it is shown, to `places` decimals (1 or more); a tie goes away from zero, not to even.

    Nothing but the page, the export and the paper uses it: rules compare the exact value.
    """
    unit = 10**places
    numerator, denominator = value.as_integer_ratio()
    whole, decimals = divmod((2 * abs(numerator) * unit + denominator) // (2 * denominator), unit)
    sign = "-" if value < 0 and (whole or decimals) else ""
    return f"{sign}{whole}.{decimals:0{places}d}"
