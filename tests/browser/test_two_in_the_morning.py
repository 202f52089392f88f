"""A student alone at two in the morning while the portal falls apart piece by piece: help is always there."""

from __future__ import annotations

from datetime import date, time
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from tests.support.browser import PHONE, Watch
from tests.support.world import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page
    from werkzeug.serving import BaseWSGIServer

TWO_AT_NIGHT = clock.in_london(date(2026, 12, 6), time(2))
MISTAKE = "That is our mistake, not yours."


@pytest.fixture
def portal(seeded_data_dir: Path, tmp_path: Path) -> Iterator[BaseWSGIServer]:
    """The demo at two on a Sunday morning, on a port of its own."""
    with opened(seeded_data_dir, tmp_path) as world:
        clock.install(FrozenClock(TWO_AT_NIGHT))
        world.app.config.update(WTF_CSRF_ENABLED=True)
        server = make_server("127.0.0.1", 0, world.app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(portal: BaseWSGIServer, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """Their phone, dark as the room is."""
    watch = Watch()
    context = new_context(
        base_url=f"http://127.0.0.1:{portal.server_port}",
        viewport=PHONE,
        color_scheme="dark",
        has_touch=True,
        is_mobile=True,
    )
    watch.over(context)
    yield context.new_page()
    watch.must_have_seen_nothing()


def loses_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when its server is gone: every call fails, from the first on."""

    def refuses(*_given: object, **_named: object) -> None:
        raise db.Unreachable("CONNECT", {}, OSError("connection refused"))

    monkeypatch.setattr(db.engine().dialect, "do_begin", refuses)
    monkeypatch.setattr(db.engine().dialect, "do_execute", refuses)


def must_have_help(page: Page) -> None:
    """Life in danger, and somebody awake to talk with: both in sight or one scroll away, ready to tap."""
    for number in ("tel:999", "tel:111"):
        expect(page.locator(f'a[href="{number}"]').first).to_be_visible()
        box = page.locator(f'a[href="{number}"]').first.bounding_box()
        assert box
        assert box["height"] >= 44


def must_be_kind(page: Page) -> None:
    """In words, without a number, and with help."""
    expect(page.get_by_text(MISTAKE)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not working right now")
    must_have_help(page)


@pytest.mark.hazard("H15")
def test_help_is_there_with_the_database_gone_then_the_line_and_exit_leaves_nothing(
    page: Page, portal: BaseWSGIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto("/")
    page.get_by_role("link", name="Get help now").tap()
    expect(page.get_by_text("Open now").first).to_be_visible()
    page.get_by_role("button", name="Keep this page on this phone").tap()
    expect(page.get_by_text("Kept on this phone.", exact=True)).to_be_visible()

    page.goto("/code")
    page.get_by_role("textbox").fill("07700 900109")
    loses_its_database(monkeypatch)
    page.get_by_role("button", name="Send me a code").tap()
    must_be_kind(page)
    page.get_by_role("main").get_by_role("link", name="Start page").tap()
    must_have_help(page)
    page.get_by_role("link", name="Get help now").tap()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    must_have_help(page)
    page.goto("/code")
    must_be_kind(page)
    page.get_by_role("link", name="Help now").tap()
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")

    portal.shutdown()
    portal.server_close()
    page.goto("/help")
    expect(page.get_by_text("These numbers still work.")).to_be_visible()
    must_have_help(page)
    expect(page).to_have_title("Help - Student portal")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == "rgb(24, 22, 27)", "no white flash in a dark room"
    page.get_by_role("link", name="Exit").tap()
    expect(page.locator("body")).to_be_empty()
