"""Ids sort in the order of their making and tell nothing else."""

from itertools import pairwise

from student_portal.foundation import ids
from student_portal.foundation.clock import FrozenClock


def test_ids_sort_in_the_order_of_their_making_even_when_time_stands_still(frozen: FrozenClock) -> None:
    made = [ids.new() for _ in range(2_000)]
    frozen.forward(seconds=1)
    made.append(ids.new())
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {len(one) for one in made} == {ids.LENGTH}


def test_the_next_id_cannot_be_guessed_from_the_last(frozen: FrozenClock) -> None:
    made = [int(ids.new(), 36) for _ in range(200)]
    steps = {later - earlier for earlier, later in pairwise(made)}
    assert len(steps) == len(made) - 1


def test_a_reference_is_six_letters_and_digits_that_cannot_be_misread() -> None:
    made = {ids.reference() for _ in range(1_000)}
    assert all(len(one) == 6 and not set(one) & set("ILOU") for one in made)
