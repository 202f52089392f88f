"""What follows Send, for a student and their therapist, at 390 wide, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff, Student
from tests.support.browser import OpenPage

TEO, BORN = "07700 900109", ("14", "6", "2003")  # session 1 tomorrow, 11 of 34 answered and one skipped
NOT_AT_ALL, SOMETIMES, OFTEN = 0, 2, 3
WORDS = "How I get through the evenings."


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
@pytest.mark.hazard("H12")
@pytest.mark.hazard("H22")
def test_sent_changed_read_and_talked_about(phone: OpenPage, scripts: bool) -> None:
    student, therapist = Student(phone(scripts=scripts), scripts), Staff(phone(scripts=scripts), scripts)
    signs_in(student)
    sends_the_form(student)
    opens_their_line_and_hides_the_numbers(student)
    changes_an_answer(student)
    says_what_to_talk_about(student)
    finds_both_answers_and_the_words(therapist)
    sees_who_read_it(student)


def signs_in(student: Student) -> None:
    student.page.goto("/code")
    student.page.get_by_role("textbox").first.fill(TEO)
    student.press("Send me a code")
    entering = student.page.url
    code = student.waits_for_text(r"code is (\d{3} \d{3})").group(1)
    student.page.goto(entering)
    student.writes(code)
    student.gives_date_of_birth(BORN)
    assert student.heading == "Hello, Teo Testcase"
    assert "11 of 34 done" in student.words


def sends_the_form(student: Student) -> None:
    student.follow("Form")
    for number in range(13, 35):
        student.ticks(SOMETIMES if number == 16 else NOT_AT_ALL)
    student.press("Send")
    assert student.heading == "Sent"
    assert "Your form has not been read yet." in student.words
    assert "You can until your session starts" in student.words


def opens_their_line_and_hides_the_numbers(student: Student) -> None:
    student.page.goto("/home")
    line = student.page.locator("details", has_text="My line")
    assert not line.locator("svg").is_visible(), "closed, whoever looks over the shoulder"
    line.locator("summary").click()
    assert line.locator("svg circle").count() == 1
    student.follow("All numbers as a table")
    student.page.locator("main details summary").click()
    assert re.search(r"1\s+\d+ \w+\s+\d+\.\d", student.words)
    student.press("Hide numbers")
    assert "You chose to see no numbers." in student.words
    student.page.goto("/home")
    assert student.page.locator("main svg").count() == 0
    student.page.goto("/home/line")
    student.press("Show numbers again")


def changes_an_answer(student: Student) -> None:
    student.page.goto("/home")
    student.press("Change an answer")
    assert student.heading == "Change what you sent"
    student.page.locator("main details summary").last.click()
    student.follow(re.compile("^Change question 16$"))
    student.ticks(OFTEN)
    assert student.heading == "Change what you sent"
    student.page.locator("main details summary").first.click()
    assert re.search(r"Sent:\s+Sometimes\s+Now:\s+Often", student.words)
    student.press("Send the change")
    assert student.heading == "Sent"
    assert "They are kept with the change you made" in student.words


def says_what_to_talk_about(student: Student) -> None:
    student.follow(re.compile("^What I want to talk about"))
    expect(student.page).to_have_title("Your note - Student portal")
    assert student.page.locator('main a[href="tel:999"]').is_visible()
    student.page.get_by_role("textbox").fill(WORDS)
    student.press("Save")
    assert re.search(r"What I want to talk about\s+Saved", student.words)


def finds_both_answers_and_the_words(therapist: Staff) -> None:
    therapist.signs_in("robin@demo.example")
    therapist.follow("Teo Testcase")
    assert "Sometimes, then changed to: Often" in therapist.words
    assert WORDS in therapist.words
    therapist.press("I have read this")
    assert "nothing was marked as read" not in therapist.words


def sees_who_read_it(student: Student) -> None:
    student.page.goto("/home")
    assert re.search(r"Read by Robin, \w+day \d+ \w+ at [\d:]+[ap]m, with your change\.", student.words)
