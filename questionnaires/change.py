"""Whether a person's score changed more than the measure's own error, and across its one cut-off.

Jacobson and Truax 1991. The published figures are whole numbers ("5 or more"), so meeting one counts: a score
equal to the cut-off is in the clinical range, a change equal to the reliable-change index is reliable.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from questionnaires.definition import Definition
from questionnaires.scoring import Scores

Category = Literal[
    "recovered", "reliable_improvement", "no_reliable_change", "reliable_deterioration", "not_computable"
]


@dataclass(frozen=True, slots=True)
class Change:
    """From one form to a later one of the same questionnaire, on the scale "all" (0 to 40, lower is better).

    `improvement` is before minus after: negative when things got worse. When either end has no score the
    category is "not_computable" and every field that needs both ends is None. Crossing the cut-off is a fact
    of its own: it can happen without reliable change. `recovered` is reliable improvement that crosses it.
    """

    category: Category
    before: Fraction | None
    after: Fraction | None
    improvement: Fraction | None = None
    reliable: bool | None = None
    before_in_clinical_range: bool | None = None
    after_in_clinical_range: bool | None = None
    crossed_to_non_clinical: bool | None = None
    crossed_to_clinical: bool | None = None


def change(definition: Definition, before: Scores | None, after: Scores | None) -> Change:
    """Compare two forms of this questionnaire; None stands for a form that was not filled in.

    Raises ValueError when either end belongs to another questionnaire: the scales are not the same.
    """
    return compare(definition, _clinical(definition, before), _clinical(definition, after))


def compare(definition: Definition, before: Fraction | None, after: Fraction | None) -> Change:
    """The same for two scores as they were stored, on this questionnaire's scale "all"; None: no score."""
    if before is None or after is None:
        return Change(category="not_computable", before=before, after=after)
    cut_off = definition.cut_off.value
    started_in, ended_in = before >= cut_off, after >= cut_off
    improvement = before - after
    reliable = abs(improvement) >= definition.reliable_change.value
    crossed_down = started_in and not ended_in
    return Change(
        category=_category(improvement, reliable=reliable, crossed_down=crossed_down),
        before=before,
        after=after,
        improvement=improvement,
        reliable=reliable,
        before_in_clinical_range=started_in,
        after_in_clinical_range=ended_in,
        crossed_to_non_clinical=crossed_down,
        crossed_to_clinical=ended_in and not started_in,
    )


def _clinical(definition: Definition, scores: Scores | None) -> Fraction | None:
    if scores is None:
        return None
    if scores.definition_id != definition.id:
        raise ValueError(f"A {scores.definition_id} form cannot be compared on the scale of {definition.id}.")
    return scores.scales["all"].clinical


def _category(improvement: Fraction, *, reliable: bool, crossed_down: bool) -> Category:
    if not reliable:
        return "no_reliable_change"
    if improvement < 0:
        return "reliable_deterioration"
    return "recovered" if crossed_down else "reliable_improvement"
