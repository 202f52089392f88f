"""The words are the copyright holder's: exact, whole, in order, without the slips of public copies."""

import hashlib
from dataclasses import FrozenInstanceError, replace

import pytest

from questionnaires import AnswersError, load
from questionnaires.catalogue import DEFINITIONS

pytestmark = pytest.mark.hazard("H08")
RIGHTS = "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4, "I have felt O.K. about myself"),
        (6, "I have been physically violent to others"),
        (8, "I have been troubled by aches, pains or other physical problems"),
        (11, "Tension and anxiety have prevented me doing important things"),
        (12, "I have been happy with the things I have done"),
        (32, "I have achieved the things I wanted to"),
    ],
)
def test_the_core_34_items_that_public_copies_get_wrong(number: int, words: str) -> None:
    assert load("core_om").item(number).text == words


@pytest.mark.parametrize(("id", "count"), [("core_om", 34), ("core_10", 10)])
def test_the_head_and_foot_of_each_form(id: str, count: int) -> None:
    form = load(id)
    assert form.heading == "IMPORTANT - PLEASE READ THIS FIRST"
    assert form.instruction == (
        f"This form has {count} statements about how you have been OVER THE LAST WEEK. "
        "Please read each statement and think how often you felt that way last week. "
        "Then tick the box which is closest to this."
    )
    assert form.recall == "Over the last week"
    assert form.ending == "Thank you for your time in completing this questionnaire"
    assert form.rights == RIGHTS
    assert form.language == "en-GB"
    assert [item.number for item in form.items] == list(range(1, count + 1))


def test_items_are_plain_lines_without_stray_spaces_or_full_stops() -> None:
    texts = [item.text for id in ("core_om", "core_10") for item in load(id).items]
    assert [text for text in texts if text != " ".join(text.split()) or text.endswith(".")] == []
    assert len({item.text for item in load("core_om").items}) == 34


@pytest.mark.parametrize(
    ("id", "last"), [("core_om", "Most or all the time"), ("core_10", "Most or all of the time")]
)
def test_each_form_has_its_own_five_answers(id: str, last: str) -> None:
    form = load(id)
    words = ["Not at all", "Only occasionally", "Sometimes", "Often", last]
    assert [option.label for option in form.options] == words
    assert [form.label_for(option.position) for option in form.options] == words
    assert form.highest_position == 4


@pytest.mark.parametrize("position", [-1, 5])
def test_there_is_no_word_for_a_box_that_does_not_exist(position: int) -> None:
    with pytest.raises(AnswersError, match="numbered 0 to 4"):
        load("core_10").label_for(position)


@pytest.mark.parametrize("number", [0, 11, -1])
def test_there_is_no_item_beyond_the_form(number: int) -> None:
    with pytest.raises(AnswersError, match=f"items 1 to 10, and no item {number}"):
        load("core_10").item(number)


def test_a_form_may_have_another_number_of_answers() -> None:
    form = load("core_10")
    four = replace(form, options=form.options[:4])
    assert (four.highest_position, four.label_for(3)) == (3, "Often")
    with pytest.raises(AnswersError, match="numbered 0 to 3"):
        four.label_for(4)


def test_items_are_found_by_the_number_printed_beside_them() -> None:
    form = load("core_om")
    assert form.item(1).text == "I have felt terribly alone and isolated"
    assert form.item(34).text == "I have hurt myself physically or taken dangerous risks with my health"


def test_no_part_of_a_form_can_be_changed_while_the_program_runs() -> None:
    form = load("core_om")
    parts = {
        "label": form,
        "text": form.items[0],
        "position": form.options[0],
        "missing_allowed": form.scales[0],
        "value": form.cut_off,
        "instrument": form.embedded,
    }
    for field, part in parts.items():
        with pytest.raises(FrozenInstanceError):
            setattr(part, field, None)


def test_the_names_people_know_and_the_facts_a_form_keeps() -> None:
    assert [(load(id).label, load(id).version) for id in ("core_om", "core_10")] == [
        ("CORE-34", 1),
        ("CORE-10", 1),
    ]
    folder = DEFINITIONS / "core_om" / "1"
    both = (folder / "structure.toml").read_bytes() + (folder / "en-GB.toml").read_bytes()
    assert load("core_om").checksum == hashlib.sha256(both).hexdigest()
    assert load("core_om").checksum != load("core_10").checksum


def test_the_figures_come_with_their_source_and_how_sure_they_are() -> None:
    for id, cut_off, index, sure in (("core_om", 10, 5, "95 %"), ("core_10", 11, 6, "90 %")):
        form = load(id)
        assert (form.cut_off.value, form.reliable_change.value) == (cut_off, index)
        assert form.reliable_change.confidence == sure
        assert form.cut_off.confidence == "read in the abstract"
        assert "2007" in load("core_om").cut_off.source
        assert "2013" in load("core_10").cut_off.source
        assert form.reliable_change.source
        assert form.cut_off.note
        assert "CORE System Trust" in form.scoring_source
        assert "CORE System Trust" in form.missing_source


def test_the_licence_beside_the_words_is_theirs_and_not_the_codes() -> None:
    notice = (DEFINITIONS / "LICENCE").read_text()
    assert RIGHTS in notice.splitlines()
    assert "CC BY-NC-ND 4.0" in notice
    assert "not the licence of the program" in notice
