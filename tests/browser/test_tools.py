"""The tools that look at pages must find a planted fault, or their silence means nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.support import axe
from tests.support.browser import Watch

GOOD = """<!doctype html><html lang="en-GB"><head><title>Help - Student portal</title></head><body><main>
<h1>Get help now</h1><p><a href="/help">Where to get help</a></p></main></body></html>"""

FAULTS = {
    "target-size": (
        "<p><a href='/help'>",
        "<p><button style='all: unset; width: 9px; height: 9px' aria-label='a'></button>"
        "<button style='all: unset; width: 9px; height: 9px' aria-label='b'></button><a href='/help'>",
    ),
    "image-alt": ("<p>", "<p><img src='data:,'>"),
    "label": ("<p>", "<p><input>"),
    "html-has-lang": ('<html lang="en-GB">', "<html>"),
    "heading-order": ("<p>", "<h4>Too deep</h4><p>"),
    "color-contrast": ("<p>", "<p style='color: #bbb'>Hardly to be seen</p><p>"),
}


def test_axe_is_content_with_a_plain_page(page: Page) -> None:
    page.set_content(GOOD)
    axe.must_be_accessible(page)


@pytest.mark.parametrize("rule", sorted(FAULTS))
def test_axe_finds_a_planted_fault(page: Page, rule: str) -> None:
    whole, broken = FAULTS[rule]
    page.set_content(GOOD.replace('<a href="/help">', "<a href='/help'>").replace(whole, broken))
    assert rule in {found.split(":")[0] for found in axe.violations(page)}


def test_the_watch_sees_a_request_to_another_host(new_context: Callable[..., BrowserContext]) -> None:
    context, watch = new_context(), Watch()
    watch.over(context)
    context.new_page().set_content("<img src='http://other.test/pixel.png' alt=''>")
    assert watch.seen == ["asked another host: http://other.test/pixel.png"]


def test_the_watch_hears_a_script_that_breaks(new_context: Callable[..., BrowserContext]) -> None:
    context, watch = new_context(), Watch()
    watch.over(context)
    context.new_page().set_content("<script>console.error('broken'); nowhere()</script>")
    assert watch.seen == ["console: broken", "script error: nowhere is not defined"]
