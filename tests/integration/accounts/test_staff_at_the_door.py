"""Staff sign in with three things on one page; whatever is wrong, the answer is one and the same."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.accounts.models import StaffAccount
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db, passwords
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries as settings
from tests.support.asking import text
from tests.support.students import make_student, sign_in

PASSWORD = "a long enough passphrase"
SECRET = passwords.new_totp_secret()
DOOR = "/staff/accounts/sign-in"


@pytest.fixture
def robin(service_id: str) -> str:
    """A therapist with an account."""
    return accounts.create_staff(
        name="Robin Hale",
        email="Robin.Hale@example.com",
        password=PASSWORD,
        role=Role.THERAPIST,
        totp=SECRET,
        by=machine(service_id),
        at=clock.now(),
    )


def knock(browser: FlaskClient, **changed: str) -> object:
    given = {
        "email": "robin.hale@example.com",
        "password": PASSWORD,
        "code": passwords.totp_now(SECRET),
        **changed,
    }
    return browser.post(DOOR, data=given)


def test_the_three_together_lead_to_the_first_page_of_the_role(client: FlaskClient, robin: str) -> None:
    assert knock(client).location == "/staff"
    assert client.get("/staff").location == "/staff/caseload"


def test_the_page_that_was_wanted_comes_back_and_another_host_does_not(
    client: FlaskClient, robin: str, portal: FrozenClock
) -> None:
    asked = client.get("/staff/caseload")
    assert asked.location == f"{DOOR}?next=/staff/caseload"
    assert 'value="/staff/caseload"' in client.get(asked.location).get_data(as_text=True)
    assert knock(client, next="/staff/caseload/students").location == "/staff/caseload/students"
    portal.forward(minutes=1)
    assert knock(client, next="//evil.example/staff").location == "/staff"


def test_whatever_is_wrong_the_answer_is_the_same(client: FlaskClient, robin: str) -> None:
    wrong = [
        {"email": "nobody@example.com"},
        {"password": "not the passphrase"},
        {"code": "000000"},
        {"email": "nobody@example.com", "password": "x", "code": "000000"},
    ]
    pages = [knock(client, **changed) for changed in wrong]
    assert {page.status_code for page in pages} == {400}
    assert len({text(page) for page in pages}) == 1
    assert "do not fit together" in text(pages[0])
    assert PASSWORD not in pages[0].get_data(as_text=True)


def test_the_same_six_digits_do_not_work_twice(client: FlaskClient, robin: str, portal: FrozenClock) -> None:
    assert knock(client).status_code == 303
    client.post("/staff/accounts/out")
    assert knock(client).status_code == 400
    portal.forward(seconds=30)
    assert knock(client).status_code == 303


def test_after_ten_wrong_tries_even_the_right_three_wait_a_quarter_of_an_hour(
    client: FlaskClient, robin: str, portal: FrozenClock
) -> None:
    for _ in range(10):
        knock(client, password="guess")
    assert knock(client).status_code == 400
    portal.forward(minutes=15)
    assert knock(client).status_code == 303


def test_a_closed_account_neither_signs_in_nor_stays_in(
    client: FlaskClient, robin: str, portal: FrozenClock
) -> None:
    knock(client)
    with db.write() as session:
        session.exec(select(StaffAccount)).one().disabled_at = clock.now()
    assert client.get("/staff").status_code == 303
    assert client.get("/staff").location.startswith(DOOR)
    portal.forward(minutes=1)
    assert knock(client).status_code == 400


def test_staff_are_signed_out_after_a_quarter_of_an_hour_idle_and_after_twelve_hours_busy(
    client: FlaskClient, robin: str, portal: FrozenClock
) -> None:
    knock(client)
    for _ in range(12 * 6 - 1):
        portal.forward(minutes=10)
        assert client.get("/staff").location == "/staff/caseload"
    portal.forward(minutes=10)
    assert client.get("/staff").location.startswith(DOOR)

    portal.forward(minutes=1)
    knock(client)
    portal.forward(minutes=15)
    assert client.get("/staff").location.startswith(DOOR)


def test_moving_the_services_clock_signs_nobody_out(
    client: FlaskClient, robin: str, portal: FrozenClock
) -> None:
    knock(client)
    portal.move_to(clock.now().replace(year=2027))
    assert client.get("/staff").location == "/staff/caseload"


def test_one_browser_can_be_a_student_and_staff_and_leave_one_side_only(
    client: FlaskClient, robin: str
) -> None:
    make_student()
    knock(client)
    sign_in(client)
    client.post("/staff/accounts/out")
    assert client.get("/staff").location.startswith(DOOR)
    assert client.get("/home").status_code == 200


def test_ending_every_session_of_somebody_ends_them_at_once(client: FlaskClient, robin: str) -> None:
    knock(client)
    accounts.end_all(person_id=robin, by=machine(settings.service_id()), at=clock.now())
    assert client.get("/staff").location.startswith(DOOR)
