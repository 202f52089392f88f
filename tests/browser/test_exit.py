"""Exit on a page of somebody signed in: what is seen, what is locked, what stays."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.foundation import db
from student_portal.measures.models import Answer
from tests.support.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from playwright.sync_api import BrowserContext, Page

    from tests.support.served import Served

PRESSED = """exit => {
  const seen = () => document.documentElement.getClientRects().length;
  exit.click();
  const at_once = seen();
  return new Promise((later) => setTimeout(() => later([at_once, seen()]), 400));
}"""
"""How much is on the screen in the same task, and a moment later."""


@pytest.fixture
def both(new_context: Callable[..., BrowserContext], served: Served) -> BrowserContext:
    """One browser in which a student and, on the staff's side, a therapist are signed in."""
    context = new_context(base_url=served.url, viewport=PHONE)
    for name, client, path in (
        ("portal", served.world.browser(Role.STUDENT), "/"),
        ("staff", served.world.browser(Role.THERAPIST), "/staff/"),
    ):
        context.add_cookies([{"name": name, "value": secret_of(client, name), "url": served.url + path}])
    return context


@pytest.fixture
def form(both: BrowserContext, served: Served) -> Page:
    """The student at a question, with the first answered."""
    page = both.new_page()
    page.goto("/home")
    page.goto(served.form("Teo Testcase") + "/1")
    page.get_by_label("Sometimes").click()
    expect(page).to_have_title("Question 2 of 34 - Student portal")
    return page


def secret_of(client: FlaskClient, name: str) -> str:
    cookie = client.get_cookie(name)
    assert cookie
    return cookie.value


def answers() -> int:
    with db.read() as session:
        return len(session.exec(select(Answer)).all())


@pytest.mark.hazard("H13")
def test_with_the_line_held_up_the_screen_is_empty_at_once_and_stays_so(form: Page, served: Served) -> None:
    held = Event()
    served.world.app.view_functions["pages.exit"] = lambda: str(held.wait(10))
    assert form.get_by_role("link", name="Exit").evaluate(PRESSED) == [0, 0]
    held.set()


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("way", ["tap", "keys"])
def test_it_locks_keeps_the_answers_and_leaves_no_page_to_go_back_to(form: Page, way: str) -> None:
    kept, length = answers(), form.evaluate("history.length")
    old = form.context.cookies()
    if way == "tap":
        form.get_by_role("link", name="Exit").click()
    else:
        for _ in range(3):
            form.keyboard.press("Shift")
    expect(form.get_by_role("heading", name="You have left")).to_be_visible()
    assert form.evaluate("history.length") == length, "its entry took the question's place"
    form.go_back()
    expect(form.get_by_text("Over the last week")).to_have_count(0)
    form.goto("/home")
    expect(form).to_have_title("Sign in - Student portal")
    assert answers() == kept > 0
    form.goto("/staff/caseload")
    expect(form.get_by_role("heading", name="Today")).to_be_visible()
    form.context.add_cookies([one for one in old if one["name"] == "portal"])
    form.goto("/home")
    expect(form).to_have_title("Sign in - Student portal")


@pytest.mark.hazard("H13")
def test_what_it_cannot_do_is_one_line_away_and_said_plainly(form: Page) -> None:
    form.get_by_role("link", name="Exit").click()
    form.get_by_text("More", exact=True).click()
    form.get_by_role("link", name="What Exit cannot do").click()
    expect(form).to_have_title("About leaving - Student portal")
    for said in (
        "history",
        "picture of the screen",
        "program that shows somebody else",
        "looking at the screen",
    ):
        expect(form.get_by_text(said).first).to_be_visible()
    form.goto("/privacy")
    form.get_by_role("link", name="What Exit does, and what it cannot do").click()
    expect(form).to_have_title("About leaving - Student portal")
