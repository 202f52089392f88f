"""Accessibility by machine: axe on the page as it stands, with the target-size rule switched on.

axe waits on timers, which stand still in a page opened with `scripts=False`: open such a page with scripts to
check it, in either colour scheme.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it off unless asked
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """What axe has against the page, a line for each element: "rule: help - element"."""
    with _whole_page_in_view(page):
        found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['help']} - {node['html']}" for rule in found for node in rule["nodes"]]


@contextmanager
def _whole_page_in_view(page: Page) -> Iterator[None]:
    """As tall as the page: what only waits below a bar at the screen's edge can be scrolled free of it."""
    size = page.viewport_size
    if size is None:
        raise ValueError("axe needs a page with a fixed viewport")
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    yield
    page.set_viewport_size(size)


def must_be_accessible(page: Page) -> None:
    """Fails with what axe found and where."""
    found = violations(page)
    assert found == [], f"{page.url}\n" + "\n".join(found)
