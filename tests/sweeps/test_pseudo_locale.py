"""Every sentence of ours can be translated: in the pseudo-locale each stands between ⟦ and ⟧.

What is left outside must be data: marked so (translate="no", bdi, time), a date, or known from the demo.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from babel.dates import get_day_names, get_month_names
from sqlmodel import select

from student_portal.demo.people import STAFF, STUDENTS
from student_portal.foundation import db
from student_portal.institutions.models import Organisation
from student_portal.signposting import queries as signposting
from student_portal.signposting.markdown import render
from student_portal.signposting.models import SignpostVersion
from student_portal.signposting.queries import PageKey
from tests.support.asking import ANSWERS
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.presses import everywhere
from tests.sweeps.staff_presses import HELP, PASTED, WRITTEN
from tests.sweeps.writing import A_PAGE, WHY

INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
AS_SENT = re.compile(r"Reminder: .*|http\S+|\S+@\S+", re.DOTALL)
"""A message as it was sent before this run, with the word no student has changed; an e-mail address."""
SEEDED = (
    "CORE-34",
    "CORE-10",
    "Room 2.14",
    "Campus Support",
    "Wellbeing team",
    "Talked about it first thing. Went through what helps at night.",
    "Talked about it.",
    "Read with Lou at the start of the session.",
    "The flat, and how to say no to extra shifts.",
    "How I keep the walks going after this ends.",
    "she, her",
    "A room without stairs.",
    "Texts, not after 6pm.",
    "Exams and a move at once; evenings alone are the hardest.",
    "Sam notes when an evening went well.",
    "Walks with a friend help more than she had thought.",
    "Look at what to keep after the last session.",
)


@pytest.fixture(scope="module")
def pages(pseudo_world: World) -> list[Page]:
    return list(everywhere(pseudo_world))


@pytest.fixture(scope="module")
def data(pages: list[Page]) -> re.Pattern[str]:
    """Names of people and places, what anybody wrote in this run or the seed, parts of dates."""
    assert pages, "what was written in this run is there after it"
    with db.read() as session:
        places = session.exec(select(Organisation.name)).all()
        helping = session.exec(select(SignpostVersion)).all()
    dates = [*get_day_names(locale="en_GB").values(), *get_month_names(locale="en_GB").values()]
    dates += get_month_names("abbreviated", locale="en_GB").values()
    answers = [value for answer in ANSWERS.values() for value in answer.values()]
    written = [*HELP.values(), *WRITTEN, *(answer for answer in answers if " " in answer or answer.istitle())]
    for one in helping:  # written by an admin, in one language
        written += [one.name, one.target, one.cost, one.what_happens, one.checked_how]
    written += [*A_PAGE.values(), *PASTED, WHY, *in_pages()]
    written += [secret for person in STAFF for secret in (person.password, person.code)]
    known = {person.name for person in (*STAFF, *STUDENTS)} | {*places, *SEEDED, *written, *dates}
    longest_first = sorted(filter(WORD.search, known), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(one)}" for one in longest_first))


def in_pages() -> Iterator[str]:
    """What a person wrote for students to read, or what came with the software, with its marks or not."""
    versions = [version.content for page in signposting.pages() for version in page.versions]
    yield from (words.checked_how for words in versions)
    for words in (*versions, *(signposting.starting(key) for key in PageKey)):
        lines = [words.title, *words.body.splitlines(), *re.split(r"<[^>]+>|\n", render(words.body))]
        yield from (re.sub(r"^\W+", "", unescape(line)).strip() for line in lines)


def test_every_word_of_ours_went_through_gettext(pages: list[Page], data: re.Pattern[str]) -> None:
    bare = {outside(run): page.path for page in pages for run in page.runs}
    forgotten = {run: path for run, path in bare.items() if WORD.search(data.sub("", AS_SENT.sub("", run)))}
    assert forgotten == {}


def outside(run: str) -> str:
    """What of a text stands outside all brackets."""
    while (shorter := INNERMOST.sub("", run)) != run:
        run = shorter
    return run.strip()


def test_the_pages_were_read_in_the_pseudo_locale(pages: list[Page]) -> None:
    assert sum("⟦" in run for page in pages for run in page.runs) > 10_000
