"""A questionnaire nobody has heard of is a folder: it goes from a link in a text to the therapist."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.people import Staff, Student
from tests.support.clock import MONDAY_AT_TEN
from tests.support.server import Server, serving, set_clock
from tests.support.tree import ROOT
from tests.unit.questionnaires import made_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.browser import OpenPage

JORDAN = ("28", "2", "2005")
NEVER, ONCE, ALL_DAY = range(3)


@pytest.fixture
def server(seeded_data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """The product with one folder more, and a programme whose first form is the one in it."""
    tree, data = tmp_path / "tree", tmp_path / "data"
    shutil.copytree(ROOT / "questionnaires", tree / "questionnaires")
    made_up.write(tree / "questionnaires" / "definitions")
    (tree / "student_portal").symlink_to(ROOT / "student_portal")
    shutil.copytree(seeded_data_dir, data)
    set_clock(data, MONDAY_AT_TEN + timedelta(minutes=1))
    with closing(sqlite3.connect(data / "portal.sqlite")) as database, database:
        database.execute("UPDATE programme_step SET definition_id = 'tea' WHERE number = 1")
        database.execute(
            "UPDATE therapy_session SET definition_id = 'tea' WHERE number = 1"
            " AND id NOT IN (SELECT session_id FROM questionnaire_response)"
        )
    with serving(data, tree=tree) as standing:
        yield standing


@pytest.mark.parametrize("layout", ["one question a screen", "all on one page"])
def test_it_is_filled_in_sent_and_read(phone: OpenPage, desk: OpenPage, layout: str) -> None:
    student = Student(phone())
    student.page.goto("/demo/phone")
    student.page.get_by_role("link", name="07700 900108").click()
    link = student.page.locator("section.phone li p:nth-child(2)").first.inner_text().split()[-1]
    student.page.goto(urlsplit(link).path)  # the text was written while the demo had another port
    student.press("Continue")
    student.gives_date_of_birth(JORDAN)
    assert "3 short questions" in student.words
    if layout == "all on one page":
        student.press("All questions on one page")
        student.press("Start")
        fills_in_the_page(student)
    else:
        student.press("Start")
        fills_in_one_by_one(student)
    assert "3 of 3 questions are answered." in student.words
    assert "Nobody's" in student.words
    student.press("Send")
    assert student.heading == "Sent"

    therapist = Staff(desk())
    therapist.signs_in("robin@demo.example")
    therapist.follow("My students")
    therapist.page.locator("li, tr", has_text="Jordan Imaginary").get_by_role("link").first.click()
    for words in ("TEA-3", "I spilt my tea", "All day", "No score"):
        assert words in therapist.words


def fills_in_one_by_one(student: Student) -> None:
    student.ticks(ONCE)
    student.ticks(NEVER)
    assert "Today" in student.words
    assert "Nobody's" in student.words
    student.ticks(ALL_DAY)
    student.press("Continue the form")


def fills_in_the_page(student: Student) -> None:
    for item, position in ((1, ONCE), (2, NEVER), (3, ALL_DAY)):
        student.page.locator(f"#q{item}-{position}").check()
    student.press("Check")
    student.press("Continue the form")
