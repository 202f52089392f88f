"""Words that no help page uses are found however they are typed, and each is answered with what to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.signposting.lint import INSTEAD, STOPPING, Kind, findings
from student_portal.signposting.starting import starting

FOUND = {
    Kind.METHOD: ["overdose", "over-dosing", "cutting yourself", "Hanging himself", "self-poisoning", "pills",
                  "jumped off", "burn themselves", "razor"],
    Kind.COMMIT: ["commit suicide", "committed suicide", "Committing suicide", "we are committed to you"],
    Kind.BLAME: ["attention seeking", "attention-seeker", "self-harmer", "self harmers", "a cry for help"],
    Kind.OUTCOME: ["successful attempt", "failed attempt", "an unsuccessful suicide attempt",
                   "completed suicide"],
    Kind.SCALE: ["at risk", "low risk", "all clear", "severe"],
    Kind.CLOSED_DOOR: ["was rejected", "not eligible", "Ineligible", "turned down"],
    Kind.PROMISE: ["we are always here for you", "We promise", "you will feel better", "you are never alone",
                   "We’ll always listen"],
    Kind.PRAISE: ["Well done", "you are so brave", "we are proud of you"],
    Kind.EXCLAMATION: ["Call us!", "¡Hola"],
    Kind.PICTURE: ["Call us 🙂", "a heart ❤"],
    Kind.SHOUTING: ["CALL NOW", "IMPORTANT", "Do NOT WAIT"],
}  # fmt: skip

LEFT_ALONE = (
    "You hurt yourself, or had the urge to.",
    "He ended his life. She took her own life.",
    "Keep it if it helps you. You can stop.",
    "Your commitment, a committee, a committal.",
    "NHS 111 and your GP. Papyrus HOPELINE247. LJMU. PAPYRUS. A BSL video.",
    "A person in the team talks with you about a cut in your hours.",
    "Hang up at any time, and burn the candle.",
    "Read more at [our page](https://example.org/overdose-committed!).",
    "Suicide is a word you may say to them.",
)

harmless = st.lists(st.sampled_from(["we", "talk with", "you about", "what helps", "at night"]), max_size=6)
phrase = st.sampled_from([(kind, words) for kind, written in FOUND.items() for words in written])


def kinds(text: str) -> set[Kind]:
    return {finding.kind for finding in findings(text)}


@pytest.mark.hazard("H25")
@pytest.mark.parametrize(
    ("kind", "words"), [(kind, words) for kind, written in FOUND.items() for words in written]
)
def test_a_word_we_do_not_use_is_found_and_answered(kind: Kind, words: str) -> None:
    assert kind in kinds(words)
    assert all(finding.instead for finding in findings(words))


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_an_honest_sentence_is_left_alone(words: str) -> None:
    assert findings(words) == ()


@pytest.mark.hazard("H25")
@given(
    phrase, harmless, harmless, st.sampled_from([" ", "\n", "\t", "  \n "]), st.sampled_from("*_\u200b\u00ad")
)
def test_no_trick_of_typing_hides_it(
    wanted: tuple[Kind, str], before: list[str], after: list[str], gap: str, hidden: str
) -> None:
    """Line breaks between the words, emphasis round them, letters that nobody sees inside them."""
    kind, words = wanted
    middle = words[: len(words) // 2] + hidden + words[len(words) // 2 :]
    text = " ".join([*before, middle, *after])
    assert kind in kinds(text.replace(" ", gap))
    if kind is not Kind.SHOUTING:
        assert kind in kinds(text.upper())


@given(st.text())
def test_any_text_has_findings_that_stand_in_it_once_each(text: str) -> None:
    found = findings(text)
    assert len(set(found)) == len(found)
    assert all(finding.found and finding.stops == (finding.kind in STOPPING) for finding in found)


@pytest.mark.hazard("H25")
def test_methods_and_commit_go_no_further_and_everything_else_is_advice() -> None:
    stopping = {
        finding.kind for finding in findings("committed, pills, at risk. Well done!") if finding.stops
    }
    assert stopping == {Kind.METHOD, Kind.COMMIT}


def test_the_advice_keeps_to_its_own_rules() -> None:
    assert {kind: found for kind, words in INSTEAD.items() if (found := findings(words))} == {}


def test_what_comes_with_the_software_has_no_findings() -> None:
    texts = [f"{one.name}. {one.what_happens} {one.who_answers}" for one in starting({})]
    assert {text: found for text in texts if (found := findings(text))} == {}


def test_findings_come_in_the_order_of_reading() -> None:
    text = "Well done! You were committed."
    places = [text.index(finding.found) for finding in findings(text)]
    assert places == sorted(places)
    assert len(places) == 3
