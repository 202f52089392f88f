"""Each kind of page in a real browser: axe finds nothing, and nothing hides sideways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff, Student
from tests.support import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.browser import OpenPage

PUBLIC = (
    "/",
    "/help",
    "/join",
    "/code",
    "/who",
    "/privacy",
    "/accessibility",
    "/demo",
    "/demo/phone",
    "/nothing",
)
HOME = ("/home", "/dates", "/dates/leave", "/choices", "/choices/changes", "/home/texts")
STAFF = ("/staff/caseload", "/staff/caseload/students", "/staff/referral", "/staff/signposting")


def must_be_sound(page: Page) -> None:
    """What a machine can see of whether everybody can use the page as it stands."""
    page.wait_for_load_state()
    axe.must_be_accessible(page)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


@pytest.mark.only_looks
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_pages_for_everybody(phone: OpenPage, width: int, scheme: str) -> None:
    page = phone(width=width, scheme=scheme)
    for path in PUBLIC:
        page.goto(path)
        must_be_sound(page)
    page.goto("/join")
    student = Student(page)
    student.press("Start")
    student.press("Continue")
    expect(page).to_have_title(re.compile("^Error:"))
    must_be_sound(page)


@pytest.mark.only_looks
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_pages_of_a_student(phone: OpenPage, width: int, scheme: str) -> None:
    student = Student(phone(width=width, scheme=scheme))
    page = student.page
    page.goto("/code")
    page.get_by_role("textbox").first.fill("07700 900109")
    student.press("Send me a code")
    asking = page.url
    must_be_sound(page)
    code = student.waits_for_text(r"code is (\d{3} \d{3})").group(1)
    page.goto(asking)
    student.writes(code)
    must_be_sound(page)
    student.gives_date_of_birth(("14", "6", "2003"))
    for path in HOME:
        page.goto(path)
        must_be_sound(page)
    page.goto("/home")
    page.get_by_role("link", name="Form").first.click()
    must_be_sound(page)
    form = re.sub(r"/\d+$", "", page.url)
    for part in ("", "/check", "/stop", "/pause"):
        page.goto(form + part)
        must_be_sound(page)


@pytest.mark.only_looks
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_the_staff(desk: OpenPage, width: int, scheme: str) -> None:
    person = "robin@demo.example" if width == 1280 else "jo@demo.example"
    staff = Staff(desk(width=width, scheme=scheme))
    page = staff.page
    page.goto("/staff/accounts/sign-in")
    must_be_sound(page)
    staff.signs_in(person)
    for path in STAFF:
        page.goto(path)
        must_be_sound(page)
    for start, link in (("/staff/caseload/students", ".rows a, table a"), ("/staff/referral", ".rows a")):
        page.goto(start)
        page.locator(f"main {link}").first.click()
        must_be_sound(page)


@pytest.mark.only_looks
def test_pages_of_the_editors(desk: OpenPage) -> None:
    staff = Staff(desk())
    staff.signs_in("ade@demo.example")
    for link in ("Help contacts", "Shout", "Edit this contact"):
        staff.follow(link)
        must_be_sound(staff.page)
    staff.press("Save draft and preview")
    expect(staff.page).to_have_title(re.compile("^Error:"))
    must_be_sound(staff.page)
