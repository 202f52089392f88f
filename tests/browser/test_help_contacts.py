"""An admin and a second person change what students find under Help now; none of it needs a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff
from tests.support.browser import DESK, PATIENCE, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.support.served import Served

PAPYRUS, NEW = "0800 068 4141", "0800 068 4142"


class Editor(Staff):
    """Somebody who looks after the contacts."""

    def opens(self, name: str) -> None:
        self.page.goto("/staff/signposting")
        self.follow(name)

    def checks(self, number: str) -> None:
        """Types the number again, and that it was checked."""
        self.page.get_by_label("The same again, read from their own page").fill(number)
        self.page.get_by_label("How you checked it").fill("Rang it and got an answer")
        self.page.get_by_label("Check again by").fill("29/1/2027")

    def sends(self) -> None:
        self.press("Send to a second person")


@pytest.fixture
def desk_of(new_context: Callable[..., BrowserContext], served: Served) -> Callable[[str], Editor]:
    """`desk_of("ade")`: that member of staff, signed in, with scripts off."""

    def open_desk(name: str) -> Editor:
        context = new_context(viewport=DESK, java_script_enabled=False, locale="en-GB", base_url=served.url)
        context.set_default_timeout(PATIENCE)
        editor = Editor(context.new_page(), scripts=False)
        editor.signs_in(f"{name}@demo.example")
        return editor

    return open_desk


@pytest.mark.hazard("H03")
def test_two_people_change_a_number_and_bring_the_old_one_back(
    new_context: Callable[..., BrowserContext], served: Served, desk_of: Callable[[str], Editor]
) -> None:
    phone = new_context(viewport=PHONE, locale="en-GB", base_url=served.url).new_page()
    admin, manager = desk_of("ade"), desk_of("max")
    keeps_the_last_text_route(admin)
    changes_the_number(admin)
    assert reads(phone) == PAPYRUS, "nobody but the admin has seen it"
    assert "somebody else must publish it" in admin.words
    assert admin.page.get_by_role("button", name="Publish").count() == 0

    manager.opens("Papyrus HOPELINE247")
    assert f"Was “{PAPYRUS}” and is now “{NEW}”" in manager.words
    previews = manager.page.locator(".screen")
    assert [previews.nth(n).locator(".btn").inner_text() for n in (0, 1)] == [f"Call {NEW}"] * 2
    day, night = (previews.nth(n).evaluate("e => getComputedStyle(e).backgroundColor") for n in (0, 1))
    assert day != night
    manager.press("Publish")
    assert reads(phone) == NEW

    brings_the_first_version_back(admin)
    assert reads(phone) == NEW
    manager.opens("Papyrus HOPELINE247")
    manager.press("Publish")
    assert reads(phone) == PAPYRUS
    manager.follow("All versions, and how they differ")
    assert "Written by Ade Quill" in manager.words
    assert "Published by Max Ferry" in manager.words


def keeps_the_last_text_route(admin: Editor) -> None:
    """Hours are typed wrongly, then rightly; and then this contact may not have any."""
    admin.opens("Shout")
    admin.follow("Edit this contact")
    admin.choose("Set hours")
    admin.page.get_by_text("Times for each day").click()
    wrong = admin.page.locator("#d0")
    admin.page.locator("#d0-from1").fill("nine")
    admin.checks("85258")
    admin.sends()
    expect(wrong).to_contain_text("Write a time like 09:00 or 17:30")
    expect(admin.page.locator("#d0-from1")).to_have_value("nine")
    admin.page.locator("#d0-from1").fill("09:00")
    admin.checks("85258")
    admin.sends()
    expect(wrong).to_contain_text("Write both times, or neither")
    expect(admin.page.locator("#d0-from1")).to_have_value("09:00")
    admin.page.locator("#d0-to1").fill("17:00")
    admin.choose(re.compile("^Tuesday to Friday are like Monday"))
    admin.sends()
    expect(admin.page.get_by_role("alert")).to_contain_text("open day and night")
    assert "now “Monday to Friday 9am to 5pm. Not on bank holidays.”" in admin.words
    admin.press("Put this draft aside")


def changes_the_number(admin: Editor) -> None:
    admin.opens("Papyrus HOPELINE247")
    admin.follow("Edit this contact")
    admin.page.get_by_label("Number, or address of the page").fill(NEW)
    admin.checks(NEW)
    admin.sends()


def brings_the_first_version_back(admin: Editor) -> None:
    admin.opens("Papyrus HOPELINE247")
    admin.follow("All versions, and how they differ")
    admin.page.get_by_text("Version 1", exact=True).first.click()
    admin.press("Bring back version 1")
    expect(admin.page.get_by_label("Number, or address of the page")).to_have_value(PAPYRUS)
    admin.checks(PAPYRUS)
    admin.sends()


def reads(phone: Page) -> str:
    """The number a student finds."""
    phone.goto("/help")
    button = phone.locator("article", has_text="Papyrus").locator(".btn")
    number = button.inner_text().removeprefix("Call ")
    assert button.get_attribute("href") == "tel:" + number.replace(" ", "")
    return number
