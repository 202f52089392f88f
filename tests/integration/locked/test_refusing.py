"""What is never kept, by whom it is never kept, and for how long the rest is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal import worker
from student_portal.access.queries import LENT, Role, Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.caseload.models import SessionNote
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.referral.questions import number_of
from student_portal.settings import queries as settings
from tests.integration.locked.conftest import BORN_HERE, Screen, kept
from tests.support.asking import ANSWERS, Asking, hidden, text

WORDS = "Zq words that nobody may find"


def talk(session: SessionFacts) -> str:
    return f"/form/{session.id}/talk"


@pytest.fixture
def student(screen: Screen, session: SessionFacts) -> Screen:
    screen.sign_in(session.person_id)
    return screen


def test_what_is_kept_stands_sealed_and_in_no_address_cookie_or_log(
    student: Screen, session: SessionFacts, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = student.leave_alone(talk(session), words=WORDS)
    (row,) = kept()
    assert WORDS.encode() not in row.posted_sealed
    assert dict(row.posted["fields"])["words"] == WORDS
    assert row.owner == session.person_id
    assert "csrf_token" not in dict(row.posted["fields"])
    student.sign_in(session.person_id)
    student.open(talk(session))
    cookies = str([cookie.value for cookie in student.browser._cookies.values()])
    printed = "".join(capsys.readouterr())
    assert "Zq words" not in f"{locked.location} {cookies} {printed}"


@pytest.mark.parametrize("token", ["", "forged", "none"])
def test_without_a_genuine_token_nothing_is_kept(student: Screen, session: SessionFacts, token: str) -> None:
    student.clock.forward(minutes=16)
    fields = {"words": WORDS} | ({} if token == "none" else {"csrf_token": token})
    answer = student.press(talk(session), talk(session), **fields)
    assert answer.location == "/code/locked?pressed=1"
    assert "What you wrote or pressed last was not saved" in text(student.open(answer.location))
    assert kept() == []


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("way_out", ["/exit", "/code/locked", "sign out"])
def test_a_session_that_was_ended_keeps_nothing(student: Screen, session: SessionFacts, way_out: str) -> None:
    """As in a second tab after Exit was pressed in the first, although the old cookie is sent once more."""
    page = talk(session)
    with student.browser.session_transaction() as cookie:
        held = dict(cookie)
    if way_out == "sign out":
        student.post("/home", "/code/out")
    else:
        student.open(way_out)
    with student.browser.session_transaction() as cookie:
        cookie.update(held)
    answer = student.press(page, page, csrf_token=_token(student), words=WORDS)
    assert answer.location == "/code/locked?pressed=1"
    assert kept() == []


def _token(screen: Screen) -> str:
    """One that is genuine for this browser's cookie."""
    return hidden(screen.browser.get("/code"))["csrf_token"]


def test_a_browser_in_which_nobody_stood_keeps_nothing(screen: Screen, session: SessionFacts) -> None:
    screen.press(talk(session), talk(session), csrf_token=_token(screen), words=WORDS)
    assert kept() == []


def test_a_device_that_was_lent_keeps_nothing(screen: Screen, session: SessionFacts) -> None:
    by = machine(settings.service_id())
    secret = accounts.start_session(
        role=Role.LINK, person_id=session.person_id, about=session.id, proved_by="here", by=by, at=clock.now()
    )
    with screen.browser.session_transaction() as cookie:
        cookie["secret"] = secret
    screen.post(f"/form/{session.id}")
    screen.leave_alone(f"/form/{session.id}/1", answer="3")
    assert kept() == []


def test_a_page_that_was_never_theirs_to_post_to_keeps_nothing(
    screen: Screen, session: SessionFacts, link: Callable[[], str]
) -> None:
    screen.follow(link())
    screen.leave_alone(f"/form/{session.id}", "/choices", scope="sms", decision="given")
    assert kept() == []


def test_it_goes_after_an_hour_by_the_worker_and_is_shown_to_nobody_before_that_round(
    student: Screen, session: SessionFacts
) -> None:
    student.leave_alone(talk(session), words=WORDS)
    student.clock.forward(minutes=59)
    worker.tick(clock.now(), {})
    assert len(kept()) == 1
    student.clock.forward(minutes=1)
    assert student.sign_in(session.person_id).location == "/home"
    assert "Zq " not in student.open(talk(session)).get_data(as_text=True)
    worker.tick(clock.now(), {})
    assert kept() == []


def test_more_than_any_form_holds_is_refused_whole_and_said_to_be_lost(
    student: Screen, session: SessionFacts
) -> None:
    answer = student.leave_alone(talk(session), words="z" * 20_000)
    assert answer.location == "/code/locked?pressed=1"
    assert "What you wrote or pressed last was not saved" in text(student.open(answer.location))
    assert kept() == []


def test_an_unsent_request_keeps_less(asking: Screen) -> None:
    page = f"/join/{number_of('safe')}"
    answer = asking.leave_alone(page, answer="some_times", more="z" * 4_000)
    assert answer.location == "/join"
    assert kept() == []


def test_a_screen_that_was_left_half_a_day_ago_keeps_nothing(student: Screen, session: SessionFacts) -> None:
    answer = student.leave_alone(talk(session), minutes=12 * 60, words=WORDS)
    assert answer.location == "/code/locked?pressed=1"
    assert kept() == []


