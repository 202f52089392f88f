"""A student's first session, end to end: nine steps at 390 wide, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import MOBILE, Staff, Student
from tests.support.browser import OpenPage

CORE_34 = [
    2,
    3,
    1,
    1,
    3,
    0,
    2,
    1,
    1,
    2,
    2,
    1,
    2,
    1,
    0,
    0,
    2,
    3,
    3,
    2,
    2,
    0,
    1,
    0,
    1,
    1,
    2,
    1,
    1,
    2,
    2,
    2,
    1,
    0,
]
"""Ticked positions: item 9 above "not at all", no other safety item."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
@pytest.mark.hazard("H01")
@pytest.mark.hazard("H09")
def test_a_first_session_from_the_start_page_to_the_withdrawn_permission(
    phone: OpenPage, scripts: bool
) -> None:
    student = Student(phone(scripts=scripts), scripts)
    finds_the_three_ways_in(student)
    reference = refers_themselves(student)
    therapist = Staff(phone(scripts=scripts), scripts)
    accepts_and_books(therapist, reference)
    link = gets_the_link(student)
    begins_the_form_and_closes_the_browser(Student(phone(scripts=scripts), scripts), link)
    comes_back_to_question_13_and_sends(Student(phone(scripts=scripts), scripts), link)
    finds_only_that_it_was_sent(Student(phone(scripts=scripts), scripts), link)
    reads_what_was_said(therapist)
    changes_a_number_with_two_people(
        Staff(phone(scripts=scripts), scripts), Staff(phone(scripts=scripts), scripts), student
    )
    withdraws_the_texts(Student(phone(scripts=scripts), scripts), student)


def finds_the_three_ways_in(student: Student) -> None:
    student.page.goto("/")
    for way in ("Get help now", "Ask for support", "Sign in"):
        assert student.page.locator("main").get_by_role("link", name=re.compile(way)).is_visible()
    student.follow(re.compile("^Get help now"))
    for address in ("tel:999", "tel:111", "sms:85258"):
        expect(student.page.locator(f'main a[href="{address}"]')).to_be_visible()


def refers_themselves(student: Student) -> str:
    student.page.goto("/")
    student.follow(re.compile("^Ask for support"))
    student.press("Start")
    student.writes("Juniper")
    student.gives_date_of_birth()
    student.answers("Liverpool John Moores University")
    student.writes(MOBILE)
    student.answers("Yes, any time")
    asking = student.page.url
    code = student.waits_for_text(r"code is (\d{3} \d{3})").group(1)
    student.page.goto(asking)
    student.writes(code)
    student.answers("Yes")
    for _ in range(5):
        student.answers("No")
    assert "You do not need one" in student.words
    student.answers("No")
    for _ in range(3):
        student.answers(re.compile("^Yes"))
    assert student.heading == "Check your answers"
    for said in ("Juniper", "14 May 2005", "Liverpool John Moores University", MOBILE):
        assert said in student.words
    student.press("Send")
    assert student.heading == "We have your request"
    assert re.search(r"You will hear from us by\s+\w+day \d+ \w+ \d{4}", student.words)
    found = re.search(r"reference:\s+(\w{3} \w{3})", student.words)
    assert found
    return found.group(1)


def accepts_and_books(therapist: Staff, reference: str) -> None:
    therapist.signs_in("robin@demo.example")
    therapist.follow("New referrals")
    therapist.follow("Juniper")
    assert reference in therapist.words
    assert "Ready to offer a first session" in therapist.words
    therapist.press("Accept and book")
    assert therapist.page.get_by_label(re.compile(r"^Session \d: date")).count() == 6
    therapist.press("Book these dates")
    assert therapist.heading == "Juniper"
    assert therapist.words.count("Booked") >= 6


def gets_the_link(student: Student) -> str:
    student.waits_for_text("your next appointment is")
    for _ in range(8):
        student.page.goto("/demo/phone")
        student.move_clock("To the next text")
        for text in student.texts():
            if found := re.search(r"something to fill in.*(https?://\S+/l/\w+)", text):
                return found.group(1)
    raise AssertionError(f"no link came: {student.texts()}")


def opens_the_link(student: Student, link: str) -> None:
    student.page.goto(link)
    assert "Student portal" in student.page.title()
    student.press("Continue")
    assert "last week" not in student.words, "nothing that tells is shown before date of birth"
    student.gives_date_of_birth()


