"""An answer nobody read: its cover finds it, reads it and says what was done; the manager sees figures."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from student_portal.access.queries import Role
from student_portal.audit.queries import machine
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock
from student_portal.settings import queries as settings
from tests.browser.people import Staff
from tests.support.axe import violations
from tests.support.browser import DESK, PHONE, OpenPage
from tests.support.served import Served

LOU, JO, ROBIN = "Lou Invented", "Jo Lindqvist", "Robin Okafor"
LATE = "1 thing to read is overdue: Jo Lindqvist’s."
DID = "Rang Lou, who will come on Thursday. Told Jo."

PAGES = {
    Role.THERAPIST: ("duty", "tasks?whose=all", "running", "rota", "rota/leave"),
    Role.MANAGER: ("figures", "rota/stand-in", "rota/hours"),
}


def sit_down(served: Served, page: Page, role: Role) -> Staff:
    """Robin or Max, signed in in this browser."""
    browser = served.world.browser(role)
    cookie = next(iter(browser._cookies.values()))  # the test's own browser has just made it
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{served.url}/staff"}])
    return Staff(page)


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_answer_nobody_read_is_found_by_its_cover_and_read(
    served: Served, phone: OpenPage, desk: OpenPage, size: dict[str, int]
) -> None:
    """On the phone without scripts."""
    is_small = size is PHONE
    opens = (lambda: phone(scripts=False)) if is_small else desk
    cover = sit_down(served, opens(), Role.THERAPIST)
    cover.page.goto(f"{served.url}/staff/caseload/students")
    stands_above_every_page(cover)
    reads_and_says_what_was_done(cover)
    cover.page.goto(f"{served.url}/staff/alerts/duty")
    expect(cover.page.get_by_text(LATE)).to_have_count(0)
    manager = sit_down(served, opens(), Role.MANAGER)
    manager.page.goto(f"{served.url}/staff/alerts/duty")
    sees_figures_and_no_name(manager)
    assert manager.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def stands_above_every_page(cover: Staff) -> None:
    expect(cover.page.locator(".late")).to_have_text(LATE)
    cover.follow(LATE)
    first = cover.page.locator(".first", has_text=LOU)
    expect(first).to_contain_text("Overdue")
    expect(first).to_contain_text(f"{JO}’s to read.")
    expect(first).to_contain_text(f"{ROBIN} was told, who stands in.")
    expect(first).to_contain_text("Max Ferry was told, as the manager on duty.")


def reads_and_says_what_was_done(cover: Staff) -> None:
    page = cover.page
    cover.follow(LOU)
    waiting = page.locator("section.first").first
    expect(waiting).to_contain_text("While nobody had read it")
    expect(waiting.locator(".said").first).to_contain_text("“")
    cover.follow("Record what I did")
    page.get_by_label("What you did").fill(DID)
    cover.press("Save")
    expect(page.get_by_text(f"Read by {ROBIN}")).to_be_visible()
    expect(page.get_by_text(DID)).to_be_visible()


def sees_figures_and_no_name(manager: Staff) -> None:
    expect(manager.page.get_by_text(LATE)).to_have_count(0)
    manager.follow("See the figures")
    assert manager.heading == "How long answers wait"
    assert re.search(r"How many were read\s+\d+|How many were read\s+\w+", manager.words)
    assert not re.search(f"{LOU}|{JO}|{ROBIN}", manager.words)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_the_pages_of_whoever_is_on_duty_are_accessible_and_fit_a_phone(
    served: Served, phone: OpenPage, width: int, scheme: str
) -> None:
    found: list[str] = []
    task = f"tasks/{to_call_back(served)}"
    for role, names in (*PAGES.items(), (Role.THERAPIST, (f"{task}/hand-over", f"{task}/done"))):
        page = sit_down(served, phone(width=width, scheme=scheme), role).page
        for name in names:
            answer = page.goto(f"{served.url}/staff/alerts/{name}")
            assert answer is not None
            assert answer.status == 200, name
            found += [f"{name}: {one}" for one in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} scrolls sideways")
    assert found == []


def to_call_back(served: Served) -> str:
    """A task of Robin's; gives its id."""
    return duty.raise_task(
        kind=TaskKind.CALL_BACK,
        subject=("person", served.world.person(LOU)),
        person_id=None,
        owner_id=served.world.person(ROBIN),
        due_at=clock.now(),
        by=machine(settings.service_id()),
        at=clock.now(),
    )
