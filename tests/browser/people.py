"""A student, a therapist, an admin and a manager, as they move through the pages: what they see and press."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from student_portal.access.queries import Role

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.served import Served

BORN = ("14", "5", "2005")
MOBILE = "07700 900555"


@dataclass
class Person:
    """Somebody with a page in front of them, in a browser with or without scripts."""

    page: Page
    scripts: bool = True

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def words(self) -> str:
        """Everything there is to read in the main part of the page."""
        self.sees_the_page()
        return self.page.locator("main").inner_text()

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()
        self.sees_the_page()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
        self.sees_the_page()

    def sees_the_page(self) -> None:
        """A click waits for the first byte of the next page; nobody looks before its words are all there."""
        self.page.wait_for_load_state("domcontentloaded")

    def choose(self, label: str | re.Pattern[str]) -> None:
        """Tick an answer as somebody with a keyboard would, so that nothing moves on by itself."""
        self.page.get_by_label(label, exact=isinstance(label, str)).first.check()

    def move_clock(self, words: str) -> None:
        """Press one of the demo bar's buttons."""
        self.page.locator("aside.demo summary").click()
        self.page.locator("aside.demo").get_by_role("button", name=words, exact=True).click()
        self.sees_the_page()


class Student(Person):
    """On a phone."""

    def answers(self, label: str | re.Pattern[str]) -> None:
        self.choose(label)
        self.press("Continue")

    def writes(self, words: str) -> None:
        self.page.get_by_role("textbox").first.fill(words)
        self.press("Continue")

    def gives_date_of_birth(self, born: tuple[str, str, str] = BORN) -> None:
        for label, part in zip(("Day", "Month", "Year"), born, strict=True):
            self.page.get_by_label(label, exact=True).fill(part)
        self.press("Continue")

    def texts(self) -> list[str]:
        """What lies on the demo's phone, newest first; looks again until something new could have come."""
        self.page.goto("/demo/phone")
        return self.page.locator("section.phone li p:nth-child(2)").all_inner_texts()

    def waits_for_text(self, pattern: str) -> re.Match[str]:
        """The newest text with these words: the worker takes about a second."""
        for _ in range(40):
            for text in self.texts()[:1]:
                if found := re.search(pattern, text):
                    return found
            self.page.wait_for_timeout(250)
        raise AssertionError(f"no text says {pattern}: {self.texts()}")

    def ticks(self, position: int) -> None:
        """Tap the answer at a position (0 to 4) of the question on the screen, once the page is all there;
        without scripts, continue.
        """
        self.page.wait_for_load_state()
        expect(self.page.locator(".opt input").nth(position)).to_be_attached()  # or says what stands there
        asked = self.page.get_by_role("heading", level=1)
        before = asked.inner_text()
        self.page.locator(".opt input").nth(position).click()  # `check` looks again, by then on the next page
        if not self.scripts:
            self.press("Continue")
        expect(asked).not_to_have_text(before)
        self.sees_the_page()


class Staff(Person):
    """At a desk, or on a phone."""

    def signs_in(self, email: str) -> None:
        self.page.goto("/demo")
        card = self.page.locator("section.card", has_text=email)
        password, digits = (card.locator("dd").nth(n).inner_text() for n in (1, 2))
        self.page.goto("/staff")
        self.page.get_by_label("Work e-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_label(re.compile("^Six digits")).fill(digits)
        self.press("Sign in")


def sit_down(served: Served, page: Page) -> Staff:
    """Robin Okafor, signed in in this browser."""
    browser = served.world.browser(Role.THERAPIST)
    cookie = next(iter(browser._cookies.values()))  # the test's own browser has just made it
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{served.url}/staff"}])
    return Staff(page)
