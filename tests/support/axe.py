"""Accessibility by machine: axe on the page as it stands, with the target-size rule switched on.

axe waits on timers, which stand still in a page opened with `scripts=False`: open such a page with scripts to
check it, in either colour scheme.
"""

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
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['help']} - {node['html']}" for rule in found for node in rule["nodes"]]


def must_be_accessible(page: Page) -> None:
    """Fails with what axe found and where."""
    found = violations(page)
    assert found == [], f"{page.url}\n" + "\n".join(found)
