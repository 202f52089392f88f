"""Whoever pressed a button on a screen that had locked finds their words in the form again, and only they."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.caseload.models import NoteDraft, SessionNote
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import db
from student_portal.measures import queries as measures
from student_portal.measures.models import Answer
from student_portal.referral.questions import number_of
from tests.integration.locked.conftest import BORN_HERE, Screen, kept, staff
from tests.support.asking import hidden, text

WORDS = "Zq I keep  thinking\r\nabout <Tuesday> & the stairs \U0001f33b"
SAID = "nothing of this was saved yet"


def rows(model: type) -> int:
    with db.read() as unit:
        return len(unit.exec(select(model)).all())


def boxes(page: str, browser: FlaskClient) -> str:
    """The words in the one box of a page, as a browser would read them."""
    html = browser.get(page).get_data(as_text=True)
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", html, re.DOTALL)
    return unescape(found.group(1)) if found else ""


@pytest.mark.hazard("H09")
def test_a_student_who_signed_in_writes_too_long_and_loses_nothing(
    screen: Screen, session: SessionFacts
) -> None:
    screen.sign_in(session.person_id)
    page = f"/form/{session.id}/talk"
    locked = screen.leave_alone(page, words=WORDS)
    assert locked.location == "/code/locked?pressed=1&kept=1"
    said = text(screen.open(locked.location))
    assert "What you wrote last is not saved yet" in said
    assert "Through the link" not in said
    assert "Zq " not in text(screen.open("/code"))
    back = screen.sign_in(session.person_id)
    assert back.location == page
    assert SAID in text(screen.open(page))
    assert boxes(page, screen.browser) == WORDS
    assert screen.post(page, words=boxes(page, screen.browser)).location == "/home"
    assert kept() == []
    assert SAID not in text(screen.open(page))
    assert "Tuesday" in boxes(page, screen.browser)


@pytest.mark.hazard("H09")
def test_a_therapist_finds_their_note_in_the_boxes_and_saves_it_once(
    screen: Screen, session: SessionFacts
) -> None:
    screen.clock.move_to(session.starts_at or screen.clock.now())
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/notes/{session.id}"
    locked = screen.leave_alone(page, formulation=WORDS, plan="Zq ring on Friday")
    assert locked.location == "/staff/accounts/sign-in?pressed=1&kept=1"
    assert "what you typed is not saved yet" in text(screen.open(locked.location))
    assert (rows(SessionNote), rows(NoteDraft)) == (0, 0)
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Robin").location == page
    shown = screen.open(page)
    assert SAID in text(shown)
    assert boxes(page, screen.browser) == WORDS
    again = hidden(shown) | {"formulation": WORDS, "plan": "Zq ring on Friday"}
    for _ in range(2):  # pressed twice, or once more after the back button
        assert screen.press(page, page, **again).status_code == 303
    assert rows(SessionNote) == 1
    assert kept() == []


@pytest.mark.hazard("H09")
def test_a_locked_request_gives_the_words_back_after_the_date_of_birth(asking: Screen) -> None:
    page = f"/join/{number_of('safe')}"
    locked = asking.leave_alone(page, answer="some_times", more="Zq only when  he is at work")
    assert locked.location == "/join/again?kept=1"
    asked = asking.open(locked.location)
    assert "what you pressed last is not saved yet" in text(asked)
    assert "Zq " not in asked.get_data(as_text=True)
    wrong = asking.prove("/join/again", **BORN_HERE | {"answer-day": "15"})
    assert wrong.status_code == 400
    assert "Zq " not in wrong.get_data(as_text=True)
    assert asking.prove("/join/again", **BORN_HERE).location == page
    shown = asking.open(page)
    assert SAID in text(shown)
    assert 'value="Zq only when  he is at work"' in shown.get_data(as_text=True)
    assert 'value="some_times" checked' in shown.get_data(as_text=True)
    asking.post(page, answer="some_times", more="Zq only when he is at work")
    assert kept() == []


@pytest.mark.hazard("H13")
def test_behind_a_link_what_was_chosen_is_not_shown_again_until_the_student_signs_in(
    screen: Screen, session: SessionFacts, link: Callable[[], str], therapist: Viewer
) -> None:
    screen.follow(link())
    page = f"/form/{session.id}/1"
    screen.post(f"/form/{session.id}")
    locked = screen.leave_alone(page, answer="3")
    assert locked.location == "/code/locked?pressed=1&kept=1"
    assert "Through the link you choose again" in text(screen.open(locked.location))
    assert screen.follow(link()).location == f"/form/{session.id}"
    shown = screen.open(f"/form/{session.id}")
    assert "It is not shown here, to keep it private" in text(shown)
    assert " checked" not in shown.get_data(as_text=True)
    assert "It is not shown here" not in text(screen.open(page))
    assert rows(Answer) == 0
    screen.sign_in(session.person_id)
    assert 'value="3" checked' in screen.open(page).get_data(as_text=True)
    student = Viewer(therapist.service_id, session.person_id, Role.STUDENT)
    assert rows(Answer) == 0  # and so nobody on the staff sees or is told anything
    assert measures.own_form(student, session.id, at=screen.clock.now()).given == {}


@pytest.mark.hazard("H13")
def test_somebody_else_who_proves_themselves_in_that_browser_sees_nothing(
    screen: Screen, session: SessionFacts, service_id: str
) -> None:
    staff(service_id, "Jo")
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/{session.person_id}/about"
    screen.leave_alone(page, access_needs="Zq stairs")
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Jo").location == "/staff"
    for path in (page, "/staff/accounts/words", "/staff/caseload"):
        assert "Zq " not in screen.open(path).get_data(as_text=True)
    assert len(kept()) == 1
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Robin").location == page
    assert "Zq stairs" in screen.open(page).get_data(as_text=True)


@pytest.mark.hazard("H09")
def test_a_form_that_is_gone_meanwhile_still_gives_the_words_to_read(
    screen: Screen, session: SessionFacts
) -> None:
    screen.sign_in(session.person_id)
    page = f"/form/{session.id}/talk"
    screen.leave_alone(page, words=WORDS)
    screen.sign_in(session.person_id)
    elsewhere = screen.open("/home")
    assert "what you wrote last was not saved. Read what you wrote" in text(elsewhere)
    assert "Zq " not in elsewhere.get_data(as_text=True)
    assert "Zq I keep thinking about <Tuesday> &" in text(screen.open("/code/words"))
    gone = screen.post("/code/words")
    assert gone.location == page
    assert kept() == []
    assert "Nothing is kept here" in text(screen.open("/code/words"))
    assert "Zq " not in screen.open(page).get_data(as_text=True)
