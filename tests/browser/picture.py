"""Draws the README's picture: `bin/test picture` writes docs/img/journey.png.

Four screens of a phone beside each other, taken from the running demo.
"""

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.people import Student
from tests.support.browser import CHROMIUM, FLAGS, PHONE
from tests.support.server import serving
from tests.support.tree import ROOT

SHOWN = ROOT / "docs" / "img" / "journey.png"
STYLE = """body { margin: 0; padding: 20px; display: flex; gap: 20px; background: #efe6e6 }
img { width: 265px; border-radius: 14px }"""
BORN_TEO = ("14", "6", "2003")


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "data") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = browser.new_context(
            base_url=server.url, viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB"
        )
        screens = list(_screens(context.new_page()))
        _beside_each_other(browser.new_page(viewport={"width": 1160, "height": 640}), screens)
        browser.close()


def _screens(page: Page) -> Iterator[str]:
    """The start page, a question of the form, the student's home, and help now."""
    student = Student(page)
    page.goto("/")
    yield _shot(page)
    page.goto("/code")
    page.get_by_role("textbox").first.fill("07700 900109")
    student.press("Send me a code")
    asking = page.url
    code = student.waits_for_text(r"code is (\d{3} \d{3})").group(1)
    page.goto(asking)
    student.writes(code)
    student.gives_date_of_birth(BORN_TEO)
    yield _shot(page)
    page.get_by_role("link", name="Form").first.click()
    yield _shot(page)
    page.goto("/help")
    yield _shot(page)


def _shot(page: Page) -> str:
    page.locator("aside.demo").evaluate("bar => bar.remove()")
    return base64.b64encode(page.screenshot()).decode()


def _beside_each_other(page: Page, screens: list[str]) -> None:
    frames = "".join(f'<img src="data:image/png;base64,{screen}">' for screen in screens)
    page.set_content(f"<style>{STYLE}</style>{frames}")
    SHOWN.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOWN)


if __name__ == "__main__":
    main()
