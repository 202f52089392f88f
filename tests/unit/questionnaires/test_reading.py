"""A questionnaire that does not make sense is refused, whatever its checksum says."""

from pathlib import Path

import pytest

from questionnaires import DefinitionError, load
from tests.unit.questionnaires import made_up

ITEM_1 = '{ number = 1, domain = "T" }'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("multiplier = 10\n", "", "lacks the entry 'multiplier'"),
        ("highest_position = 2\n", "", "lacks the entry 'highest_position'"),
        ("highest_position = 2", "highest_position = 4", "answers is not the highest position plus one"),
        (ITEM_1, '{ number = 2, domain = "T" }', "items are not numbered 1, 2, 3"),
        (ITEM_1, ITEM_1 + ', { number = 4, domain = "T" }', "cannot be read"),
        (ITEM_1, '{ number = 1, domain = "U" }', 'no scale called "all" holds every item'),
        ('"7.5"', '"seven"', "cannot be read"),
        ('"7.5"', '"1/0"', "cannot be read"),
        ("missing_allowed = 1", "missing_allowed = 3", "scored without a single answer"),
        ("missing_allowed = 1", "missing_allowed = -1", "scored without a single answer"),
        ("missing_allowed = 1", 'missing_allowed = "1"', "cannot be read"),
        ('["T", "S"]', '["T", "X"]', "names a domain that no item has"),
        ('id = "all"', 'id = "total"', 'no scale called "all" holds every item'),
        ('id = "tea"', 'id = "coffee"', "another questionnaire"),
        ("[[scales]]", "[[scales", "cannot be read"),
        ("items = [\n", '[embedded]\ninstrument = "x"\nversion = 1\nitems = [9]\n[y]\nitems = [', "lacks"),
    ],
)
def test_a_structure_that_does_not_hold_together(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in made_up.STRUCTURE
    root = made_up.write(tmp_path, structure=made_up.STRUCTURE.replace(old, new, 1))
    with pytest.raises(DefinitionError, match=sentence):
        load("tea", root=root)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"I slept well"', '" "', "an item or an answer has no words"),
        ('"Once"', '""', "an item or an answer has no words"),
        ('"Once"', "1", "cannot be read"),
        (', "I spilt my tea"', "", "cannot be read"),
        ('recall = "Today"\n', "", "lacks the entry 'recall'"),
        ("version = 1", "version = 2", "another questionnaire"),
        ('language = "en-GB"', 'language = "cy"', "calls itself something else"),
    ],
)
def test_words_that_do_not_fit_the_structure(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in made_up.WORDING
    root = made_up.write(tmp_path, wording=made_up.WORDING.replace(old, new, 1))
    with pytest.raises(DefinitionError, match=sentence):
        load("tea", root=root)


def test_a_folder_that_calls_itself_something_else(tmp_path: Path) -> None:
    root = made_up.write(tmp_path, version="3")
    with pytest.raises(DefinitionError, match="tea/3 in en-GB calls itself something else"):
        load("tea", root=root)


def test_a_shorter_form_made_of_items_that_do_not_exist(tmp_path: Path) -> None:
    inner = '\n[embedded]\ninstrument = "sip"\nversion = 1\nitems = [1, 9]\n'
    root = made_up.write(tmp_path, structure=made_up.STRUCTURE + inner)
    with pytest.raises(DefinitionError, match="shorter questionnaire names an item that does not exist"):
        load("tea", root=root)


def test_a_form_without_items(tmp_path: Path) -> None:
    bare = (
        made_up.STRUCTURE.split("items = [")[0]
        + "items = []\n[[scales]]"
        + made_up.STRUCTURE.split("[[scales]]")[1]
    )
    words = made_up.WORDING.split("items = [")[0] + "items = []\n"
    root = made_up.write(tmp_path, structure=bare, wording=words)
    with pytest.raises(DefinitionError, match="it has no items"):
        load("tea", root=root)
