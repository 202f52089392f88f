"""The scorer and a second scorer, written the other way round, agree. All forms: `exhaustive.py`."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import load
from tests.unit.questionnaires import exhaustive
from tests.unit.questionnaires.oracle import CORE_10, CORE_OM, Key, disagreement

pytestmark = pytest.mark.hazard("H06")
KEYS = {"core_om": (34, CORE_OM), "core_10": (10, CORE_10)}


def drawn(count: int, *, length: int, missing: int) -> Iterator[list[int | None]]:
    """The same forms every time, for this length and number of gaps."""
    draw = random.Random(1000 * length + missing)
    for _ in range(count):
        form: list[int | None] = [draw.randrange(5) for _ in range(length)]
        for place in draw.sample(range(length), missing):
            form[place] = None
        yield form


@pytest.mark.parametrize("missing", range(11))
def test_core_10_forms_with_every_number_of_gaps(missing: int) -> None:
    definition = load("core_10")
    for form in drawn(300, length=10, missing=missing):
        assert disagreement(definition, CORE_10, form) is None


@pytest.mark.parametrize("gap", range(10))
def test_core_10_forms_with_the_gap_in_every_place(gap: int) -> None:
    definition = load("core_10")
    for form in drawn(150, length=10, missing=0):
        form[gap] = None
        assert disagreement(definition, CORE_10, form) is None


@pytest.mark.parametrize("missing", [0, 1, 2, 3, 4, 5, 12, 33, 34])
def test_core_34_forms_with_few_and_many_gaps(missing: int) -> None:
    definition = load("core_om")
    for form in drawn(120, length=34, missing=missing):
        assert disagreement(definition, CORE_OM, form) is None


@pytest.mark.parametrize(("id", "length", "key"), [(id, *rest) for id, rest in KEYS.items()])
def test_the_same_box_all_the_way_down(id: str, length: int, key: Key) -> None:
    for position in range(5):
        assert disagreement(load(id), key, [position] * length) is None


@given(st.lists(st.integers(0, 4), min_size=34, max_size=34), st.sets(st.integers(0, 33), max_size=5))
def test_core_34_forms_a_searching_tester_thinks_of(ticked: list[int], gaps: set[int]) -> None:
    form = [None if place in gaps else position for place, position in enumerate(ticked)]
    assert disagreement(load("core_om"), CORE_OM, form) is None


def test_the_full_command_covers_each_form_once() -> None:
    names = exhaustive.blocks()
    assert len(names) * exhaustive.FORMS_IN_A_BLOCK == 5**10 + 10 * 5**9
    assert len(set(names)) == len(names)
    assert next(exhaustive.forms("complete 3 1")) == (3, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    assert next(exhaustive.forms("missing 10 4")) == (4, 0, 0, 0, 0, 0, 0, 0, 0, None)
    assert len(set(exhaustive.forms("missing 4 2"))) == exhaustive.FORMS_IN_A_BLOCK
