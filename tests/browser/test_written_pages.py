"""Words for a student whose request led elsewhere: an admin slips, mends it, a second person publishes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff, Student
from tests.support.browser import DESK, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.support.served import Served

WHO = "Priya Pretend"
MENDED = "You can call them today. If somebody you know ended their life, tell them that too."


@pytest.mark.hazard("H25")
def test_refused_mended_published_read(new_context: Callable[..., BrowserContext], served: Served) -> None:
    """Scripts off, on a desk and on a phone."""

    def opens(size: dict[str, int]) -> BrowserContext:
        return new_context(viewport=size, java_script_enabled=False, locale="en-GB", base_url=served.url)

    admin, manager = Staff(opens(DESK).new_page(), False), Staff(opens(DESK).new_page(), False)
    address = slips_and_mends(admin)

    phone = opens(PHONE)
    student = Student(phone.new_page(), False)
    served.sign_in(phone, WHO)
    student.page.goto("/home")
    student.follow("Read what may help now")
    assert "call them today" not in student.words

    manager.signs_in("max@demo.example")
    manager.page.goto(address)
    expect(manager.page.locator(".screen p", has_text="ended their life").first).to_be_visible()
    manager.press("Publish")
    expect(manager.page.get_by_text("Students see this.")).to_be_visible()

    student.page.reload()
    assert "If somebody you know ended their life" in student.words
    assert student.page.locator("main a[href='tel:999']").is_visible()
    student.follow(re.compile("^Ask for support again"))
    assert student.heading == "Ask for support"


def slips_and_mends(admin: Staff) -> str:
    """Write a page with a word that is refused, then without; gives the page's address."""
    admin.signs_in("ade@demo.example")
    admin.page.goto("/staff/signposting")
    admin.follow("Written pages")
    admin.follow("The team that knows you")
    words = admin.page.get_by_label("Words", exact=True)
    words.fill(MENDED.replace("ended their life", "committed suicide"))
    admin.page.get_by_label("How you checked it").fill("Read it aloud")
    admin.page.get_by_label("Check again by").fill("1/2/2027")
    admin.press("Send to a second person")
    expect(admin.page.get_by_role("alert")).to_contain_text("Change “committed” first")
    expect(words).to_have_value(MENDED.replace("ended their life", "committed suicide"))
    assert "Write “ended their life”" in admin.words

    words.fill(MENDED)
    admin.press("Send to a second person")
    expect(admin.page.get_by_text("so somebody else must publish it")).to_be_visible()
    return admin.page.url
