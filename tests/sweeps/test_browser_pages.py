"""Every kind of page in a real browser: axe, the screen's width, and the way through with the Tab key.

A run of everything takes every kind on a phone in the light, and one page of each template narrow, wide and
in the dark; `bin/test sweep` takes every kind everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import axe
from tests.support.browser import PHONE, Watch
from tests.sweeps.gallery import FOCUSED, Gallery, kinds, one_of_each_template, showing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.sweeps.presses import Walked

WIDTHS = [(390, "light"), (320, "light"), (1280, "light"), (390, "dark"), (320, "dark"), (1280, "dark")]
SAMPLED = WIDTHS[:4]  # the first of them takes every kind of page
TABS = 60
OF_STUDENTS = """async () => {
  const exit = document.querySelector("a.exit");
  if (!exit) return [];
  const box = exit.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const kept = [
    ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()),
  ];
  return [
    ...(box.width < 44 || box.height < 44 ? [`Exit is ${box.width} x ${box.height}`] : []),
    ...(exit.contains(hit) ? [] : ["Exit is covered"]), ...kept.map((one) => `kept on the phone: ${one}`),
  ];
}"""
"""What a student's page must not: hide the way out or make it small, or keep anything before a tap."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "width" in metafunc.fixturenames and "scheme" in metafunc.fixturenames:
        full = metafunc.config.getoption("--full-sweep")
        metafunc.parametrize(("width", "scheme"), WIDTHS if full else SAMPLED)


@pytest.fixture(scope="module")
def gallery(walked: Walked) -> Iterator[Gallery]:
    with showing(walked.app, walked.pages) as standing:
        yield standing


@pytest.fixture
def screen(browser: Browser) -> Iterator[Callable[[int, str], Page]]:
    """`screen(390, "dark")`: a page that is watched as every page is."""
    watch, opened = Watch(), []

    def open_screen(width: int, scheme: str) -> Page:
        size = {**PHONE, "width": width}
        context: BrowserContext = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB")
        opened.append(context)
        watch.over(context)
        return context.new_page()

    yield open_screen
    for context in opened:
        context.close()
    watch.must_have_seen_nothing()


@pytest.mark.timeout(1200)
def test_nothing_keeps_anybody_from_using_the_page(
    gallery: Gallery, screen: Callable[[int, str], Page], full_sweep: bool, width: int, scheme: str
) -> None:
    every_kind = full_sweep or (width, scheme) == WIDTHS[0]
    page, wrong = screen(width, scheme), []
    for shown in kinds(gallery.pages) if every_kind else one_of_each_template(gallery.pages):
        page.goto(gallery.address(shown))
        open_every_detail(page)
        wrong += [f"{shown.path} ({shown.template}): {fault}" for fault in faults(page)]
    assert wrong == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_tab_key_meets_the_way_out_first_and_nothing_hidden(
    gallery: Gallery, screen: Callable[[int, str], Page], width: int
) -> None:
    page, wrong = screen(width, "light"), []
    for shown in one_of_each_template(gallery.pages):
        page.goto(gallery.address(shown))
        way = list(steps(page))
        reached = [name for name, _ in way]
        if not page.locator(".err").count():  # there the summary has the focus, as it should
            first = ["skip", "exit"] if page.locator("a.exit").count() else ["skip"]
            wrong += [f"{shown.path}: first {reached[:2]}" for _ in [0] if reached[: len(first)] != first]
        wrong += [f"{shown.path} ({shown.template}): hidden {what}" for _, what in way if what]
    assert wrong == []


def faults(page: Page) -> list[str]:
    """What a machine can see against a page as it stands."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [*axe.violations(page), *([f"{wider} px wider than the screen"] if wider > 0 else [])]
    return [*found, *page.evaluate(OF_STUDENTS)]


def open_every_detail(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def steps(page: Page) -> Iterator[tuple[str, str | None]]:
    """Press Tab through the page: the class of what has the focus, and what it is if nobody can see it."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        name, hidden = page.evaluate(FOCUSED)
        if name is None:
            return
        yield name, hidden
