"""The ten CORE-10 answers inside a CORE-34, which make one line across six sessions."""

import pytest

from questionnaires import DefinitionError, embedded, load, score

pytestmark = pytest.mark.hazard("H06")
PLACES = (2, 3, 7, 10, 15, 16, 18, 23, 27, 28)


def test_the_ten_are_taken_out_in_the_order_of_the_shorter_form() -> None:
    by_place = [number % 5 for number in range(1, 35)]
    assert embedded(load("core_om"), by_place) == tuple(number % 5 for number in PLACES)


def test_each_of_the_ten_asks_the_very_same_thing() -> None:
    long, short = load("core_om"), load("core_10")
    for place, item in zip(PLACES, short.items, strict=True):
        twin = long.item(place)
        assert (twin.text, twin.reversed, twin.domain, twin.safety) == (
            item.text,
            item.reversed,
            item.domain,
            item.safety,
        )


def test_gaps_stay_gaps_and_each_form_is_judged_by_its_own_rule() -> None:
    form: list[int | None] = [2] * 34
    form[1], form[26] = None, None
    inside = embedded(load("core_om"), form)
    assert inside[0] is None
    assert inside[8] is None
    assert score(load("core_om"), form).scales["all"].scorable
    assert not score(load("core_10"), inside).scales["all"].scorable


def test_the_ten_can_be_scored_where_the_whole_cannot() -> None:
    form: list[int | None] = [1] * 34
    for number in (1, 4, 5, 6):
        form[number - 1] = None
    assert not score(load("core_om"), form).scales["all"].scorable
    assert score(load("core_10"), embedded(load("core_om"), form)).scales["all"].clinical == 14


def test_a_form_that_holds_no_other_says_so() -> None:
    with pytest.raises(DefinitionError, match="CORE-10 holds no shorter questionnaire"):
        embedded(load("core_10"), [2] * 10)
