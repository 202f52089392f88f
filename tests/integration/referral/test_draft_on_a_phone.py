"""A draft on a phone that somebody else may pick up: kept, locked, opened by date of birth, deleted."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.referral import service
from student_portal.referral.models import ReferralDraft
from student_portal.referral.questions import number_of
from tests.support.asking import ANSWERS, Asking, text

pytestmark = pytest.mark.one_database

WRONG = {"answer-day": "15", "answer-month": "5", "answer-year": "2005"}


def close_browser(browser: FlaskClient) -> None:
    """The session's cookie goes; the draft's stays for 14 days."""
    browser.delete_cookie("portal")


def drafts() -> list[ReferralDraft]:
    with db.read() as session:
        return list(session.exec(select(ReferralDraft)))


@pytest.fixture
def begun(asking: Asking) -> Asking:
    asking.start()
    for key in ("name", "born", "institution", "contact"):
        asking.answer(key)
    return asking


@pytest.mark.hazard("H09")
def test_a_draft_survives_closing_the_browser(begun: Asking) -> None:
    close_browser(begun.browser)
    page = begun.browser.get("/join")
    assert "Carry on where you stopped" in text(page)
    opened = begun.browser.post("/join/again", data=ANSWERS["born"])
    assert opened.location == f"/join/{number_of('safe')}"
    assert 'value="Sam"' in begun.open("name").get_data(as_text=True)


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("how", ["closed", "idle", "left", "exit"])
def test_a_locked_draft_shows_nothing_before_date_of_birth(
    begun: Asking, portal: FrozenClock, how: str
) -> None:
    if how == "closed":
        close_browser(begun.browser)
    elif how == "idle":
        portal.forward(minutes=16)
    elif how == "exit":
        begun.browser.get("/exit")
    else:
        begun.browser.post("/join/later")
    for path in ("/join", "/join/again", "/join/1", "/join/4", "/join/check", "/join/later", "/join/sent"):
        page = begun.browser.get(path, follow_redirects=True)
        assert page.status_code == 200
        assert not re.search(r"\bSam\b", text(page))
        assert "07700 900142" not in text(page)
    onward = "/join/again?kept=1" if how == "idle" else "/join"
    assert begun.answer("contact", answer="07700 900199").location == onward
    assert drafts()[0].answers["contact"]["shown"] == "07700 900142"


@pytest.mark.hazard("H13")
def test_a_wrong_date_of_birth_opens_nothing_and_five_close_it_for_an_hour(
    begun: Asking, portal: FrozenClock
) -> None:
    close_browser(begun.browser)
    for _ in range(5):
        page = begun.browser.post("/join/again", data=WRONG)
        assert page.status_code == 400
        assert text(page).count("That is not the date of birth that was given here") == 2
    page = begun.browser.post("/join/again", data=ANSWERS["born"])
    assert page.status_code == 429
    assert "Nothing is lost" in text(page)
    portal.forward(minutes=61)
    assert begun.browser.post("/join/again", data=ANSWERS["born"]).status_code == 303


@pytest.mark.hazard("H13")
def test_nor_to_somebody_who_tries_five_dates_an_hour_day_and_night(
    begun: Asking, portal: FrozenClock
) -> None:
    portal.forward(minutes=15)
    for _ in range(3):
        for _ in range(5):
            begun.browser.post("/join/again", data=WRONG)
        portal.forward(hours=1)
    page = begun.browser.post("/join/again", data=ANSWERS["born"])
    assert page.status_code == 429
    assert "This stays locked for some days" in text(page)
    portal.forward(days=7)
    assert begun.browser.post("/join/again", data=ANSWERS["born"]).status_code == 303


def test_a_date_that_cannot_be_is_not_counted_as_a_try(begun: Asking) -> None:
    close_browser(begun.browser)
    for _ in range(8):
        assert begun.browser.post("/join/again", data={"answer-day": "x"}).status_code == 400
    assert begun.browser.post("/join/again", data=ANSWERS["born"]).status_code == 303


@pytest.mark.hazard("H13")
def test_before_date_of_birth_a_closed_draft_starts_afresh(asking: Asking) -> None:
    asking.start()
    asking.answer("name")
    close_browser(asking.browser)
    assert "Carry on" not in text(asking.browser.get("/join"))
    assert asking.browser.get("/join/again").location == "/join"
    asking.start()
    assert [draft.answers for draft in drafts()] == [{}]


def test_starting_afresh_destroys_what_was_there(begun: Asking) -> None:
    close_browser(begun.browser)
    assert "deleted for good" in text(begun.browser.get("/join"))
    begun.start()
    assert [draft.answers for draft in drafts()] == [{}]


def test_a_student_can_delete_what_they_wrote(begun: Asking) -> None:
    assert "Delete what I wrote" in text(begun.browser.get("/join/later"))
    page = begun.browser.post("/join/delete", follow_redirects=True)
    assert "What you wrote is deleted" in text(page)
    assert drafts() == []
    assert begun.browser.get_cookie("draft") is None
    assert "Carry on" not in text(begun.browser.get("/join"))


def test_stopping_says_what_is_kept_and_how_to_come_back(begun: Asking) -> None:
    page = text(begun.browser.get("/join/later"))
    assert "Your answers are saved. Nothing was sent, and nobody has read them." in page
    assert "within 14 days" in page


def test_stopping_before_date_of_birth_says_that_it_cannot_be_kept(asking: Asking) -> None:
    asking.start()
    asking.answer("name")
    assert "without it this cannot be opened again" in text(asking.browser.get("/join/later"))


def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(asking: Asking) -> None:
    header = " ".join(asking.start().headers.getlist("Set-Cookie"))
    cookie = asking.browser.get_cookie("draft")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.max_age == 14 * 24 * 3600
    assert "SameSite=Lax" in header
    assert drafts()[0].id not in cookie.value


def test_somebody_elses_cookie_value_opens_nothing(begun: Asking) -> None:
    close_browser(begun.browser)
    begun.browser.set_cookie("draft", "a" * 26)
    assert begun.browser.get("/join/again").location == "/join"


@pytest.mark.hazard("H13")
def test_a_draft_is_destroyed_fourteen_days_after_the_last_answer(
    begun: Asking, portal: FrozenClock, service_id: str
) -> None:
    by = machine(service_id)
    portal.forward(days=13)
    assert service.destroy_old_drafts(by=by, at=clock.now()) == 0
    portal.forward(days=1)
    assert service.destroy_old_drafts(by=by, at=clock.now()) == 1
    assert drafts() == []
    assert begun.browser.get("/join/again").location == "/join"
