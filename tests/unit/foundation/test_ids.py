"""Ids sort by the time they were made and tell nothing else."""

from datetime import UTC, datetime, timedelta

from student_portal.foundation import ids

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_ids_made_later_sort_later() -> None:
    made = [ids.new(NOW + timedelta(milliseconds=n)) for n in range(200)]
    assert made == sorted(made)


def test_ids_are_unique_and_of_one_length() -> None:
    made = {ids.new(NOW) for _ in range(10_000)}
    assert len(made) == 10_000
    assert {len(one) for one in made} == {ids.LENGTH}


def test_a_reference_is_six_letters_and_digits_that_cannot_be_misread() -> None:
    made = {ids.reference() for _ in range(1_000)}
    assert all(len(one) == 6 and not set(one) & set("ILOU") for one in made)