def begins_the_form_and_closes_the_browser(student: Student, link: str) -> None:
    opens_the_link(student, link)
    assert "Answers are seen only after you press Send" in student.words
    student.press("Start")
    for number, position in enumerate(CORE_34[:12], start=1):
        assert f"Question {number} of 34" in student.words
        assert "© CORE System Trust" in student.words
        student.ticks(position)
        if number == 9:
            meets_the_pause(student)
    assert "Question 13 of 34" in student.words
    student.page.context.close()


def meets_the_pause(student: Student) -> None:
    assert student.heading == "Before you go on"
    assert "Nobody is reading it right now." in student.words
    for address in ("sms:85258", "tel:116123", "tel:111", "tel:999"):
        assert student.page.locator(f'main a[href="{address}"]').is_visible()
    student.press("Continue the form")


def comes_back_to_question_13_and_sends(student: Student, link: str) -> None:
    opens_the_link(student, link)
    assert "Question 13 of 34" in student.words
    for position in CORE_34[12:]:
        student.ticks(position)
    assert student.heading == "Check your answers"
    assert "34 of 34" in student.words
    student.page.locator("main details summary").first.click()
    assert student.page.get_by_text("Answered", exact=True).count() == 12, "earlier answers stay hidden"
    student.press("Send")
    assert student.heading == "Sent"


def finds_only_that_it_was_sent(student: Student, link: str) -> None:
    opens_the_link(student, link)
    assert student.heading == "Sent"
    assert "Only occasionally" not in student.page.content()


def reads_what_was_said(therapist: Staff) -> None:
    therapist.page.goto("/staff/caseload")
    therapist.page.get_by_role("link", name="Juniper").first.click()
    assert "I have thought of hurting myself" in therapist.words
    assert "Only occasionally" in therapist.words
    assert "15.3" in therapist.words
    assert therapist.page.locator("figure.chart svg circle").count() >= 1
    row = therapist.page.locator("figure.chart table tbody tr").first
    assert "CORE-34" in row.inner_text()
    therapist.press("I have read this")
    assert "Not read yet" not in therapist.words


def changes_a_number_with_two_people(admin: Staff, manager: Staff, student: Student) -> None:
    admin.signs_in("ade@demo.example")
    admin.follow("Help contacts")
    admin.follow("Papyrus HOPELINE247")
    admin.follow("Edit this contact")
    page = admin.page
    page.get_by_label("Number, or address of the page").fill("0800 068 4140")
    page.get_by_label("The same again").fill("0800 068 4140")
    page.get_by_label("How you checked it").fill("Called and got an answer")
    page.get_by_label("Check again by").fill(sixty_days_on(page.locator("aside.demo summary").inner_text()))
    admin.press("Save draft and preview")
    expect(page.locator('.screen a[href="tel:08000684140"]').first).to_be_visible()
    student.page.goto("/help")
    assert student.page.locator('a[href="tel:08000684141"]').count() == 1, "students still see the old one"
    admin.press("Send to a second person")
    manager.signs_in("max@demo.example")
    manager.follow("Help contacts")
    manager.follow("Papyrus HOPELINE247")
    manager.press("Publish")
    student.page.goto("/help")
    assert student.page.locator('a[href="tel:08000684140"]').count() == 1
    assert student.page.locator('a[href="tel:08000684141"]').count() == 0


def withdraws_the_texts(student: Student, owner_of_the_phone: Student) -> None:
    student.page.goto("/")
    student.page.locator("main").get_by_role("link", name=re.compile("^Sign in")).click()
    student.page.get_by_role("textbox").first.fill(MOBILE)
    student.press("Send me a code")
    code = owner_of_the_phone.waits_for_text(r"code is (\d{3} \d{3})").group(1)
    student.writes(code)
    student.gives_date_of_birth()
    assert student.heading == "Hello, Juniper"
    student.follow(re.compile("^My dates"))
    assert student.words.count("Session ") >= 6
    student.page.goto("/home")
    student.follow(re.compile("^My permissions"))
    student.press(re.compile("^Withdraw.*texts", re.IGNORECASE))
    assert "Saved: withdrawn." in student.words
    before = len(owner_of_the_phone.texts())
    for _ in range(4):
        owner_of_the_phone.move_clock("1 day")
    assert len(owner_of_the_phone.texts()) == before, "no text came although the session drew near"


def sixty_days_on(demo_words: str) -> str:
    """A review day within 90 days of the demo's today, which the bar names without its year."""
    from datetime import datetime, timedelta

    from student_portal.foundation import clock

    said = re.search(r"(\d+ \w+),", demo_words)
    assert said
    today = datetime.strptime(f"{said.group(1)} {clock.real().year}", "%d %B %Y")  # noqa: DTZ007
    return f"{today + timedelta(days=60):%Y-%m-%d}"
