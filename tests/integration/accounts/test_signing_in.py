"""A student signs in with a code and a date of birth, and nobody learns who else could."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.accounts import queries
from student_portal.accounts.models import Attempt
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.models import OutboundMessage
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings
from tests.support.asking import text
from tests.support.students import BORN_TYPED, NUMBER, code_in, make_student, sign_in, type_code


def codes_waiting() -> list[str]:
    """To whom codes are on their way."""
    with db.read() as session:
        rows = session.exec(select(OutboundMessage).where(OutboundMessage.kind == "code")).all()
        return [row.address for row in rows if row.state == "queued"]


def test_a_code_and_a_date_of_birth_lead_home(client: FlaskClient) -> None:
    make_student()
    asked = client.post("/code", data={"where": "07700 900142"})
    assert asked.location == "/code/enter"
    assert codes_waiting() == [NUMBER]

    assert type_code(client).location == "/code/proof"
    proved = client.post("/code/proof", data=BORN_TYPED)
    assert proved.location == "/home"
    assert "Hello, Sam Ashby" in text(client.get("/home"))


def test_every_proof_brings_a_new_secret_and_signing_out_ends_it(client: FlaskClient) -> None:
    make_student()
    sign_in(client)
    with client.session_transaction() as cookie:
        first = dict(cookie)
    sign_in(client)
    with client.session_transaction() as cookie:
        assert cookie["secret"] != first["secret"]

    stolen = client.application.test_client()
    with stolen.session_transaction() as cookie:
        cookie.update(first)
    assert stolen.get("/home").location == "/code"

    assert client.post("/code/out").location == "/"
    assert client.get("/home").location == "/code"


@pytest.mark.hazard("H14")
def test_an_unknown_number_gets_the_same_pages_and_no_code(client: FlaskClient) -> None:
    make_student()
    stranger = client.application.test_client()
    known = client.post("/code", data={"where": "07700 900142"})
    unknown = stranger.post("/code", data={"where": "07700 900999"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert codes_waiting() == [NUMBER]

    assert text(client.get("/code/enter")) == text(stranger.get("/code/enter"))
    for _ in range(6):
        mine, theirs = type_code(client, "000000"), type_code(stranger, "000000")
        assert mine.status_code == theirs.status_code == 400
        assert text(mine) == text(theirs)
    assert "does not work any more" in text(theirs)


@pytest.mark.hazard("H24")
def test_a_number_that_said_stop_gets_no_code_and_the_page_says_what_to_do(client: FlaskClient) -> None:
    make_student()
    by = machine(settings.service_id())
    messaging.stop(channel=Channel.SMS, address=NUMBER, reason="stop", by=by, at=clock.now())
    client.post("/code", data={"where": "07700 900142"})
    assert codes_waiting() == []
    page = text(client.get("/code/enter"))
    assert "replied STOP" in page
    assert "e-mail address" in page
    assert "0151 496 0000" in page


def test_a_wrong_code_can_be_tried_again_and_an_old_one_says_so(
    client: FlaskClient, portal: FrozenClock
) -> None:
    make_student()
    client.post("/code", data={"where": "07700 900142"})
    assert "not the code in the newest message" in text(type_code(client, "000000"))
    portal.forward(minutes=10)
    assert "does not work any more" in text(type_code(client, "123456"))


def test_asking_again_makes_the_earlier_code_useless(client: FlaskClient) -> None:
    make_student()
    client.post("/code", data={"where": "07700 900142"})
    earlier = code_in(client)
    client.post("/code", data={"where": "07700 900142"})
    assert not queries.code_is_live(earlier)
    assert codes_waiting() == [NUMBER]


def test_the_fourth_code_in_a_quarter_of_an_hour_has_to_wait(
    client: FlaskClient, portal: FrozenClock
) -> None:
    for where in ("07700 900142", "07700 900999"):  # a student's number or nobody's
        browser = client.application.test_client()
        for _ in range(3):
            assert browser.post("/code", data={"where": where}).status_code == 303
        refused = browser.post("/code", data={"where": where})
        assert refused.status_code == 429
        assert "Please wait a little" in text(refused)
        assert "0151 496 0000" in text(refused)
    portal.forward(minutes=15)
    assert client.post("/code", data={"where": "07700 900142"}).status_code == 303


def test_five_wrong_dates_of_birth_close_the_door_for_an_hour(
    client: FlaskClient, portal: FrozenClock
) -> None:
    make_student()
    client.post("/code", data={"where": "07700 900142"})
    type_code(client)
    wrong = {**BORN_TYPED, "born-year": "2003"}
    for _ in range(5):
        assert "That does not match" in text(client.post("/code/proof", data=wrong))
    closed = client.post("/code/proof", data=BORN_TYPED)
    assert closed.status_code == 429
    assert "closed for an hour" in text(closed)

    portal.forward(minutes=61)
    assert sign_in(client).location == "/home"


def test_two_people_on_one_phone_are_told_apart_by_date_of_birth(client: FlaskClient) -> None:
    make_student("Alex Ashby", born=date(2003, 1, 2))
    make_student("Sam Ashby")
    sign_in(client)
    assert "Hello, Sam Ashby" in text(client.get("/home"))


@pytest.mark.hazard("H02")
def test_people_who_share_phone_and_birthday_are_not_mistaken_for_each_other(client: FlaskClient) -> None:
    make_student("Alex Ashby")
    make_student("Sam Ashby")
    assert "That does not match" in text(sign_in(client))


def test_somebody_who_asked_twice_gets_their_newest_record(client: FlaskClient) -> None:
    make_student("Sam Ashby")
    make_student("sam ashby")
    sign_in(client)
    assert "Hello, sam ashby" in text(client.get("/home"))


def test_what_was_typed_wrong_is_said_in_a_sentence_and_kept(client: FlaskClient) -> None:
    page = client.post("/code", data={"where": "0151 496 0000"})
    assert page.status_code == 400
    assert "Texts do not reach this number" in text(page)
    assert 'value="0151 496 0000"' in page.get_data(as_text=True)
    assert "<title>Error: Sign in - Student portal</title>" in page.get_data(as_text=True)


def test_a_page_in_the_middle_leads_to_the_beginning(client: FlaskClient) -> None:
    assert client.get("/code/enter").location == "/code"
    assert client.post("/code/enter", data={"digits": "123456"}).location == "/code"
    assert client.get("/code/proof").location == "/code"
    assert client.get("/home").location == "/code"


def test_a_screen_left_alone_is_locked_and_says_that_nothing_is_lost(
    client: FlaskClient, portal: FrozenClock
) -> None:
    make_student()
    sign_in(client)
    portal.forward(minutes=14)
    assert client.get("/home").status_code == 200
    portal.forward(minutes=15)
    assert client.get("/home").location == "/code"

    sign_in(client)
    page = client.get("/code/locked")
    assert "What was saved before is still saved" in text(page)
    assert client.get("/home").location == "/code"


def test_exit_locks_what_was_open(client: FlaskClient) -> None:
    make_student()
    sign_in(client)
    assert client.get("/exit").status_code == 200
    assert client.get("/home").location == "/code"


def test_limits_are_counted_without_keeping_the_number(client: FlaskClient) -> None:
    client.post("/code", data={"where": "07700 900142"})
    with db.read() as session:
        marks = [row.key_index for row in session.exec(select(Attempt))]
    assert marks
    assert not any(b"900142" in mark for mark in marks)
