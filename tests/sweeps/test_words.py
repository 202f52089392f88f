"""What no page says, no name in the code hints at and no colour shows: how bad it is, or that all is well.

NICE NG225 and the service's own rules: nobody is put on a scale. An answer is shown in the words the person
chose. How we speak is look.md's table of tone; the words on its right side stand here.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Enum

from student_portal import migrations
from student_portal.foundation.web import is_staff_side
from tests.support import tree
from tests.support.pages import Page
from tests.sweeps.presses import Walked
from tests.unit.test_words_for_translators import written_out

LEVEL = re.compile(
    r"\b(risk\w*|sever(e\w*|ity)|moderate\w*|mild\w*|priorit\w*|urgen\w*|triage\w*|flag(s|ged)?|band(s|ed)?"
    r"|elevated|critical|threshold\w*|(sub)?clinical range|normal range"
    r"|(high|low|medium)(er|est)?[ -](level|score|concern|need|distress)s?"
    r"|breach\w*|red|amber|green|traffic.light\w*)\b",
    re.IGNORECASE,
)
REASSURING = re.compile(
    r"\b(all clear|stable|no concerns?|no cause for concern|nothing to worry|(don.t|do not) worry|all is well"
    r"|doing well|within normal|(you|they|who) (is|are) safe|always here)\b",
    re.IGNORECASE,
)
UNKIND = re.compile(
    r"!|\b(commit\w*|self.harmers?|attention.seek\w*|please be patient|patients?|are you sure|invalid"
    r"|required|to proceed|failed|illegal|may affect your|only contact us|well done|congrat\w*|we promise)\b"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff]",
    re.IGNORECASE,
)
A_METHOD = re.compile(
    r"\b(cut(ting|s)? (yourself|myself|themselves)|overdos\w*|pills?|tablets?|hang(ed|ing)?|razors?|blades?"
    r"|burn(ing|s|t)?|ligatures?)\b",
    re.IGNORECASE,
)
BANNED = (LEVEL, REASSURING, UNKIND, A_METHOD)

NAMES_OF_LEVELS = re.compile(
    r"(^|[-_ ])(risk|severity|severe|moderate|mild|priority|urgent|band|flag|level|rag|traffic|red|amber"
    r"|green|orange|yellow|danger|warn(ing)?|success|good|ok|high|low|positive|negative|score)($|[-_ ])"
)
STATES = {"bad", "open"}
"""`bad` marks a field to be corrected, `open` a thing still to be done: neither says anything of a person."""
VALUE_CLASSES = {"n", "num", "plot", "pt", "emb", "reach", "tip", "more"}
"""A column of numbers; the line, a point of it and one that comes from the longer form; round every point the
room to reach it and what it says; a date that a narrow screen leaves out.
"""
MADE_BY_NUMBERS = ("td", "th", "tr", "li", "circle", "text", "polyline", "dd")


def said(pattern: re.Pattern[str], words: str) -> list[str]:
    return [found.group() for found in pattern.finditer(words)]


@pytest.mark.hazard("H11")
@pytest.mark.parametrize("banned", BANNED, ids=["level", "reassuring", "unkind", "method"])
def test_no_sentence_of_ours_says_it(banned: re.Pattern[str]) -> None:
    """In a template or in Python, on whichever branch."""
    sentences = list(written_out())
    assert len(sentences) > 500
    assert {f"{place}: {said(banned, words)}" for place, words in sentences if said(banned, words)} == set()


@pytest.mark.hazard("H11")
@pytest.mark.parametrize("banned", BANNED, ids=["level", "reassuring", "unkind", "method"])
def test_no_page_says_it(walked: Walked, banned: re.Pattern[str]) -> None:
    """As read, so that sentences which only meet on the page are seen too; what people wrote is theirs."""
    found = {(page.path, word) for page in walked.pages for run in page.runs for word in said(banned, run)}
    assert found == set()


@pytest.mark.hazard("H11")
def test_no_class_and_no_colour_is_named_after_a_level(walked: Walked) -> None:
    named = {name for page in walked.pages for name in names_in(page)} | set(names_in_stylesheet())
    assert len(named) > 60
    assert {name for name in named - STATES if NAMES_OF_LEVELS.search(name)} == set()


def names_in(page: Page) -> Iterator[str]:
    """Every class, id and data-* name on the page; an id in an opaque row's name is left aside."""
    for _tag, attributes in page.tags:
        yield from attributes.get("class", "").split()
        yield re.sub(r"\b[0-9a-z]{26}\b", "", attributes.get("id", ""))
        yield from (name for name in attributes if name.startswith("data-"))


def names_in_stylesheet() -> Iterator[str]:
    written = (tree.ROOT / "student_portal/static/css/portal.css").read_text()
    sheet = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    yield from re.findall(r"\.([a-z][\w-]*)", sheet)
    yield from re.findall(r"--([a-z][\w-]*)", sheet)


@pytest.mark.hazard("H11")
def test_nothing_that_shows_an_answer_or_a_number_looks_different_for_its_value(walked: Walked) -> None:
    """Every row, item and dot of the pages on which staff read answers has the same few classes."""
    records = [page for page in walked.pages if page.path.startswith("/staff/caseload/")]
    assert any("<circle" in page.html for page in records)
    found = {
        name
        for page in records
        for tag, attributes in page.tags
        if tag in MADE_BY_NUMBERS
        for name in attributes.get("class", "").split()
    }
    assert found <= VALUE_CLASSES


@pytest.mark.hazard("H11")
def test_no_column_and_no_stored_word_holds_a_level() -> None:
    """What is not there cannot be shown, sorted by or exported. `non_risk` is the instrument's own scale."""
    names = set()
    for table in migrations.metadata().sorted_tables:
        names |= {table.name, *(column.name for column in table.columns)}
        choices = [column.type.enums for column in table.columns if isinstance(column.type, Enum)]
        names |= {word for words in choices for word in words}
    telling = re.compile(r"(^|_)(risk|severity|level|priority|urgency|band|colour|rag|flag)(_|$)")
    assert {name for name in names if telling.search(name)} == set()


def test_students_pages_speak_to_the_student_not_of_them(walked: Walked) -> None:
    """The user, the client, the respondent: words of forms and files."""
    of_them = re.compile(
        r"\b(the|this) (user|client|service user|respondent|applicant|referral|case)\b", re.I
    )
    runs = {(p.path, run) for p in walked.pages if not is_staff_side(p.path) for run in p.runs}
    assert {(path, run) for path, run in runs if said(of_them, run)} == set()
