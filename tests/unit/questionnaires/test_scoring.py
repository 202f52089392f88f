"""From ticked boxes to scores: the sums a therapist could do by hand."""

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from questionnaires import Scores, half_up, load, score

CALM = [0, 4, 4, 0, 0, 0, 0, 0, 0, 0]


def core_10(**ticked: int | None) -> Scores:
    """The calmest CORE-10 there is, but for the items named: item_6=1."""
    form: list[int | None] = list(CALM)
    for name, position in ticked.items():
        form[int(name.removeprefix("item_")) - 1] = position
    return score(load("core_10"), form)


@pytest.mark.hazard("H06")
def test_a_complete_core_10_is_its_sum() -> None:
    everything = core_10(item_1=3, item_2=1, item_9=4).scales["all"]
    assert (everything.clinical, everything.mean, everything.shown) == (10, 1, "10.0")
    assert (everything.items, everything.answered, everything.missing) == (10, 10, 0)
    assert (everything.scorable, everything.prorated) == (True, False)


@pytest.mark.hazard("H06")
def test_one_gap_is_shared_out_and_two_leave_no_score() -> None:
    one = core_10(item_1=3, item_9=4, item_10=None).scales["all"]
    assert (one.clinical, one.mean, one.shown) == (Fraction(70, 9), Fraction(7, 9), "7.8")
    assert (one.answered, one.missing, one.prorated, one.scorable) == (9, 1, True, True)
    two = core_10(item_1=None, item_10=None).scales["all"]
    assert (two.clinical, two.mean, two.shown) == (None, None, None)
    assert (two.answered, two.missing, two.prorated, two.scorable) == (8, 2, False, False)


@pytest.mark.hazard("H12")
@pytest.mark.parametrize("id", ["core_om", "core_10"])
def test_an_empty_form_has_no_score_and_is_never_nought(id: str) -> None:
    form = load(id)
    scores = score(form, [None] * len(form.items))
    assert {scale.clinical for scale in scores.scales.values()} == {None}
    assert {scale.scorable for scale in scores.scales.values()} == {False}
    assert scores.safety_above_zero == ()
    assert scores.safety_unanswered == form.safety_items


def test_even_a_careless_limit_cannot_make_a_score_of_nothing() -> None:
    form = load("core_10")
    careless = replace(form, scales=(replace(form.scales[0], missing_allowed=10),))
    assert score(careless, [None] * 10).scales["all"].scorable is False


@pytest.mark.hazard("H06")
def test_each_scale_is_judged_on_its_own_limit() -> None:
    form: list[int | None] = [2] * 34
    for number in (2, 5, 8, 9):  # three problems and one about safety
        form[number - 1] = None
    scorable = {name: scale.scorable for name, scale in score(load("core_om"), form).scales.items()}
    assert scorable == {"all": False, "non_risk": True, "W": True, "P": False, "F": True, "R": False}


def test_the_scales_of_core_34_are_the_published_ones() -> None:
    form = load("core_om")
    sizes = {scale.id: (len(scale.items), scale.missing_allowed) for scale in form.scales}
    assert sizes == {
        "all": (34, 3),
        "non_risk": (28, 3),
        "W": (4, 0),
        "P": (12, 1),
        "F": (12, 1),
        "R": (6, 0),
    }
    assert all(scale.name for scale in form.scales)
    assert [item.number for item in form.items if item.reversed] == [3, 4, 7, 12, 19, 21, 31, 32]


@pytest.mark.parametrize("position", range(5))
def test_the_same_box_34_times_gives_the_known_totals(position: int) -> None:
    everything = score(load("core_om"), [position] * 34).scales["all"]
    assert everything.clinical == Fraction(10 * (32, 50, 68, 86, 104)[position], 34)
    assert everything.shown == ("9.4", "14.7", "20.0", "25.3", "30.6")[position]


@pytest.mark.hazard("H12")
def test_safety_answers_stand_apart_from_the_total() -> None:
    ticked = core_10(item_6=1)
    assert (ticked.safety, ticked.safety_above_zero, ticked.safety_unanswered) == (((6, 1),), (6,), ())
    silent = core_10(item_6=None)
    assert (silent.safety, silent.safety_above_zero, silent.safety_unanswered) == (((6, None),), (), (6,))
    zero = core_10(item_6=0)
    assert (zero.safety, zero.safety_above_zero, zero.safety_unanswered) == (((6, 0),), (), ())


@pytest.mark.hazard("H12")
def test_safety_answers_of_core_34_come_in_item_order_even_without_a_score() -> None:
    form: list[int | None] = [None] * 34
    form[33], form[5], form[15] = 4, 1, 0
    scores = score(load("core_om"), form)
    assert scores.safety == ((6, 1), (9, None), (16, 0), (22, None), (24, None), (34, 4))
    assert scores.safety_above_zero == (6, 34)
    assert scores.safety_unanswered == (9, 22, 24)


def test_whether_one_answer_is_above_zero_can_be_asked_while_the_form_is_open() -> None:
    form = load("core_10")
    assert [form.is_above_zero(6, position) for position in (None, 0, 1, 4)] == [False, False, True, True]
    # A reversed item asks the other way round: "Most or all of the time" is its zero.
    assert [form.is_above_zero(2, position) for position in (0, 3, 4)] == [True, True, False]


@pytest.mark.parametrize(
    ("exact", "places", "shown"),
    [
        ("9.75", 1, "9.8"),  # the ties that computers like to round to even
        ("9.65", 1, "9.7"),
        ("9.649999", 1, "9.6"),
        ("0", 1, "0.0"),
        ("40", 1, "40.0"),
        ("9.96", 1, "10.0"),
        ("1.005", 2, "1.01"),
        ("0.04", 2, "0.04"),
        ("-5.25", 1, "-5.3"),  # getting worse is rounded like getting better
        ("-0.5", 1, "-0.5"),
        ("-12", 1, "-12.0"),
        ("-0.04", 1, "0.0"),  # and there is no minus nought
    ],
)
def test_numbers_are_rounded_half_up_to_be_shown(exact: str, places: int, shown: str) -> None:
    assert half_up(Fraction(exact), places) == shown


def test_a_tie_on_a_real_form_is_shown_half_up() -> None:
    form: list[int | None] = [0] * 34
    for number in (3, 4, 7, 12, 19, 21, 31, 32):
        form[number - 1] = 4
    form[33], form[32] = None, None
    form[0] = 2
    everything = score(load("core_om"), form).scales["all"]
    assert everything.clinical == Fraction(5, 8)
    form[1] = 4
    form[4] = 2  # 8 points on 32 items are 2.5, 9 points 2.8125, 10 points 3.125
    assert score(load("core_om"), form).scales["all"].shown == "2.5"
    form[7], form[9] = 4, 4
    form[10] = 2  # 18 points on 32 items are 5.625, and 20 are exactly 6.25
    form[12] = 2
    assert score(load("core_om"), form).scales["all"].shown == "6.3"


def test_scores_cannot_be_changed_once_made() -> None:
    scores = core_10()
    with pytest.raises(TypeError):
        scores.scales["all"] = scores.scales["all"]  # type: ignore[index]
    for thing, field in ((scores, "safety"), (scores.scales["all"], "clinical")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, field, None)
    assert (scores.definition_id, scores.definition_version) == ("core_10", 1)
