"""A browser as people hold it: a phone for the student, a desk for the staff.

    @pytest.mark.only_looks
    def test_help_is_one_tap_away(phone):
        page = phone(scripts=False)
        page.goto("/")

Every page is watched: nothing may be asked from another host and the console must stay silent, so a breach
of the content security policy fails the test that met it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

from tests.support.server import Server

if TYPE_CHECKING:  # half a second that tests without a browser need not wait for
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
LOCAL = {"127.0.0.1", "localhost"}

Scheme = Literal["light", "dark"]
OpenPage = Callable[..., "Page"]

INSTALLED = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((str(path) for path in INSTALLED if path.exists()), "chromium")
PATIENCE = 15_000  # milliseconds until a page counts as not doing what it should
# The system's Chromium, as root, in a small container; it speaks to this machine only and never calls home.
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright starts the browser. What is expected of a page has the patience of a press: a
    busy machine is no fault of the code's.
    """
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(FLAGS)}


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], server: Server) -> Iterator[OpenPage]:
    """`phone(scheme="dark", scripts=False)`: a page on a student's phone, 390 wide, with its own cookies."""
    yield from _opener(new_context, server, PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], server: Server) -> Iterator[OpenPage]:
    """`desk()`: a page on a staff member's screen, 1280 wide, with its own cookies."""
    yield from _opener(new_context, server, DESK)


def _opener(
    new_context: Callable[..., BrowserContext], server: Server, size: dict[str, int], **device: Any
) -> Iterator[OpenPage]:
    watch = Watch()

    def open_page(
        *, scheme: Scheme = "light", scripts: bool = True, width: int = size["width"], **more: Any
    ) -> Page:
        context = new_context(
            base_url=server.url,
            viewport={**size, "width": width},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            **{**device, **more},
        )
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        return context.new_page()

    yield open_page
    watch.must_have_seen_nothing()


class Watch:
    """Notes what a page must never do: ask another host, or complain on the console."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script error: {error.error}"))

    def must_have_seen_nothing(self) -> None:
        assert self.seen == []

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in LOCAL:
            self.seen.append(f"asked another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser reports a page's own 4xx status on the console; tests look at statuses themselves.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.seen.append(f"console: {message.text}")
