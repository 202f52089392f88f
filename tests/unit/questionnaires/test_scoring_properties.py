"""What must hold for any form at all."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from questionnaires import Definition, load, score

pytestmark = pytest.mark.hazard("H06")
Form = list[int | None]


@st.composite
def forms(draw: st.DrawFn) -> tuple[Definition, Form]:
    """Either questionnaire, filled in anyhow, with few enough gaps to be scored more often than not."""
    definition = load(draw(st.sampled_from(["core_om", "core_10"])))
    length = len(definition.items)
    ticked = draw(st.lists(st.integers(0, 4), min_size=length, max_size=length))
    gaps = draw(st.sets(st.integers(0, length - 1), max_size=4))
    return definition, [None if place in gaps else position for place, position in enumerate(ticked)]


def clinical(definition: Definition, form: Form) -> dict[str, Fraction | None]:
    return {name: scale.clinical for name, scale in score(definition, form).scales.items()}


@given(forms(), st.data())
def test_a_higher_tick_never_lowers_a_direct_item_nor_raises_a_reversed_one(
    filled: tuple[Definition, Form], data: st.DataObject
) -> None:
    definition, form = filled
    place = data.draw(st.integers(0, len(form) - 1))
    ticked = form[place]
    assume(ticked is not None and ticked < 4)
    higher = [*form[:place], (ticked or 0) + 1, *form[place + 1 :]]
    before, after = clinical(definition, form), clinical(definition, higher)
    for name, was in before.items():
        now = after[name]
        assert (was is None) == (now is None)
        if was is not None and now is not None:
            assert now <= was if definition.items[place].reversed else now >= was


@given(forms(), st.data())
def test_a_gap_scores_as_the_mean_of_the_rest_and_never_as_a_zero(
    filled: tuple[Definition, Form], data: st.DataObject
) -> None:
    definition, form = filled
    place = data.draw(st.integers(0, len(form) - 1))
    gap = [*form[:place], None, *form[place + 1 :]]
    left_out = score(definition, gap).scales["all"]
    assume(left_out.mean is not None)
    for position in range(5):
        ticked = score(definition, [*form[:place], position, *form[place + 1 :]]).scales["all"]
        points = 4 - position if definition.items[place].reversed else position
        assert left_out.mean is not None
        assert ticked.mean is not None
        assert ticked.mean - left_out.mean == (points - left_out.mean) / ticked.answered


@given(forms())
def test_every_score_stays_on_its_scale_and_counts_add_up(filled: tuple[Definition, Form]) -> None:
    definition, form = filled
    for scale in score(definition, form).scales.values():
        assert scale.answered + scale.missing == scale.items
        if scale.mean is not None and scale.clinical is not None:
            assert 0 <= scale.mean <= 4
            assert scale.clinical == 10 * scale.mean
            assert scale.shown is not None
            assert abs(Fraction(scale.shown) - scale.clinical) <= Fraction(1, 20)


@given(forms())
def test_the_opposite_form_scores_the_opposite(filled: tuple[Definition, Form]) -> None:
    definition, form = filled
    opposite = [None if position is None else 4 - position for position in form]
    here, there = clinical(definition, form), clinical(definition, opposite)
    for name, was in here.items():
        now = there[name]
        assert (was is None) == (now is None)
        if was is not None and now is not None:
            assert was + now == 40


@given(forms())
def test_a_list_and_a_tuple_score_the_same_and_neither_is_touched(filled: tuple[Definition, Form]) -> None:
    definition, form = filled
    kept = list(form)
    assert score(definition, form) == score(definition, tuple(form))
    assert form == kept
