"""A link in a text: opening it does nothing, Continue asks who you are, and it serves one thing only."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from student_portal.access.queries import Role
from student_portal.accounts import queries
from student_portal.accounts import service as accounts
from student_portal.audit.queries import Actor, about, machine
from student_portal.foundation import clock, db, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries as settings
from tests.support.asking import text
from tests.support.students import BORN_TYPED, make_student, sign_in

FORM = ids.new()


def worker() -> Actor:
    return machine(settings.service_id())


def make_link(person_id: str, *, form: str = FORM, days: int = 4) -> str:
    """The token that would stand in the text."""
    return accounts.make_link(
        person_id=person_id,
        about=form,
        target=f"/form/{form}",
        closes_at=clock.now() + timedelta(days=days),
        by=worker(),
        at=clock.now(),
    )


def follow(browser: FlaskClient, token: str) -> object:
    """Continue, then the date of birth."""
    browser.post(f"/l/{token}")
    return browser.post("/code/proof", data=BORN_TYPED)


@pytest.mark.hazard("H13")
def test_opening_a_link_asks_the_database_nothing_and_says_nothing(client: FlaskClient) -> None:
    token = make_link(make_student())
    client.get("/who")  # whatever a first request loads
    asked: list[str] = []
    event.listen(db.engine(), "before_cursor_execute", lambda *said: asked.append(said[2]))
    pages = {text(client.get(f"/l/{name}")) for name in (token, "x" * 26)}
    assert len(pages) == 1
    assert "date of birth first" in pages.pop()
    assert [line for line in asked if "access_link" in line or not line.startswith(("SELECT", "BEGIN"))] == []


def test_continue_and_a_date_of_birth_lead_to_the_form_and_nowhere_else(client: FlaskClient) -> None:
    token = make_link(make_student())
    taken = client.post(f"/l/{token}")
    assert taken.location == "/code/proof"
    assert follow(client, token).location == f"/form/{FORM}"
    assert client.get("/home").location == "/code"
    with client.session_transaction() as cookie:
        assert token not in str(dict(cookie))
        viewer = accounts.viewer_from(secret=cookie["secret"], seen_real=None)
    assert viewer
    assert (viewer.role, viewer.about) == (Role.LINK, FORM)


def test_a_link_works_again_on_a_second_phone_which_proves_itself_too(client: FlaskClient) -> None:
    token = make_link(make_student())
    follow(client, token)
    second = client.application.test_client()
    assert second.post(f"/l/{token}").location == "/code/proof"
    assert follow(second, token).location == f"/form/{FORM}"


def test_who_is_signed_in_already_goes_straight_on(client: FlaskClient) -> None:
    person_id = make_student()
    sign_in(client)
    assert client.post(f"/l/{make_link(person_id)}").location == f"/form/{FORM}"


@pytest.mark.hazard("H02")
def test_a_student_who_opens_somebody_elses_link_is_asked_who_they_are(client: FlaskClient) -> None:
    make_student()
    sign_in(client)
    other = make_student("Robin Hale", address="+447700900143")
    assert client.post(f"/l/{make_link(other)}").location == "/code/proof"


def test_unknown_ended_and_closed_links_give_the_same_page(client: FlaskClient, portal: FrozenClock) -> None:
    person_id = make_student()
    ended, closed = make_link(person_id), make_link(person_id, form=ids.new(), days=1)
    accounts.end_links(about=FORM, by=worker(), at=clock.now())
    portal.forward(days=2)
    pages = [client.post(f"/l/{token}") for token in (ended, closed, "x" * 26, "%20", "x" * 2000)]
    assert {page.status_code for page in pages} == {410}
    assert len({text(page) for page in pages}) == 1
    assert "Open the newest text" in text(pages[0])


def test_ending_a_link_also_ends_the_visit_it_let_in(client: FlaskClient) -> None:
    person_id = make_student()
    follow(client, make_link(person_id))
    accounts.end_links_of(person_id=person_id, by=worker(), at=clock.now())
    with client.session_transaction() as cookie:
        assert accounts.viewer_from(secret=cookie["secret"], seen_real=None) is None


def test_a_link_closes_later_when_its_session_moves(portal: FrozenClock, service_id: str) -> None:
    token = make_link(make_student(), days=1)
    accounts.redate_links(about=FORM, closes_at=clock.now() + timedelta(days=8), by=worker(), at=clock.now())
    portal.forward(days=7)
    assert queries.find_link(token, clock.now())
    portal.forward(days=1)
    assert queries.find_link(token, clock.now()) is None


def test_five_wrong_dates_close_this_link_for_an_hour_and_offer_to_sign_in(
    client: FlaskClient, portal: FrozenClock
) -> None:
    token = make_link(make_student())
    client.post(f"/l/{token}")
    wrong = {**BORN_TYPED, "born-day": "18"}
    for _ in range(5):
        assert client.post("/code/proof", data=wrong).status_code == 400
    closed = client.post("/code/proof", data=BORN_TYPED)
    assert closed.status_code == 429
    assert "sign in with a code instead" in text(closed)
    assert sign_in(client).location == "/home"

    portal.forward(minutes=61)
    fresh = client.application.test_client()
    assert follow(fresh, token).location == f"/form/{FORM}"


def test_the_activity_log_holds_no_token(service_id: str) -> None:
    person_id = make_student()
    token = make_link(person_id)
    assert "accounts.make_link" in [line.verb for line in about(person_id)]
    assert token not in str(about(person_id))
