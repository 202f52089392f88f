"""In the room: a therapist enters one form from paper, and lends their device for another."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.sync_api import expect

from student_portal.demo import people
from student_portal.foundation import clock
from tests.browser.people import Staff, Student
from tests.support.browser import OpenPage

TEO, JORDAN = "Teo Testcase", "Jordan Imaginary"
NOT_AT_ALL, OFTEN = 0, 3
HURT_ITEM = 9
RECORD = re.compile(r"/staff/caseload/\w{26}$")


@pytest.mark.hazard("H13")
@pytest.mark.hazard("H21")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_paper_form_with_a_slip_and_a_form_on_the_therapists_own_device(
    phone: OpenPage, scripts: bool
) -> None:
    therapist = Staff(phone(scripts=scripts), scripts)
    therapist.signs_in("robin@demo.example")
    enters_a_paper_form_and_mends_a_slip(therapist)
    left_open = Staff(therapist.page.context.new_page(), scripts)
    opens(left_open, JORDAN)
    form = lends_the_device(therapist)
    if scripts:  # without them the page before lending says to close other tabs
        expect(left_open.page.get_by_role("heading", level=1)).to_have_text("This device is lent")
    student = Student(therapist.page, scripts)
    fills_in_and_finds_no_way_out_of_it(student, form)
    student.press("Send")
    gives_it_back(student, form)
    takes_it_back(therapist)


def opens(therapist: Staff, name: str) -> None:
    if not therapist.page.url.startswith("http"):
        therapist.page.goto("/staff/caseload")
    therapist.follow("My students")
    therapist.page.get_by_role("link", name=name).click()


def enters_a_paper_form_and_mends_a_slip(therapist: Staff) -> None:
    opens(therapist, TEO)
    therapist.follow(re.compile("^Enter a paper form"))
    page = therapist.page
    assert re.search(r"\d+ of 34 answered on their phone, not sent", therapist.words)
    assert page.locator("fieldset[translate=no] input:checked").count() == 0
    page.get_by_label("Day it was filled in").fill("2026-11-30")
    groups = page.locator("fieldset[translate=no]")
    for item in range(34):
        groups.nth(item).locator("input").nth(OFTEN if item == HURT_ITEM - 1 else NOT_AT_ALL).check()
    groups.nth(4).locator("input").last.check()
    therapist.press("Check what you entered")
    said = page.locator("ul.said li").nth(HURT_ITEM - 1)
    expect(said).to_contain_text("I have thought of hurting myself")
    expect(said).to_contain_text("Often")
    therapist.press("Change something")
    groups.nth(HURT_ITEM - 1).get_by_label("Sometimes", exact=True).check()
    therapist.press("Check what you entered")
    expect(said).to_contain_text("Sometimes")
    therapist.press("Store it")
    expect(page).to_have_url(RECORD)
    assert "Form on paper" in therapist.words
    assert "Read by Robin Okafor" in therapist.words
    assert "Not answered. Shown to" not in therapist.words, "the one left blank is no safety item"


def lends_the_device(therapist: Staff) -> str:
    opens(therapist, JORDAN)
    therapist.follow(re.compile("^Fill in here"))
    therapist.press("Lend this device")
    expect(therapist.page.get_by_role("heading", level=1)).to_have_text("A few questions before you meet")
    return therapist.page.url


def fills_in_and_finds_no_way_out_of_it(student: Student, form: str) -> None:
    student.press("Start")
    student.ticks(NOT_AT_ALL)
    for elsewhere in ("/staff", "/staff/caseload/students", "/staff/caseload"):
        student.page.goto(elsewhere)
        assert student.heading == "This device is lent"
        for name in (TEO, JORDAN, "Robin"):
            assert name not in student.page.locator("body").inner_text()
    student.page.goto("/")
    assert student.page.url.startswith(form), "every way leads back to the form"
    for _ in range(33):
        student.ticks(NOT_AT_ALL)
    expect(student.page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def gives_it_back(student: Student, form: str) -> None:
    student.page.wait_for_url("**/form/back")
    assert student.heading == "Please give this device back"
    assert "We have your answers. Thank you." in student.words
    for _ in range(3):
        student.page.go_back()
        assert student.heading in ("Please give this device back", "This device is lent")
    student.page.goto(f"{form}/1")
    assert student.heading == "Please give this device back"


def takes_it_back(therapist: Staff) -> None:
    therapist.follow("I am the therapist")
    robin = next(one for one in people.STAFF if one.email == "robin@demo.example")
    page = therapist.page
    page.get_by_label(re.compile("^Six digits")).fill("000000")
    therapist.press("Take the device back")
    assert "These digits are wrong or were used before" in therapist.words
    page.get_by_label(re.compile("^Six digits")).fill(next_digits(robin.totp))
    therapist.press("Take the device back")
    expect(page).to_have_url(RECORD)
    assert "Form filled in here" in therapist.words


def next_digits(secret: str) -> str:
    """The authenticator's digits of the coming half minute, which are let in: these were used to sign in."""
    totp = pyotp.TOTP(secret)
    return totp.generate_otp(int(clock.real().timestamp()) // totp.interval + 1)
