"""A student's home over two sessions: what comes next, what became of what they sent, what is theirs."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from student_portal import worker
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as accounts
from student_portal.episodes import service as dates
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service as measures
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings
from tests.browser.people import Student
from tests.support import care
from tests.support.axe import must_be_accessible
from tests.support.browser import PHONE, Watch
from tests.support.outbox import Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient
    from playwright.sync_api import BrowserContext

    from tests.support.served import Served

WHO = "Ash Example"
SUNDAY_EVENING = care.at(12, 13, 20)
TUESDAY = care.at(12, 15, 9, 40)  # the day of the second session, which starts at 2pm
MINE = ("/home", "/home/line", "/choices", "/home/texts", "/home/opened")


@dataclass
class Ash:
    """A student who met Robin Okafor once, a week ago, and sees them again on Tuesday."""

    sessions: list[str]
    person_id: str
    robin: Viewer
    desk: FlaskClient
    time: FrozenClock

    def robin_opens_the_record(self) -> None:
        assert self.desk.get(f"/staff/caseload/{self.person_id}").status_code == 200

    def robin_ticks(self, number: int) -> None:
        session_id = self.sessions[number - 1]
        measures.say_talked_about(session_id=session_id, is_so=True, by=self.robin, at=clock.now())


@pytest.fixture
def ash(served: Served) -> Ash:
    robin = Viewer(settings.service_id(), served.world.person("Robin Okafor"), Role.THERAPIST)
    episode_id = care.in_therapy(robin, WHO)
    dates.book(bookings=care.weekly(robin, episode_id, care.at(12, 8), numbers=2), by=robin, at=clock.now())
    desk, time = served.world.browser(Role.THERAPIST), clock.installed()
    assert isinstance(time, FrozenClock)
    [phone] = accounts.contact(robin, care.sessions(robin, episode_id)[0].person_id)
    messaging.mark_proved(channel=Channel.SMS, address=phone.value, reason="code", by=robin, at=clock.now())
    worker.tick(clock.now(), {Channel.SMS: Provider(), Channel.EMAIL: Provider()})
    first = care.sessions(robin, episode_id)[0]
    assert first.starts_at
    time.move_to(first.starts_at - timedelta(hours=2))
    care.send_form(first.id, *[2] * 34)
    time.move_to(first.starts_at + timedelta(hours=1))
    dates.attended(session_id=first.id, seen_version=first.version, by=robin, at=clock.now())
    time.move_to(SUNDAY_EVENING)
    of_ash = [facts.id for facts in care.sessions(robin, episode_id)]
    return Ash(of_ash, first.person_id, robin, desk, time)


@pytest.fixture
def watch() -> Iterator[Watch]:
    seen = Watch()
    yield seen
    seen.must_have_seen_nothing()


@pytest.mark.hazard("H14")
@pytest.mark.hazard("H21")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_students_home(
    new_context: Callable[..., BrowserContext], served: Served, ash: Ash, watch: Watch, scripts: bool
) -> None:
    context = new_context(
        base_url=served.url, viewport=PHONE, java_script_enabled=scripts, locale="en-GB",
        timezone_id="Europe/London", has_touch=True, is_mobile=True,
    )  # fmt: skip
    watch.over(context)
    served.sign_in(context, WHO)
    student = Student(context.new_page(), scripts)
    sees_what_comes_next_and_sends_the_form(student)
    ash.time.move_to(TUESDAY)
    ash.robin_opens_the_record()
    ash.robin_ticks(1)
    sees_who_read_it_and_what_was_talked_about(student)
    opens_their_own_line_and_keeps_a_copy(student)
    sees_their_choices_who_looked_and_what_was_sent(student)
    finds_nothing_too_wide_and_nothing_unreachable(student)


def sees_what_comes_next_and_sends_the_form(student: Student) -> None:
    student.page.goto("/home")
    expect(student.page).to_have_title("Home - Student portal")
    panel = student.page.locator("main .dusk")
    expect(panel).to_contain_text("Next: session 2 of 6")
    expect(panel).to_contain_text("Tuesday 15 December")
    expect(panel).to_contain_text("2pm to 2:50pm, on campus")
    due = student.page.locator("main .tasks > li").filter(has_text="Short form")
    expect(due).to_contain_text("Not started")
    expect(due).to_contain_text("10 questions")
    assert "Read by" not in student.words
    assert "You talked about" not in student.words
    due.get_by_role("link", name="Short form").click()
    student.press("Start")
    for _question in range(10):
        student.ticks(1 if _question != 5 else 0)
    student.press("Send")
    student.page.goto("/home")
    assert "Your form has not been read yet." in student.words
    assert "You can change an answer until Tuesday 15 December at 2pm." in student.words


def sees_who_read_it_and_what_was_talked_about(student: Student) -> None:
    student.page.reload()
    assert "Read by Robin, Tuesday 15 December at 9:40am." in student.words
    assert "has not been read" not in student.words
    assert "You talked about what you sent for session 1." in student.words


def opens_their_own_line_and_keeps_a_copy(student: Student) -> None:
    page = student.page
    line = page.locator("main details", has_text="My line")
    expect(line.locator("svg")).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator("svg circle")).to_have_count(2)
    line.get_by_role("link", name="All numbers as a table").click()
    expect(page.locator("main svg")).to_be_hidden()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Save my copy").click()
    assert kept.value.suggested_filename == "summary.pdf"
    paper = PdfReader(io.BytesIO(Path(kept.value.path()).read_bytes()))
    words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert "8 December 2026 20.0 15 December 2026 " in words
    assert re.findall(r"Ash|Example|Robin|Okafor|therap|harm", f"{words} {paper.metadata}", re.I) == []


def sees_their_choices_who_looked_and_what_was_sent(student: Student) -> None:
    student.page.goto("/home")
    student.follow(re.compile("^My permissions"))
    assert student.heading == "Your permissions"
    student.page.goto("/home")
    student.follow(re.compile("^Who looked"))
    assert re.search(r"Opened your record\s+Robin, therapist\. Tuesday 15 December at 9:40am", student.words)
    assert "Okafor" not in student.words
    student.page.goto("/home")
    student.follow(re.compile("^Messages we sent you"))
    assert re.search(r"Monday 30 November at 10:01am\s+.*Tuesday 8 December", student.words)


def finds_nothing_too_wide_and_nothing_unreachable(student: Student) -> None:
    """With everything opened; axe needs scripts."""
    for address in MINE:
        student.page.goto(address)
        for summary in student.page.locator("main summary").all():
            summary.click()
        for width in (320, 390):
            student.page.set_viewport_size({"width": width, "height": PHONE["height"]})
            assert student.page.evaluate("document.documentElement.scrollWidth") <= width, address
        if student.scripts:
            must_be_accessible(student.page)
