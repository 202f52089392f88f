"""Help now on a phone, with one thumb: at any width, by day and night, without scripts, by keys alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from student_portal import worker
from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import clock
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings
from tests.browser.people import Student
from tests.support import axe
from tests.support.browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.support.browser import OpenPage
    from tests.support.served import Served

WHO = "Teo Testcase"
THUMB = 52  # pixels


@pytest.mark.only_looks
def test_at_390_the_first_screen_holds_999_one_text_and_one_call(phone: OpenPage) -> None:
    page = phone(scripts=False)
    page.goto("/help")
    for name in ("Call 999", "Text 85258", "Call 116 123"):
        box = page.get_by_role("link", name=name, exact=True).first.bounding_box()
        assert box, name
        assert box["height"] >= THUMB, name
        assert box["y"] + box["height"] <= PHONE["height"], f"{name} is further down"


@pytest.mark.only_looks
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark")])
def test_it_is_whole_at_every_width_and_in_the_dark_with_everything_unfolded(
    phone: OpenPage, width: int, scheme: Any
) -> None:
    page = phone(scheme=scheme, width=width)
    page.goto("/help")
    for summary in page.locator(".way summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator(".way .btn, .care .btn").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= THUMB
    axe.must_be_accessible(page)


@pytest.mark.only_looks
def test_with_keys_alone_the_first_four_stops_are_ways_out_and_999_and_a_fold_opens(phone: OpenPage) -> None:
    page = phone(scripts=False)
    page.goto("/help")
    stops = []
    for _ in range(8):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.innerText").split("\n")[0])
    skip, leave, home, here, first, *rest = stops
    assert (skip, leave, here, first) == ("Skip to main content", "Exit", "Help now", "Call 999")
    assert home == "Student portal"
    assert [rest[0], rest[1][:12], rest[2]] == ["Text 85258", "What happens", "Call 116 123"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    sentence = page.get_by_role("link", name="Text 85258: “I am not okay”")
    expect(sentence).to_be_visible()
    assert sentence.get_attribute("href") == "sms:85258?&body=I%20am%20not%20okay"


@pytest.mark.only_looks
def test_a_university_is_chosen_without_scripts_and_only_for_this_page(phone: OpenPage) -> None:
    page = phone(scripts=False)
    page.goto("/help")
    page.get_by_label("Which one?").select_option("Liverpool Institute for Performing Arts")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Wellbeing team")).to_be_visible()
    page.goto("/help")
    assert page.get_by_label("Which one?").input_value() == ""


@pytest.mark.hazard("H14")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_the_numbers_come_as_they_were_read_and_a_wish_to_talk_stands_until_taken_back(
    new_context: Callable[..., BrowserContext], served: Served, scripts: bool
) -> None:
    context = new_context(viewport=PHONE, java_script_enabled=scripts, locale="en-GB", base_url=served.url)
    student = Student(context.new_page(), scripts)
    signs_in(served, context)
    student.page.goto("/help")
    student.follow(re.compile("^Text me these numbers"))
    shown = student.page.locator(".phone p").nth(1).inner_text()
    looks_right(student.page, scripts)
    student.press("Text me these numbers")
    assert "It is on its way." in student.words
    assert texts_sent(served) == [shown]
    assert shown == "Reminder: text 85258 or call 116 123, 0800 068 4141, 111 or 999."

    student.page.goto("/help")
    student.follow(re.compile("^Ask my therapist"))
    assert "“Teo Testcase asked to talk about this next time.”" in student.words
    looks_right(student.page, scripts)
    student.press("Ask Robin")
    assert "It stands." in student.words
    assert "Robin or someone in the team reads this today" in student.words
    student.press("Take it back")
    assert "This is all that is sent:" in student.words


def signs_in(served: Served, context: BrowserContext) -> None:
    """As after a code and a date of birth."""
    secret = accounts.start_session(
        role=Role.STUDENT,
        person_id=served.world.person(WHO),
        about=None,
        proved_by="code",
        by=machine(settings.service_id()),
        at=clock.now(),
    )
    signer = served.world.app.session_interface.get_signing_serializer(served.world.app)
    cookie = signer.dumps({"secret": secret, "seen": int(clock.real().timestamp())})
    context.add_cookies([{"name": "portal", "value": cookie, "url": served.url}])


def looks_right(page: Page, scripts: bool) -> None:
    """For every reader, at the narrowest width too."""
    page.set_viewport_size({"width": 320, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(PHONE)
    if scripts:
        axe.must_be_accessible(page)


def texts_sent(served: Served) -> list[str]:
    """What one round of the worker brings."""
    sent: list[str] = []

    class Provider:
        def send(self, *, to: str, body: str, message_id: str) -> str:
            sent.append(body)
            return message_id

    with served.world.app.test_request_context("/"):
        worker.send(clock.now(), {Channel.SMS: Provider(), Channel.EMAIL: Provider()})
    return [body for body in sent if "85258" in body]
