"""Forms that somebody else scored, with two programs that share nothing with ours: every figure must agree.

`vectors.json`: answers are ticked positions in item order, `-` for none; each scale is its exact clinical
score, that score and the mean as they are shown, the number of missing items, and whether it was prorated.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from questionnaires import Definition, Scores, change, embedded, half_up, load, score
from questionnaires.scoring import ScaleScore

pytestmark = pytest.mark.hazard("H06")
VECTORS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("vectors.json").read_text())


def told(scale: ScaleScore) -> list[Any]:
    exact = None if scale.clinical is None else str(scale.clinical)
    mean = None if scale.mean is None else half_up(scale.mean, 2)
    return [exact, scale.shown, mean, scale.missing, scale.prorated]


def ticked(marks: str) -> list[int | None]:
    return [None if mark == "-" else int(mark) for mark in marks]


@pytest.mark.parametrize("vector", VECTORS["forms"], ids=lambda v: f"{v['form']}, {v['note']}")
def test_a_form_scores_as_others_scored_it(vector: dict[str, Any]) -> None:
    answers = ticked(vector["answers"])
    scores = score(load(vector["form"]), answers)
    assert {name: told(scale) for name, scale in scores.scales.items()} == vector["scales"]
    assert list(scores.safety_above_zero) == vector["above_zero"]
    assert list(scores.safety_unanswered) == vector["unanswered"]
    if "embedded" in vector:
        inside = score(load("core_10"), embedded(load(vector["form"]), answers))
        assert told(inside.scales["all"]) == vector["embedded"]


@pytest.mark.parametrize("vector", VECTORS["changes"], ids=lambda v: f"{v['form']}, {v['note']}")
def test_a_change_is_called_what_others_called_it(vector: dict[str, Any]) -> None:
    definition = load(vector["form"])
    found = change(definition, form(definition, vector["before"]), form(definition, vector["after"]))
    improvement = None if found.improvement is None else str(Fraction(found.improvement))
    seen = (found.category, improvement, found.crossed_to_non_clinical)
    assert seen == (vector["category"], vector["improvement"], vector["crossed"])


def form(definition: Definition, told: list[int] | None) -> Scores | None:
    """A form whose first so many items are answered and add up to so many points."""
    if told is None:
        return None
    points, answered = told
    answers: list[int | None] = [None] * len(definition.items)
    for item in definition.items[:answered]:
        here = min(4, points)
        points -= here
        answers[item.number - 1] = 4 - here if item.reversed else here
    assert points == 0
    return score(definition, answers)
