"""Somebody patient tries five birthdays an hour, day and night, for as long as a link is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from tests.integration.accounts.test_links import make_link
from tests.integration.accounts.test_pin import NOW_BORN, PIN, by_code
from tests.support import care
from tests.support.asking import text
from tests.support.students import BORN, BORN_TYPED, make_student, sign_in

WRONG = {**BORN_TYPED, "born-day": "18"}
SHUT = "This way is closed for some days"

Knock = Callable[[dict[str, str]], TestResponse]


def patiently(knock: Knock, portal: FrozenClock, *, times: int = 15) -> None:
    """So many wrong ones, an hour's rest after each five."""
    for tried in range(times):
        if tried and tried % 5 == 0:
            portal.forward(hours=1)
        assert knock(WRONG).status_code == 400
    portal.forward(hours=1)


def at_a_link(browser: FlaskClient, token: str) -> Knock:
    def knock(data: dict[str, str]) -> TestResponse:
        browser.post(f"/l/{token}")
        return browser.post("/code/proof", data=data)

    return knock


@pytest.mark.hazard("H13")
def test_a_link_listens_to_fifteen_wrong_dates_in_a_week_and_then_to_none(
    client: FlaskClient, portal: FrozenClock
) -> None:
    knock = at_a_link(client, make_link(make_student(), days=30))
    patiently(knock, portal)
    shut = knock(BORN_TYPED)
    assert shut.status_code == 429
    assert SHUT in text(shut)
    assert "closed for an hour" not in text(shut)
    assert 'href="tel:999"' in shut.text
    assert "sign in with a code instead" in text(shut)
    assert sign_in(client.application.test_client()).location == "/home", "the other way in stays open"
    portal.forward(days=7)
    assert knock(BORN_TYPED).location.startswith("/form/")


@pytest.mark.hazard("H13")
def test_so_does_a_phone_that_gets_the_codes(client: FlaskClient, portal: FrozenClock) -> None:
    make_student()

    def knock(data: dict[str, str]) -> TestResponse:
        answer = client.post("/code/proof", data=data)
        if answer.status_code != 303:
            return answer
        by_code(client)  # the last one is too old
        return client.post("/code/proof", data=data)

    patiently(knock, portal)
    by_code(client)
    assert SHUT in text(client.post("/code/proof", data=BORN_TYPED))


@pytest.mark.hazard("H13")
def test_so_does_a_phone_that_was_left_signed_in(client: FlaskClient, portal: FrozenClock) -> None:
    make_student()
    new = {"pin": PIN, "again": PIN}

    def knock(data: dict[str, str]) -> TestResponse:
        return client.post("/code/pin", data={**{f"now-{name}": part for name, part in data.items()}, **new})

    for _ in range(3):
        sign_in(client)
        for _ in range(5):
            assert "That does not match" in text(knock(WRONG))
        portal.forward(hours=1)
    sign_in(client)
    page = client.post("/code/pin", data={**NOW_BORN, **new})
    assert "There were many tries that did not match" in text(page)
    assert "In the last week 15 tries did not match" in text(client.get("/code/pin"))


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client)


def back_at_desk(browser: FlaskClient, therapist: Viewer) -> None:
    """Signed in anew, hours later."""
    secret = accounts.start_session(
        role=Role.THERAPIST,
        person_id=therapist.person_id,
        about=None,
        proved_by="password",
        by=machine(therapist.service_id),
        at=clock.now(),
    )
    with browser.session_transaction("/staff/") as cookie:
        cookie["secret"] = secret


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("has_pin", [False, True])
def test_their_therapist_is_told_and_lets_them_try_again(
    client: FlaskClient, therapist: Viewer, portal: FrozenClock, has_pin: bool
) -> None:
    person_id = care.sessions(therapist, care.in_therapy(therapist))[0].person_id
    record = f"/staff/caseload/{person_id}"
    assert "did not match" not in text(client.get(record))
    if has_pin:
        student = care.as_student(therapist.service_id, person_id)
        accounts.set_pin(pin=PIN, said=BORN, by=student, at=clock.now())
    phone = client.application.test_client()
    link = accounts.make_link(
        person_id=person_id,
        about="session",
        target="/form/session",
        closes_at=clock.now() + timedelta(days=9),
        by=machine(therapist.service_id),
        at=clock.now(),
    )
    knock = at_a_link(phone, link)
    wrong = {"pin": "864209"} if has_pin else WRONG
    for _ in range(3):
        for _ in range(5):
            assert knock(wrong).status_code == 400
        portal.forward(hours=1)
    back_at_desk(client, therapist)
    told = text(client.get(record))
    assert "15 tries to open this student's pages did not match" in told
    remove = f"/staff/accounts/pin/{person_id}"
    assert "ask, alone with them, whether it was them" in text(client.get(remove))
    other = care.therapist(therapist.service_id, "J. Bright")
    with pytest.raises(NotFound):
        accounts.remove_pin(person_id=person_id, by=other, at=clock.now())
    assert client.post(remove).location == record
    assert "did not match" not in text(client.get(record))
    assert knock(BORN_TYPED).location == "/form/session"
