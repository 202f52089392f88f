"""A second scorer, to disagree with the first: integers only, and written the other way round.

It starts from the worst form there could be and takes off what was not endorsed. Its key is typed here a
second time, from the published tables, and never read from the definitions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires import Definition, Scores, score

Form = Sequence[int | None]

RISK = {6, 9, 16, 22, 24, 34}
WELL_BEING = {4, 14, 17, 31}
PROBLEMS = {2, 5, 8, 11, 13, 15, 18, 20, 23, 27, 28, 30}
FUNCTIONING = {1, 3, 7, 10, 12, 19, 21, 25, 26, 29, 32, 33}


@dataclass(frozen=True)
class Key:
    """Which items are glad ones (scored backwards), which are about safety; items and limit of each scale."""

    glad: frozenset[int]
    safety: tuple[int, ...]
    scales: dict[str, tuple[tuple[int, ...], int]]


CORE_OM = Key(
    glad=frozenset({3, 4, 7, 12, 19, 21, 31, 32}),
    safety=tuple(sorted(RISK)),
    scales={
        "all": (tuple(range(1, 35)), 3),
        "non_risk": (tuple(sorted(WELL_BEING | PROBLEMS | FUNCTIONING)), 3),
        "W": (tuple(sorted(WELL_BEING)), 0),
        "P": (tuple(sorted(PROBLEMS)), 1),
        "F": (tuple(sorted(FUNCTIONING)), 1),
        "R": (tuple(sorted(RISK)), 0),
    },
)
CORE_10 = Key(glad=frozenset({2, 3}), safety=(6,), scales={"all": (tuple(range(1, 11)), 1)})


def disagreement(definition: Definition, key: Key, form: Form) -> str | None:
    """The first thing on which scorer and oracle differ for this form, or None."""
    scores = score(definition, form)
    if tuple(scores.scales) != tuple(key.scales):
        return f"scales {tuple(scores.scales)}"
    for name, (items, limit) in key.scales.items():
        if _of_the_scorer(scores, name) != _of_the_oracle(form, items, limit, key.glad):
            return f"{name} of {form}: {scores.scales[name]}"
    if scores.safety != tuple((number, form[number - 1]) for number in key.safety):
        return f"safety answers of {form}: {scores.safety}"
    if set(scores.safety_above_zero) != {n for n in key.safety if form[n - 1] in {1, 2, 3, 4}}:
        return f"safety answers above zero of {form}: {scores.safety_above_zero}"
    if set(scores.safety_unanswered) != {n for n in key.safety if form[n - 1] is None}:
        return f"unanswered safety items of {form}: {scores.safety_unanswered}"
    return None


def _of_the_scorer(scores: Scores, name: str) -> tuple[object, ...]:
    got = scores.scales[name]
    mean = None if got.mean is None else got.mean * got.answered
    clinical = None if got.clinical is None else got.clinical * got.answered
    return mean, clinical, got.shown, got.items, got.answered, got.missing, got.prorated, got.scorable


def _of_the_oracle(
    form: Form, items: tuple[int, ...], limit: int, glad: frozenset[int]
) -> tuple[object, ...]:
    silent = [number for number in items if form[number - 1] is None]
    spoken = len(items) - len(silent)
    counts = (len(items), spoken, len(silent))
    if spoken == 0 or len(silent) > limit:
        return (None, None, None, *counts, False, False)
    spared = sum(
        ticked if number in glad else 4 - ticked
        for number in items
        if (ticked := form[number - 1]) is not None
    )
    total = 4 * spoken - spared
    # Ten times the mean in tenths is 100 x total / spoken; adding half a tenth before cutting rounds half up.
    tenths = (200 * total + spoken) // (2 * spoken)
    shown = f"{tenths // 10}.{tenths % 10}"
    return (total, 10 * total, shown, *counts, len(silent) > 0, True)
