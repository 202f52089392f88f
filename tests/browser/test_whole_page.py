"""All questions on one page, on a real phone: nothing moves on by itself, and a dead line loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from student_portal.demo.people import STUDENTS
from tests.browser.people import Student
from tests.support import axe
from tests.support.browser import PATIENCE, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.support.served import Served

WHO = "Jordan Imaginary"
BORN = next(student.born for student in STUDENTS if student.name == WHO)
UNSAVED = "What you chose last is not saved yet. Press a button below to save it."


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], served: Served) -> Callable[..., Student]:
    """`phone(scripts)`: the student before all questions of their form, on one page."""

    def open_form(scripts: bool = True, width: int = PHONE["width"]) -> Student:
        size = {**PHONE, "width": width}
        context = new_context(viewport=size, has_touch=True, java_script_enabled=scripts, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        student = Student(context.new_page(), scripts)
        student.page.goto(served.link(WHO))
        student.press("Continue")
        student.gives_date_of_birth((str(BORN.day), str(BORN.month), str(BORN.year)))
        student.press("All questions on one page")
        student.press("Start")
        return student

    return open_form


def choose(student: Student, **boxes: int) -> None:
    for question, position in boxes.items():
        student.page.locator(f"#{question}-{position}").check()


def arrived(student: Student, heading: str) -> None:
    expect(student.page.get_by_role("heading", level=1)).to_have_text(heading)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_from_the_first_question_to_sent(phone: Callable[..., Student], scripts: bool) -> None:
    student = phone(scripts, width=320)
    arrived(student, "34 questions")
    choose(student, q1=2, q2=1)
    student.page.locator("#q9-1").tap()
    assert student.page.url.split("#")[0].endswith("/all"), "a tap moves nothing on"
    student.press("Check")
    arrived(student, "Before you go on")
    student.follow("Back to the question")
    assert student.page.url.endswith("/all#q9")
    assert student.page.locator("input:checked").count() == 3
    student.press("Save and come back")
    arrived(student, "You can stop. Nothing is lost.")
    assert "3 of 34 questions are answered, and saved." in student.words
    student.follow("Carry on")
    choose(student, q3=0)
    student.press("Check")
    arrived(student, "Check your answers")
    student.page.locator("a[href$='#q4']").first.click()
    choose(student, q4=4)
    student.press("Check")
    arrived(student, "Check your answers")
    assert "5 of 34 questions are answered." in student.words
    student.press("Send")
    arrived(student, "Sent")


def test_on_a_dead_line_it_is_not_called_saved_until_it_is(phone: Callable[..., Student]) -> None:
    student = phone()
    page = student.page
    choose(student, q1=2)
    expect(page.get_by_text(UNSAVED)).to_be_visible()
    page.context.set_offline(True)
    student.press("Save and come back")
    expect(page.get_by_text("Not saved yet. We keep trying.")).to_be_visible()
    assert page.locator("#q1-2").is_checked()
    page.context.set_offline(False)
    arrived(student, "You can stop. Nothing is lost.")
    assert "1 of 34 questions are answered, and saved." in student.words


def test_a_screen_reader_and_a_keyboard_find_their_way(phone: Callable[..., Student]) -> None:
    student = phone()
    student.page.wait_for_load_state()  # or there may be no second question yet to go on to
    student.page.locator("#q1-0").focus()
    student.page.keyboard.press("ArrowDown")
    student.page.keyboard.press("ArrowDown")
    assert student.page.locator("#q1-2").is_checked()
    student.page.keyboard.press("Tab")
    expect(student.page.locator("[name=q2]:focus")).to_have_count(1)
    assert axe.violations(student.page) == []
    assert student.page.get_by_role("radiogroup").count() + student.page.locator("fieldset").count() == 34
