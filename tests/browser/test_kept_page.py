"""The help page on a phone without a line: kept only at a tap, and taken off by its button and by Exit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browser import PHONE, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

    from tests.support.served import Served

LEFT_BEHIND = """async () => [
  ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(one => one.name),
]"""
KEEP, TAKE_OFF = "Keep this page on this phone", "Take it off this phone"
STILL_WORK = "These numbers still work."


@pytest.fixture
def open_help(new_context: Callable[..., BrowserContext], served: Served) -> Iterator[Callable[..., Page]]:
    """`open_help()`: the help page on a phone of its own."""
    watch = Watch()

    def opened(**device: object) -> Page:
        context = new_context(base_url=served.url, viewport=PHONE, has_touch=True, is_mobile=True, **device)
        watch.over(context)
        page = context.new_page()
        page.goto("/help")
        return page

    yield opened
    watch.must_have_seen_nothing()


@pytest.fixture
def kept(open_help: Callable[..., Page]) -> Page:
    """The help page, just kept."""
    page = open_help()
    page.get_by_role("button", name=KEEP).tap()
    expect(page.get_by_role("status")).to_have_text("Kept on this phone.")
    return page


def left_behind(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LEFT_BEHIND)
    return found


def loses_its_line(page: Page) -> None:
    page.context.set_offline(True)
    page.goto("/help")
    expect(page.get_by_text(STILL_WORK)).to_be_visible()


@pytest.mark.hazard("H15")
def test_before_the_tap_nothing_is_kept_and_after_it_the_page_opens_without_a_line(
    open_help: Callable[..., Page],
) -> None:
    page = open_help()
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    expect(page.get_by_text("It leaves something behind: anyone who looks")).to_be_visible()
    assert left_behind(page) == []
    page.get_by_role("button", name=KEEP).tap()
    expect(page.get_by_role("status")).to_have_text("Kept on this phone.")
    loses_its_line(page)
    expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    expect(page).to_have_title("Help - Student portal")
    care = page.locator(".care").evaluate("one => getComputedStyle(one).borderTopWidth")
    assert care == "2px", "the style sheet is there too"
    page.context.set_offline(False)
    page.goto("/help")
    expect(page.get_by_text(STILL_WORK)).to_have_count(0)


@pytest.mark.hazard("H13")
def test_it_is_taken_off_by_its_button(kept: Page) -> None:
    kept.get_by_role("button", name=TAKE_OFF).tap()
    expect(kept.get_by_role("status")).to_have_text("It is off this phone.")
    expect(kept.get_by_role("button", name=KEEP)).to_be_visible()
    assert left_behind(kept) == []


@pytest.mark.hazard("H13")
def test_exit_takes_it_off_on_any_page(kept: Page) -> None:
    kept.goto("/who")
    kept.get_by_role("link", name="Exit").tap()
    expect(kept.get_by_role("heading", name="You have left")).to_be_visible()
    kept.goto("/who")
    assert left_behind(kept) == []


@pytest.mark.hazard("H13")
def test_exit_takes_it_off_without_a_line(kept: Page) -> None:
    kept.goto("/who")
    kept.context.set_offline(True)
    with kept.expect_event("requestfailed", lambda asked: asked.url.endswith("/exit")):
        kept.get_by_role("link", name="Exit").tap()
    kept.context.set_offline(False)
    kept.goto("/who")
    assert left_behind(kept) == []


@pytest.mark.hazard("H13")
def test_exit_on_the_kept_page_itself_takes_it_off(kept: Page) -> None:
    loses_its_line(kept)
    kept.get_by_role("link", name="Exit").tap()
    expect(kept.locator("body")).to_be_empty()
    kept.context.set_offline(False)
    kept.goto("/who")
    kept.wait_for_function(f"() => ({LEFT_BEHIND})().then((found) => !found.length)")


@pytest.mark.hazard("H13")
def test_without_scripts_exit_takes_it_off_and_nothing_is_offered(
    kept: Page, open_help: Callable[..., Page]
) -> None:
    kept.goto("/exit")
    kept.goto("/who")
    assert left_behind(kept) == []
    plain = open_help(java_script_enabled=False)
    expect(plain.get_by_text("take a picture of the screen")).to_be_visible()
    expect(plain.get_by_role("button", name=KEEP)).to_have_count(0)


def test_a_phone_that_cannot_keep_pages_is_offered_nothing(open_help: Callable[..., Page]) -> None:
    page = open_help()
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.reload()
    expect(page.get_by_text("take a picture of the screen")).to_be_visible()
    expect(page.get_by_role("button", name=KEEP)).to_have_count(0)


def test_a_line_that_hangs_brings_the_kept_page(kept: Page, served: Served) -> None:
    kept.evaluate("navigator.serviceWorker.ready")
    served.world.app.view_functions["help.show"] = hanging
    kept.goto("/help", timeout=15_000)
    expect(kept.get_by_text(STILL_WORK)).to_be_visible()


def hanging() -> str:
    from threading import Event

    Event().wait(8)
    return ""
