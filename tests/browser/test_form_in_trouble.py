"""A form on a phone while the world does not hold still: the line, the tabs, the other phone, the scanner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from student_portal.access.queries import Role, Viewer
from student_portal.demo.people import STUDENTS
from student_portal.episodes import queries as episode_facts
from student_portal.episodes import service as episodes
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.measures import queries
from student_portal.settings import queries as settings
from tests.browser.people import Student
from tests.support import care
from tests.support.browser import PATIENCE, PHONE
from tests.support.rewind import Rewind

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.support.served import Served

WHO = "Jordan Imaginary"  # has not begun the form before Wednesday 2 December
BORN = next(student.born for student in STUDENTS if student.name == WHO)
DATE_OF_BIRTH = (str(BORN.day), str(BORN.month), str(BORN.year))
NOT_AT_ALL, SOMETIMES, OFTEN = 0, 2, 3

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], served: Served) -> Callable[..., Student]:
    """`phone(scripts)`: the student, who has opened the link, proved themselves and pressed Start."""

    def open_form(scripts: bool = True) -> Student:
        context = new_context(viewport=PHONE, has_touch=True, java_script_enabled=scripts, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        student = Student(context.new_page(), scripts)
        student.page.goto(served.link(WHO))
        student.press("Continue")
        student.gives_date_of_birth(DATE_OF_BIRTH)
        if "A few questions" in student.heading:
            student.press("Start")
        return student

    return open_form


def answer(student: Student, *positions: int) -> None:
    for position in positions:
        student.ticks(position)


def chosen(student: Student) -> list[str]:
    return [str(box.get_attribute("value")) for box in student.page.locator("input:checked").all()]


def another_tab(student: Student, address: str) -> Student:
    tab = Student(student.page.context.new_page(), student.scripts)
    tab.page.goto(address)
    return tab


def sent_words(served: Served) -> list[str | None]:
    """What the one sent form says, as staff will read it."""
    session_id = served.world.session(WHO, 1)
    facts = episode_facts.session(session_id)
    state = queries.form_state(session_id)
    assert state
    assert state.response_id
    therapist = Viewer(settings.service_id(), facts.therapist_id, Role.THERAPIST)
    return [line.chosen for line in queries.response(therapist, state.response_id).lines]


@both_ways
@pytest.mark.hazard("H09")
def test_an_evening_with_one_form(phone: Callable[..., Student], served: Served, scripts: bool) -> None:
    """Back, forward, refresh, a tab thrown away, the session moved by staff, not this time, and on again."""
    student = phone(scripts)
    answer(student, SOMETIMES, OFTEN)
    goes_back_and_forth(student)
    student = comes_back_after_the_phone_threw_the_tab_away(student)
    session_is_moved(served)
    answer(student, NOT_AT_ALL)
    assert "Answers 1 to 3 saved" in student.words
    declines_and_thinks_better_of_it(student)
    assert "Question 4 of 34" in student.words


def goes_back_and_forth(student: Student) -> None:
    """What was saved stands there, and nothing asks to be sent a second time."""
    page, posts = student.page, list[str]()
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.go_back()
    expect(page.get_by_text("Question 2 of 34")).to_be_visible()
    assert chosen(student) == [str(OFTEN)]
    page.reload()
    assert chosen(student) == [str(OFTEN)]
    page.go_forward()
    expect(page.get_by_text("Question 3 of 34")).to_be_visible()
    page.reload()
    assert "Answers 1 to 2 saved" in student.words
    assert posts == []


def comes_back_after_the_phone_threw_the_tab_away(student: Student) -> Student:
    address = student.page.url
    student.page.close()
    again = another_tab(student, address)
    assert "Question 3 of 34" in again.words
    assert "Answers 1 to 2 saved" in again.words
    return again


def session_is_moved(served: Served) -> None:
    """By a day, by its therapist, in another window."""
    facts = episode_facts.session(served.world.session(WHO, 1))
    therapist = Viewer(settings.service_id(), facts.therapist_id, Role.THERAPIST)
    slot = Slot(facts.id, care.at(12, 3, 15), 50, episode_facts.Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=therapist, at=clock.now())


def declines_and_thinks_better_of_it(student: Student) -> None:
    student.follow("Not this time")
    student.follow("Go back to the questions")
    assert "Question 4 of 34" in student.words
    student.follow("Not this time")
    student.choose("It is too much today")
    student.press("Not this time")
    assert "Your session goes ahead as it is." in student.words
    student.page.reload()
    student.press("Fill it in after all")


@both_ways
@pytest.mark.hazard("H09")
def test_one_tab_sends_while_the_other_is_in_the_middle(
    phone: Callable[..., Student], served: Served, scripts: bool
) -> None:
    middle = phone(scripts)
    answer(middle, SOMETIMES, OFTEN)
    sender = another_tab(middle, served.form(WHO) + "/check")
    sender.press("Send")
    assert sender.heading == "Sent"
    middle.page.locator(".opt input").nth(NOT_AT_ALL).click()
    if not scripts:
        middle.press("Continue")
    expect(middle.page.get_by_role("heading", level=1)).to_have_text("Sent")
    assert "We have your answers." in middle.words
    assert "The answer you gave just now came after that, so it was not added." in middle.words
    assert sent_words(served)[:3] == ["Sometimes", "Often", None]


@pytest.mark.hazard("H13")
def test_a_second_phone_proves_itself_sees_only_that_it_was_answered_and_its_answer_counts(
    phone: Callable[..., Student], served: Served
) -> None:
    first = phone()
    answer(first, SOMETIMES, OFTEN)
    second = phone()
    assert "Question 3 of 34" in second.words
    second.page.goto(served.form(WHO) + "/1")
    assert chosen(second) == []
    assert "You answered this before. It is not shown" in second.words
    answer(second, NOT_AT_ALL)
    first.page.goto(served.form(WHO) + "/1")
    assert chosen(first) == []
    first.page.goto(served.form(WHO) + "/check")
    first.press("Send")
    assert sent_words(served)[:3] == ["Not at all", "Often", None]


@pytest.mark.hazard("H01")
def test_the_line_breaks_after_the_server_saved_and_the_pause_page_still_comes(
    phone: Callable[..., Student], served: Served
) -> None:
    student = phone()
    page = student.page
    page.goto(served.form(WHO) + "/9")
    lost: list[int] = []

    def lose_the_reply(route: Route) -> None:
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    page.route("**/form/*/9", lose_the_reply)
    page.locator(".opt input").nth(SOMETIMES).click()
    expect(page.get_by_text("Not saved yet. Press Continue to try again.")).to_be_visible()
    page.unroute("**/form/*/9")
    assert lost == [303], "the server had it"
    expect(page.get_by_role("heading", name="Before you go on")).to_be_visible()
    student.press("Continue the form")
    assert "Question 10 of 34" in student.words


@pytest.mark.parametrize("lifts", ["before", "after"])
def test_an_answer_tapped_before_the_script_came_is_said_to_be_unsaved_and_continue_saves_it(
    phone: Callable[..., Student], lifts: str
) -> None:
    """A slow line brings the words first: a tap that nothing heard, or not from its beginning, must not look
    like one that was.
    """
    student = phone()
    page = student.page
    page.wait_for_load_state()  # or the script of this page is held, and not that of the next
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/item.js*", hold)
    page.reload(wait_until="commit")
    option = page.locator(".opt input").nth(SOMETIMES)
    option.hover()
    page.mouse.down()
    if lifts == "before":
        page.mouse.up()
    expect(page.get_by_text("Not saved yet.")).to_have_count(0)
    held[0].continue_()
    page.wait_for_load_state()
    if lifts == "after":
        page.mouse.up()
    expect(page.get_by_text("Not saved yet. Press Continue to try again.")).to_be_visible()
    page.unroute("**/js/item.js*")
    student.press("Continue")
    expect(page.get_by_text("Question 2 of 34")).to_be_visible()
    page.go_back()
    assert chosen(student) == [str(SOMETIMES)]


def test_with_the_keyboard_alone_nothing_moves_until_continue(phone: Callable[..., Student]) -> None:
    student = phone()
    page = student.page
    page.locator(".opt input").first.focus()
    for key in ("Space", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Continue"
    assert "Question 1 of 34" in student.words
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 of 34")).to_be_visible()
    page.go_back()
    assert chosen(student) == [str(SOMETIMES)]


@pytest.mark.hazard("H13")
def test_a_mail_scanner_that_runs_scripts_changes_nothing_and_locks_nobody_out(
    new_context: Callable[..., BrowserContext], phone: Callable[..., Student], served: Served
) -> None:
    link = served.link(WHO)
    before = Rewind(served.world)
    for _ in range(3):
        scanner: Page = new_context(java_script_enabled=True).new_page()
        scanner.clock.install()
        scanner.goto(link)
        scanner.clock.run_for(30_000)
        for address in {a.get_attribute("href") or "" for a in scanner.locator("a").all()}:
            if re.match(r"/(?!exit)", address):
                scanner.goto(served.url + address)
                scanner.clock.run_for(30_000)
    assert before.changed() == set()
    student = phone()
    answer(student, SOMETIMES)
    assert "Question 2 of 34" in student.words
