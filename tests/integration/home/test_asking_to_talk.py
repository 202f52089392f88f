""" "Ask my therapist to talk with me about this": one task that says only that, and when it is read."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.alerts import queries as alerts
from student_portal.alerts import service
from student_portal.audit.queries import machine
from student_portal.duty.models import Task
from student_portal.episodes import queries as episodes
from student_portal.episodes import service as booking
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Refused
from tests.support import care
from tests.support.asking import text
from tests.support.booked import Student
from tests.support.care import at
from tests.support.students import make_student

PAGE = "/help/talk"
SENTENCE = "Sam Ashby asked to talk about this next time."
ROW = "Ask my therapist to talk with me about this"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sam(desk: FlaskClient, service_id: str) -> Student:
    """Comes on Monday 7 December at 2pm; it is Monday 30 November, 10am. Their therapist is at the desk."""
    booking.set_up_programme(by=machine(service_id), at=clock.now())
    therapist = care.at_desk(desk)
    episode_id = care.in_therapy(therapist)
    booking.book(bookings=care.weekly(therapist, episode_id, at(12, 7)), by=therapist, at=clock.now())
    return Student(therapist, episode_id, episodes.episode(therapist, episode_id).person_id, "")


@pytest.fixture
def phone(app: Flask, sam: Student) -> FlaskClient:
    browser = app.test_client()
    care.on_phone(browser, sam.therapist.service_id, sam.person_id)
    return browser


def tasks() -> list[Task]:
    with db.read() as session:
        return list(session.exec(select(Task).where(Task.kind == "asked_to_talk").order_by(Task.id)))


@pytest.mark.hazard("H01")
def test_shown_first_sent_by_one_press_read_and_talked_about(
    phone: FlaskClient, desk: FlaskClient, sam: Student, portal: FrozenClock
) -> None:
    assert f'href="{PAGE}"' in phone.get("/help").text
    shown = text(phone.get(PAGE))
    assert f"This is all that is sent: “{SENTENCE}”" in shown
    assert "reads this today until 5pm" in shown
    assert tasks() == [], "looking sends nothing"

    stands = text(phone.post(PAGE, follow_redirects=True))
    assert "You asked on Monday 30 November at 10am. It stands. Nobody has read it yet." in stands
    assert "You asked to talk about it next time. It stands." in text(phone.get("/home"))
    assert "You asked on Monday 30 November at 10am" in text(phone.get("/help"))
    [task] = tasks()
    assert (task.owner_id, task.due_at) == (sam.therapist.person_id, at(11, 30, 14)), "four working hours"
    assert not task.note

    today = text(desk.get("/staff/caseload"))
    assert SENTENCE in today
    assert "Nothing was written, and it does not say why." in today
    assert "Nothing to read first" not in today
    page = f"/staff/caseload/{sam.person_id}"
    assert SENTENCE in text(desk.get(page))
    portal.move_to(at(11, 30, 11))
    assert desk.post(f"{page}/talk").location == page
    assert "Read today at 11am. It stands here until a session was held." in text(desk.get(page))
    assert SENTENCE not in text(desk.get("/staff/caseload"))
    read = "R. Okafor read it on Monday 30 November at 11am, and wants to talk about it with you next time."
    assert read in text(phone.get(PAGE))
    assert "Your therapist has read that you want to talk about it next time." in text(phone.get("/home"))

    portal.move_to(at(12, 7, 16))
    first = sam.sessions[0]
    booking.attended(session_id=first.id, seen_version=first.version, by=sam.therapist, at=clock.now())
    assert alerts.asked_to_talk(sam.viewer, sam.person_id) is None
    assert "This is all that is sent" in text(phone_again(phone, sam).get(PAGE))


def phone_again(phone: FlaskClient, sam: Student) -> FlaskClient:
    """Signed in anew, days later."""
    care.on_phone(phone, sam.therapist.service_id, sam.person_id)
    return phone


@pytest.mark.hazard("H22")
def test_pressing_again_changes_nothing_and_says_since_when(
    phone: FlaskClient, sam: Student, portal: FrozenClock
) -> None:
    phone.post(PAGE)
    portal.forward(minutes=5)
    for _ in range(2):
        again = phone.post(PAGE, follow_redirects=True)
    assert "You asked on Monday 30 November at 10am. It stands." in text(again)
    assert len(tasks()) == 1
    service.will_talk(person_id=sam.person_id, by=sam.therapist, at=clock.now())
    phone.post(PAGE)
    assert len(tasks()) == 1, "read, it still stands"


def test_taken_back_before_it_is_read_nobody_sees_it_and_after_it_is_read_it_stays(
    phone: FlaskClient, desk: FlaskClient, sam: Student
) -> None:
    phone.post(PAGE)
    back = phone.post(PAGE, data={"back": "1"}, follow_redirects=True)
    assert "This is all that is sent" in text(back)
    for path in ("/staff/caseload", f"/staff/caseload/{sam.person_id}"):
        seen = desk.get(path)
        assert (seen.status_code, SENTENCE in text(seen)) == (200, False)
    assert "asked to talk" not in text(phone.get("/home"))
    phone.post(PAGE)
    assert len(tasks()) == 2
    service.will_talk(person_id=sam.person_id, by=sam.therapist, at=clock.now())
    kept = phone.post(PAGE, data={"back": "1"}, follow_redirects=True)
    assert "wants to talk about it with you next time" in text(kept)


@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    ("moment", "words", "due"),
    [
        (at(12, 1, 2), "reads this today from 9am", at(12, 1, 13)),
        (at(12, 4, 18), "on Monday from 9am", at(12, 7, 13)),
        (at(12, 7, 13, 30), "You meet today at 2pm. There may be no time to read this", at(12, 7, 14)),
        (at(12, 25, 11), "You meet on Monday 28 December at 2pm.", at(12, 28, 14)),
    ],
)
def test_the_page_says_when_it_is_read_and_that_nobody_watches_it(
    phone: FlaskClient, sam: Student, portal: FrozenClock, moment: object, words: str, due: object
) -> None:
    portal.move_to(moment)
    page = text(phone_again(phone, sam).get(PAGE))
    assert words in page, page
    assert "Nobody watches this page." in page
    service.ask_to_talk(by=sam.viewer, at=clock.now())
    assert tasks()[0].due_at == due


def test_by_the_link_of_a_form_it_can_be_asked_too_but_not_on_a_lent_device(
    app: Flask, client: FlaskClient, sam: Student
) -> None:
    about = sam.sessions[0].id
    for proved_by, opens in (("link", True), ("here", False)):
        browser = app.test_client()
        secret = accounts.start_session(
            role=Role.LINK, person_id=sam.person_id, about=about, proved_by=proved_by,
            by=sam.viewer, at=clock.now(),
        )  # fmt: skip
        with browser.session_transaction("/") as cookie:
            cookie["secret"], cookie["seen"] = secret, int(clock.real().timestamp())
        help_page = browser.get("/help").text
        assert (f'href="{PAGE}"' in help_page) is opens
        if opens:
            assert browser.post(PAGE).status_code == 303
            assert len(tasks()) == 1


def test_who_has_no_therapist_has_nobody_to_ask(
    app: Flask, client: FlaskClient, sam: Student, portal: FrozenClock
) -> None:
    waiting = make_student("Jo Waits", address="+447700900199")
    viewer = care.on_phone(client, sam.therapist.service_id, waiting)
    assert ROW not in text(client.get("/help"))
    page = text(client.get(PAGE))
    assert "There is nobody to ask here yet" in page
    assert "0151 496 0000" in page
    assert client.post(PAGE).status_code == 303
    with pytest.raises(Refused, match="nobody"):
        service.ask_to_talk(by=viewer, at=clock.now())
    assert tasks() == []


def test_signed_out_the_row_says_the_same_to_everybody_and_leads_to_the_sign_in(
    client: FlaskClient, sam: Student
) -> None:
    assert f"{ROW} Sign in first." in text(client.get("/help")).replace("\n", " ")
    assert client.get(PAGE).location == "/code"
    assert client.post(PAGE).location == "/code/locked?pressed=1"


@pytest.mark.hazard("H01")
def test_a_course_does_not_end_while_nobody_has_read_it(sam: Student, portal: FrozenClock) -> None:
    service.ask_to_talk(by=sam.viewer, at=clock.now())
    episode = episodes.episode(sam.therapist, sam.episode_id)
    portal.move_to(at(12, 7, 16))
    for facts in sam.sessions[1:]:
        booking.cancel(
            session_id=facts.id, seen_version=facts.version, by_student=True, by=sam.therapist, at=clock.now()
        )
    first = sam.sessions[0]
    booking.attended(session_id=first.id, seen_version=first.version, by=sam.therapist, at=clock.now())
    end = {"episode_id": sam.episode_id, "seen_version": episode.version, "by": sam.therapist}
    with pytest.raises(Refused, match="unread"):
        booking.complete(**end, at=clock.now())
    service.will_talk(person_id=sam.person_id, by=sam.therapist, at=clock.now())
    booking.complete(**end, at=clock.now())
    assert alerts.whom_to_ask(sam.viewer, sam.person_id, at=clock.now() + timedelta(minutes=1)) is None


@pytest.mark.hazard("H02")
def test_only_whoever_may_open_the_record_can_say_it_was_read(client: FlaskClient, sam: Student) -> None:
    service.ask_to_talk(by=sam.viewer, at=clock.now())
    care.at_desk(client, "J. Other")
    assert client.post(f"/staff/caseload/{sam.person_id}/talk").status_code == 404
    assert tasks()[0].done_at is None
