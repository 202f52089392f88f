"""What is not an answer is refused with a sentence that names the item and repeats nothing."""

from decimal import Decimal
from typing import Any

import pytest

from questionnaires import AnswersError, embedded, load, score


def with_item(number: int, value: Any) -> list[Any]:
    form: list[Any] = [2] * 10
    form[number - 1] = value
    return form


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([2] * 9, "CORE-10 has 10 items, and was given no entry for item 10."),
        ([], "CORE-10 has 10 items, and was given no entry for item 1."),
        ([2] * 11, "CORE-10 has 10 items, and no item 11 to answer."),
        ([2] * 34, "CORE-10 has 10 items, and no item 11 to answer."),
        ("2222222222", "The answers of CORE-10 are a list with one entry for every item."),
        (dict.fromkeys(range(10), 2), "The answers of CORE-10 are a list with one entry for every item."),
        (None, "The answers of CORE-10 are a list with one entry for every item."),
        (2, "The answers of CORE-10 are a list with one entry for every item."),
        (iter([2] * 10), "The answers of CORE-10 are a list with one entry for every item."),
    ],
)
def test_a_form_of_the_wrong_length_or_shape(answers: Any, sentence: str) -> None:
    with pytest.raises(AnswersError) as refused:
        score(load("core_10"), answers)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("number", "value", "given"),
    [
        (1, 5, "a number outside that range"),
        (10, -1, "a number outside that range"),
        (3, 10**30, "a number outside that range"),
        (4, True, "true or false"),
        (5, False, "true or false"),
        (6, "2", "text"),
        (7, "", "text"),
        (8, 2.0, "a value of type float"),
        (9, 1.5, "a value of type float"),
        (2, float("nan"), "a value of type float"),
        (2, Decimal(2), "a value of type Decimal"),
        (2, [2], "a value of type list"),
        (2, b"2", "a value of type bytes"),
    ],
)
def test_an_entry_that_is_no_position(number: int, value: Any, given: str) -> None:
    with pytest.raises(AnswersError) as refused:
        score(load("core_10"), with_item(number, value))
    assert str(refused.value) == (
        f"Item {number} of CORE-10 takes a whole number from 0 to 4, "
        f"or None when it is not answered; it was given {given}."
    )


def test_the_sentence_never_repeats_what_was_given() -> None:
    with pytest.raises(AnswersError) as refused:
        score(load("core_10"), with_item(6, "I made plans"))
    assert "plans" not in str(refused.value)


def test_a_refusal_is_a_value_error() -> None:
    assert issubclass(AnswersError, ValueError)


def test_the_shorter_form_inside_refuses_as_scoring_does() -> None:
    with pytest.raises(AnswersError, match="Item 34 of CORE-34"):
        embedded(load("core_om"), [2] * 33 + [9])
    with pytest.raises(AnswersError, match="no entry for item 11"):
        embedded(load("core_om"), [2] * 10)


@pytest.mark.parametrize("value", [True, "1", 5, -1])
def test_asking_about_one_answer_refuses_too(value: Any) -> None:
    with pytest.raises(AnswersError, match="Item 6 of CORE-10"):
        load("core_10").is_above_zero(6, value)