def test_a_member_of_staff_whose_working_day_is_over_leaves_nothing(
    screen: Screen, session: SessionFacts
) -> None:
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/{session.person_id}/about"
    for _ in range(71):
        screen.clock.forward(minutes=10)
        screen.open(page)
    answer = screen.leave_alone(page, access_needs=WORDS)
    assert answer.location == "/staff/accounts/sign-in?pressed=1"
    assert kept() == []


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("path", ["/exit", "/code/locked", "/staff/caseload", "/nowhere", "/choices"])
def test_nobody_is_led_back_to_a_page_that_is_not_theirs_alone(
    screen: Screen, session: SessionFacts, link: Callable[[], str], path: str
) -> None:
    screen.follow(link())
    screen.post(f"/form/{session.id}")
    fields = hidden(screen.browser.get(f"/form/{session.id}/1")) | {"answer": "3"}
    screen.clock.forward(minutes=16)
    screen.press(path, f"/form/{session.id}/1", **fields)
    assert [row.posted["page"] for row in kept()] == [f"/form/{session.id}/1"]


@pytest.mark.hazard("H13")
def test_whoever_holds_a_lent_device_is_told_nothing_of_its_owner(
    screen: Screen, session: SessionFacts, therapist: Viewer
) -> None:
    screen.sign_in_staff("Robin")
    screen.leave_alone(f"/staff/caseload/{session.person_id}/about", access_needs=WORDS)
    mine = replace(therapist, session_id="x")
    assert people.locked_words(mine)
    assert people.locked_words(replace(mine, role=LENT)) is None


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("path", ["/", "/help", "/help/talk", "/help/numbers", "/who", "/exit/more"])
def test_help_and_the_pages_for_everybody_say_nothing_of_it(
    student: Screen, session: SessionFacts, path: str
) -> None:
    student.leave_alone(talk(session), words=WORDS)
    student.sign_in(session.person_id)
    assert "The screen had locked" not in text(student.open(path))
    assert "The screen had locked" in text(student.open("/dates"))


def test_an_address_that_is_none_of_ours_still_has_its_page(student: Screen, session: SessionFacts) -> None:
    student.leave_alone(talk(session), words=WORDS)
    student.sign_in(session.person_id)
    assert "There is no page here" in text(student.open("/nowhere"))


def test_handing_words_over_is_no_use_of_the_page(student: Screen, session: SessionFacts) -> None:
    page = talk(session)
    fields = hidden(student.browser.get(page)) | {"words": WORDS}
    student.clock.forward(minutes=10)
    student.browser.post(page, data=fields, headers={"X-Locked": "1"})
    student.clock.forward(minutes=6)
    assert student.browser.get(page).location == "/code"


def test_the_newest_form_takes_the_place_of_the_one_before(student: Screen, session: SessionFacts) -> None:
    student.leave_alone(talk(session), words="Zq first")
    student.sign_in(session.person_id)
    student.leave_alone(talk(session), words="Zq second")
    assert [dict(row.posted["fields"])["words"] for row in kept()] == ["Zq second"]


def test_looking_at_the_words_changes_nothing(student: Screen, session: SessionFacts) -> None:
    student.leave_alone(talk(session), words=WORDS)
    student.sign_in(session.person_id)
    before = [row.model_dump() for row in kept()]
    for _ in range(2):
        for page in (talk(session), "/home", "/code/words"):
            student.open(page)
    assert [row.model_dump() for row in kept()] == before


def test_what_proves_who_somebody_is_is_never_kept(student: Screen, session: SessionFacts) -> None:
    born = {"now-born-day": "17", "now-born-month": "5", "now-born-year": "2004"}
    answer = student.leave_alone("/code/pin", pin="730164", again="730164", **born)
    assert answer.location == "/code/locked?pressed=1"
    assert kept() == []


def test_nor_a_date_of_birth_or_a_code_in_a_request_for_support(asking: Screen, app: Flask) -> None:
    page = f"/join/{number_of('born')}"
    assert asking.leave_alone(page, **ANSWERS["born"]).location == "/join"
    asking.prove("/join/again", **BORN_HERE)
    page = f"/join/{number_of('code')}"
    assert asking.leave_alone(f"/join/{number_of('safe')}", page, answer="730164").location == "/join"
    assert kept() == []


def test_nor_a_request_that_no_date_of_birth_opens(app: Flask, screen: Screen) -> None:
    app.config.update(WTF_CSRF_ENABLED=False)
    Asking(screen.browser, "").start()
    app.config.update(WTF_CSRF_ENABLED=True)
    assert screen.leave_alone(f"/join/{number_of('name')}", answer="Zq Sam").location == "/join"
    assert kept() == []


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("how", ["deleted", "begun afresh", "forgotten"])
def test_with_a_request_goes_what_was_kept_for_it(asking: Screen, how: str) -> None:
    asking.leave_alone(f"/join/{number_of('safe')}", answer="some_times", more=WORDS)
    asking.prove("/join/again", **BORN_HERE)
    assert len(kept()) == 1
    if how == "deleted":
        asking.post("/join/later", "/join/delete")
    elif how == "begun afresh":
        asking.post("/join")
    else:
        asking.clock.forward(minutes=30)
        asking.clock.move_to(clock.now().replace(year=2027))
        worker.tick(clock.now(), {})
    assert kept() == []


def test_a_page_whose_script_locks_it_hands_over_the_words_and_does_nothing_with_them(
    screen: Screen, session: SessionFacts
) -> None:
    screen.sign_in_staff("Robin")
    page = f"/staff/caseload/notes/{session.id}"
    fields = hidden(screen.browser.get(page)) | {"formulation": WORDS, "plan": ""}
    here = {"Referer": f"http://localhost{page}", "X-Locked": "1"}
    assert screen.browser.post(page, data=fields, headers=here).status_code == 204
    with db.read() as unit:
        assert unit.exec(select(SessionNote)).all() == []
    screen.clock.forward(minutes=1)
    assert screen.sign_in_staff("Robin").location == page
    assert WORDS in screen.open(page).get_data(as_text=True)
    nobody: FlaskClient = screen.browser.application.test_client()
    assert nobody.post(page, data=fields, headers=here).status_code == 409
