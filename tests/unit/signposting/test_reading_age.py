"""How old a reader would be to whom a text comes easily: close enough to warn an editor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.signposting.reading_age import FEWEST_WORDS, OLDEST, YOUNGEST, reading_age, syllables

PLAIN = (
    "You can call us on a working day. A person in the team picks up. You do not have to say your name. "
    "They ask what has been going on and what would help."
)
HARD = (
    "The provision of psychological interventions necessitates comprehensive assessment by appropriately "
    "qualified practitioners within the multidisciplinary organisation, information governance arrangements "
    "and confidentiality considerations notwithstanding."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("help", 1), ("like", 1), ("liked", 1), ("wanted", 2), ("table", 2), ("tables", 2), ("smile", 1),
     ("university", 5), ("counselling", 3), ("the", 1), ("b", 1), ("houses", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula_is_the_published_one() -> None:
    """28 words, 28 syllables, 2 sentences: 0.39 * 14 + 11.8 * 1 - 15.59 = 1.67, grade 2, age 7."""
    assert reading_age("We can talk with you and your mum or dad at ten in May. " * 2) == 7


def test_plain_words_read_young_and_an_office_reads_old() -> None:
    assert (reading_age(PLAIN) or 0) <= 9
    assert reading_age(HARD) == OLDEST


def test_links_and_marks_do_not_count() -> None:
    marked = PLAIN.replace("call us", "[call us](https://a-very-long-address.example/administration)")
    assert reading_age(f"## Title\n\n{marked}") == reading_age(f"Title.\n\n{PLAIN}")


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    items = "\n".join(f"- you can call the team at ten on day {n}" for n in ("one", "two", "three"))
    assert (reading_age(items) or OLDEST) < 10


@pytest.mark.parametrize("text", ["", "Call us.", "word " * (FEWEST_WORDS - 1), "请 " * 40])
def test_too_little_text_has_no_age(text: str) -> None:
    assert reading_age(text) is None


@given(st.text())
def test_any_text_has_an_age_or_none(text: str) -> None:
    age = reading_age(text * 5)
    assert age is None or YOUNGEST <= age <= OLDEST
