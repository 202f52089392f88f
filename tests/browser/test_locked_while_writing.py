"""The screen locks while somebody writes; their words wait behind the proof, with scripts and without."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from student_portal.accounts import service as accounts
from student_portal.accounts.models import OneTimeCode
from student_portal.demo.people import STAFF
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from tests.browser.people import Person
from tests.support.browser import OpenPage
from tests.support.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEO, NUMBER, BORN = "Teo Testcase", "07700 900109", ("14", "6", "2003")
WORDS = "The stairs at home.\nI did not sleep on <Tuesday>  & it was loud."


def minutes_pass(minutes: int) -> None:
    standing = clock.installed()
    assert isinstance(standing, FrozenClock)
    standing.real_at = standing.real() + timedelta(minutes=minutes)


def proves_it_is_them(student: Person, url: str, born: tuple[str, ...] = BORN) -> None:
    student.page.goto(f"{url}/code")
    student.page.get_by_role("textbox").fill(NUMBER)
    student.press("Send me a code")
    with db.read() as session:
        newest = session.exec(select(OneTimeCode.id).order_by(col(OneTimeCode.id).desc())).first()
    student.page.get_by_role("textbox").fill(accounts.draw_digits(code_id=str(newest)))
    student.press("Continue")
    for label, part in zip(("Day", "Month", "Year"), born, strict=True):
        student.page.get_by_label(label).fill(part)
    student.press("Continue")


def signs_in(staff: Person) -> None:
    robin = next(one for one in STAFF if one.name == "Robin Okafor")
    staff.page.get_by_label("Work e-mail").fill(robin.email)
    staff.page.get_by_label("Password").fill(robin.password)
    staff.page.get_by_label("Six digits").fill(robin.code)
    staff.press("Sign in")


def box(page: Page) -> str:
    return page.get_by_role("textbox").first.input_value()


@pytest.mark.hazard("H09")
@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_student_is_called_away_and_finds_their_words_again(
    served: Served, phone: OpenPage, scripts: bool
) -> None:
    page = phone(scripts=scripts)
    student, talk = Person(page), f"{served.form(TEO)}/talk"
    if scripts:
        page.clock.install()
    proves_it_is_them(student, served.url)
    page.goto(talk)
    page.get_by_role("textbox").fill(WORDS)
    minutes_pass(16)
    if scripts:
        page.clock.fast_forward("16:00")  # the page locks itself
    else:
        student.press("Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is locked")
    assert "What you wrote last is not saved yet" in student.words
    assert "Tuesday" not in page.content()
    proves_it_is_them(student, served.url, born=("1", "1", "2000"))
    assert "That does not match" in student.words
    assert "Tuesday" not in page.content()
    proves_it_is_them(student, served.url)
    expect(page).to_have_url(talk)
    assert "nothing of this was saved yet" in student.words
    assert box(page) == WORDS
    student.press("Save")
    expect(page).to_have_url(f"{served.url}/home")
    page.goto(talk)
    assert "nothing of this was saved yet" not in student.words
    assert box(page) == WORDS.replace("  ", " ")


@pytest.mark.hazard("H09")
def test_a_therapist_writes_a_long_note_without_scripts(served: Served, desk: OpenPage) -> None:
    page = desk(scripts=False)
    robin = Person(page)
    note = f"/staff/caseload/notes/{served.world.session('Sam Sample', 1)}"
    page.goto(f"{served.url}{note}")
    signs_in(robin)
    page.get_by_label("Formulation").fill(WORDS)
    minutes_pass(16)
    robin.press("Save note")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "what you typed is not saved yet" in robin.words
    signs_in(robin)
    expect(page).to_have_url(f"{served.url}{note}")
    assert "nothing of this was saved yet" in robin.words
    assert page.get_by_label("Formulation").input_value() == WORDS
    robin.press("Save note")
    assert "The stairs at home." in robin.words
    page.goto(f"{served.url}{note}")
    assert "nothing of this was saved yet" not in robin.words


@pytest.mark.hazard("H09")
def test_without_a_connection_it_stays_blank_tries_again_and_says_what_was_lost(
    served: Served, phone: OpenPage
) -> None:
    page = phone()
    student = Person(page)
    page.clock.install()
    proves_it_is_them(student, served.url)
    page.goto(f"{served.form(TEO)}/talk")
    page.get_by_role("textbox").fill(WORDS)
    minutes_pass(16)
    page.route("**/talk", lambda route: route.abort())
    page.clock.fast_forward("16:00")
    expect(page.locator("html")).to_be_hidden()
    page.unroute("**/talk")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is locked")
    assert "What you wrote last is not saved yet" in student.words


def test_a_tab_does_not_lock_while_another_is_in_use(served: Served, phone: OpenPage) -> None:
    page = phone()
    student = Person(page)
    page.clock.install()
    proves_it_is_them(student, served.url)
    page.goto(f"{served.form(TEO)}/talk")
    other = page.context.new_page()
    page.clock.fast_forward("14:00")
    other.goto(f"{served.url}/home")
    page.wait_for_timeout(500)
    page.clock.fast_forward("02:00")
    page.wait_for_timeout(500)
    expect(page).to_have_url(f"{served.form(TEO)}/talk")
