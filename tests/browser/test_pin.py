"""A PIN on a real phone: set once, and from then on the link in a text asks for it and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from student_portal.demo.people import STUDENTS
from tests.browser.people import Student
from tests.support.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.support.served import Served

WHO = "Jordan Imaginary"
BORN = next(student.born for student in STUDENTS if student.name == WHO)


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_after_setting_it_a_birthday_is_not_even_asked_for(
    new_context: Callable[..., BrowserContext], served: Served, scripts: bool
) -> None:
    context = new_context(viewport=PHONE, java_script_enabled=scripts, locale="en-GB", base_url=served.url)
    student = Student(context.new_page(), scripts)
    served.sign_in(context, WHO)
    student.page.goto("/choices")
    student.page.locator("a[href='/code/pin']").click()
    for label, part in zip(("Day", "Month", "Year"), (BORN.day, BORN.month, BORN.year), strict=True):
        student.page.get_by_label(label, exact=True).fill(str(part))
    student.page.get_by_label("New PIN", exact=True).fill("730582")
    student.page.get_by_label("The new PIN once more").fill("730582")
    student.press("Save the PIN")
    expect(student.page.get_by_text("Saved: your PIN is set.")).to_be_visible()

    context.clear_cookies()
    student.page.goto(served.link(WHO))
    student.press("Continue")
    expect(student.page.get_by_role("heading", level=1)).to_have_text("What is your PIN?")
    assert student.page.get_by_label("Day").count() == 0
    student.page.get_by_label("What is your PIN?").fill("730582")
    student.press("Continue")
    expect(student.page.get_by_role("heading", level=1)).to_have_text("A few questions before you meet")
