"""Better, worse, or not more than chance: with the exact edges that decimals get wrong."""

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import Change, Scores, change, load, score

pytestmark = pytest.mark.hazard("H06")


def form(id: str, points: int, *, answered: int | None = None) -> Scores:
    """A form of this questionnaire whose answered items add up to so many points."""
    definition = load(id)
    ticked: list[int | None] = []
    for item in definition.items:
        here = min(4, points)
        points -= here
        ticked.append(4 - here if item.reversed else here)
    assert points == 0
    for number in range(answered or len(ticked), len(ticked)):
        assert ticked[number] == (4 if definition.items[number].reversed else 0)
        ticked[number] = None
    return score(definition, ticked)


def between(id: str, before: int, after: int) -> Change:
    return change(load(id), form(id, before), form(id, after))


@pytest.mark.parametrize(
    ("id", "before", "after", "category"),
    [
        ("core_om", 68, 33, "recovered"),
        ("core_om", 34, 17, "recovered"),  # 10.0 is in the clinical range, 5.0 is not; 17 points are 5.0
        ("core_om", 51, 34, "reliable_improvement"),  # 10.0 at the end is still in the clinical range
        ("core_om", 51, 33, "recovered"),
        ("core_om", 33, 16, "reliable_improvement"),  # from below the cut-off nobody "recovers"
        ("core_om", 40, 30, "no_reliable_change"),  # crosses the cut-off, but by too little
        ("core_om", 50, 50, "no_reliable_change"),
        ("core_om", 30, 47, "reliable_deterioration"),
        ("core_om", 30, 46, "no_reliable_change"),
        ("core_om", 136, 0, "recovered"),
        ("core_10", 16, 10, "recovered"),
        ("core_10", 17, 11, "reliable_improvement"),
        ("core_10", 16, 11, "no_reliable_change"),
        ("core_10", 10, 16, "reliable_deterioration"),
        ("core_10", 10, 15, "no_reliable_change"),
        ("core_10", 10, 4, "reliable_improvement"),
    ],
)
def test_the_five_things_a_change_can_be(id: str, before: int, after: int, category: str) -> None:
    assert between(id, before, after).category == category


def test_17_points_are_reliable_from_every_possible_start_and_16_from_none() -> None:
    # Ten times 17 over 34 is exactly 5; in binary fractions it falls short for 12 of these 120 starts.
    for start in range(17, 137):
        assert between("core_om", start, start - 17).improvement == 5
        assert between("core_om", start, start - 17).category in {"recovered", "reliable_improvement"}
        assert between("core_om", start - 17, start).category == "reliable_deterioration"
        assert between("core_om", start, start - 16).category == "no_reliable_change"
        assert between("core_om", start - 16, start).category == "no_reliable_change"


def test_a_service_may_one_day_use_a_finer_index() -> None:
    form_10 = load("core_10")
    finer = replace(form_10, reliable_change=replace(form_10.reliable_change, value=Fraction(1, 2)))
    one_worse = change(finer, form("core_10", 20), form("core_10", 21))
    one_better = change(finer, form("core_10", 21), form("core_10", 20))
    half_better = change(finer, form("core_10", 15, answered=9), form("core_10", 16))
    assert one_worse.category == "reliable_deterioration"
    assert (one_better.category, half_better.category) == ("reliable_improvement", "reliable_improvement")
    assert half_better.improvement == Fraction(2, 3)


def test_all_that_is_known_about_one_change() -> None:
    assert between("core_om", 40, 30) == Change(
        category="no_reliable_change",
        before=Fraction(200, 17),
        after=Fraction(150, 17),
        improvement=Fraction(50, 17),
        reliable=False,
        before_in_clinical_range=True,
        after_in_clinical_range=False,
        crossed_to_non_clinical=True,
        crossed_to_clinical=False,
    )
    worse = between("core_10", 10, 16)
    assert (worse.before, worse.after, worse.improvement, worse.reliable) == (10, 16, -6, True)
    assert (worse.before_in_clinical_range, worse.after_in_clinical_range) == (False, True)
    assert (worse.crossed_to_non_clinical, worse.crossed_to_clinical) == (False, True)
    still = between("core_10", 20, 12)
    assert (still.crossed_to_non_clinical, still.crossed_to_clinical) == (False, False)
    assert (still.before_in_clinical_range, still.after_in_clinical_range) == (True, True)


def test_forms_with_a_gap_are_compared_exactly_too() -> None:
    definition = load("core_om")
    result = change(definition, form("core_om", 66, answered=33), form("core_om", 29, answered=32))
    assert (result.before, result.after) == (20, Fraction(290, 32))
    assert result.category == "recovered"


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("gone", ["before", "after", "both"])
def test_without_a_score_at_both_ends_nothing_is_concluded(gone: str) -> None:
    definition, whole, broken = load("core_10"), form("core_10", 20), form("core_10", 8, answered=8)
    for absent in (None, broken):
        before = absent if gone in {"before", "both"} else whole
        after = absent if gone in {"after", "both"} else whole
        result = change(definition, before, after)
        assert result == Change(
            category="not_computable",
            before=Fraction(20) if before is whole else None,
            after=Fraction(20) if after is whole else None,
        )
        assert (result.improvement, result.reliable, result.crossed_to_non_clinical) == (None, None, None)


def test_scores_that_come_back_from_a_store_are_compared_like_fresh_ones() -> None:
    kept = replace(form("core_10", 16), definition_id="_".join(["core", "10"]))
    assert change(load("core_10"), kept, form("core_10", 10)).category == "recovered"


def test_a_change_cannot_be_altered() -> None:
    result = between("core_10", 16, 10)
    with pytest.raises(FrozenInstanceError):
        result.category = "no_reliable_change"  # type: ignore[misc]


def test_a_long_and_a_short_form_are_never_compared() -> None:
    long, short = form("core_om", 68), form("core_10", 8)
    for definition, before, after in (
        (load("core_om"), long, short),
        (load("core_om"), short, long),
        (load("core_10"), long, None),
    ):
        with pytest.raises(
            ValueError, match=r"^A core_\w+ form cannot be compared on the scale of core_\w+\.$"
        ):
            change(definition, before, after)


@given(st.integers(0, 40), st.integers(0, 40))
def test_turning_time_round_turns_the_change_round(before: int, after: int) -> None:
    there, back = between("core_10", before, after), between("core_10", after, before)
    assert there.improvement == -(back.improvement or 0)
    assert there.reliable == back.reliable
    assert there.crossed_to_clinical == back.crossed_to_non_clinical
    better = {"recovered", "reliable_improvement"}
    assert (there.category in better) == (back.category == "reliable_deterioration")
