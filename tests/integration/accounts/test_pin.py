"""A PIN keeps out whoever holds the phone and knows the birthday; and it can be forgotten."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text as sql

from student_portal.access.queries import Viewer
from student_portal.accounts import queries
from student_portal.accounts import service as accounts
from student_portal.audit.queries import about, machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, db, passwords
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound, Refused
from tests.integration.accounts.test_links import make_link
from tests.support import care
from tests.support.asking import text
from tests.support.students import BORN, BORN_TYPED, make_student, sign_in, type_code

PIN = "730582"
NOW_BORN = {f"now-{name}": part for name, part in BORN_TYPED.items()}


@pytest.fixture
def person_id(service_id: str) -> str:
    return make_student()


@pytest.fixture
def sam(service_id: str, person_id: str) -> Viewer:
    return care.as_student(service_id, person_id)


def set_pin(sam: Viewer, pin: str = PIN) -> None:
    accounts.set_pin(pin=pin, said=BORN, by=sam, at=clock.now())


def by_code(browser: FlaskClient) -> None:
    browser.post("/code", data={"where": "07700 900142"})
    type_code(browser)


def test_it_is_set_changed_and_removed_on_one_page_and_its_step(client: FlaskClient, person_id: str) -> None:
    sign_in(client)
    assert "PIN Not set: your birthday opens your links" in text(client.get("/choices"))
    assert 'href="tel:01514960000"' in client.get("/code/pin").get_data(as_text=True)
    saved = client.post("/code/pin", data={**NOW_BORN, "pin": PIN, "again": PIN}, follow_redirects=True)
    assert "Saved: your PIN is set." in text(saved)
    assert "PIN Set: your birthday opens nothing any more" in text(client.get("/choices"))
    changed = client.post("/code/pin", data={"now-pin": PIN, "pin": "864209", "again": "864209"})
    assert changed.location == "/code/pin"
    assert "That does not match" in text(client.post("/code/pin/remove", data={"now-pin": PIN}))
    removed = client.post("/code/pin/remove", data={"now-pin": "864209"}, follow_redirects=True)
    assert "Saved: your PIN is removed." in text(removed)
    assert client.get("/code/pin/remove").location == "/code/pin"
    verbs = [line.verb for line in about(person_id) if "pin" in line.verb]
    assert sorted(verbs) == ["accounts.remove_pin", "accounts.set_pin", "accounts.set_pin"]


@pytest.mark.hazard("H13")
def test_then_the_birthday_opens_no_link_any_more_and_the_pin_does(client: FlaskClient, sam: Viewer) -> None:
    set_pin(sam)
    client.post(f"/l/{make_link(str(sam.person_id))}")
    page = text(client.get("/code/proof"))
    assert "What is your PIN?" in page
    assert "date of birth" not in page.split("What is your PIN?")[1]
    assert 'href="tel:01514960000"' in client.get("/code/proof").get_data(as_text=True)
    assert client.post("/code/proof", data=BORN_TYPED).status_code == 400
    assert client.post("/code/proof", data={"pin": PIN}).location.startswith("/form/")


@pytest.mark.hazard("H13")
def test_then_the_birthday_signs_nobody_in_either(client: FlaskClient, sam: Viewer) -> None:
    set_pin(sam)
    by_code(client)
    assert "That does not match" in text(client.post("/code/proof", data=BORN_TYPED))
    assert client.post("/code/proof?pin=1", data={"pin": "730583"}).status_code == 400
    assert client.post("/code/proof?pin=1", data={"pin": " ７３０ ５８２"}).location == "/home"


@pytest.mark.hazard("H14")
def test_after_a_code_the_page_is_the_same_with_and_without_a_pin(client: FlaskClient, sam: Viewer) -> None:
    by_code(client)
    without = [text(client.get(path)) for path in ("/code/proof", "/code/proof?pin=1")]
    set_pin(sam)
    by_code(client)
    assert [text(client.get(path)) for path in ("/code/proof", "/code/proof?pin=1")] == without
    assert "I set a PIN" in without[0]


def test_two_people_who_share_a_phone_each_get_in_their_own_way(client: FlaskClient, sam: Viewer) -> None:
    make_student("Alex Ferry")
    set_pin(sam)
    by_code(client)
    client.post("/code/proof", data=BORN_TYPED)
    assert "Hello, Alex Ferry" in text(client.get("/home"))
    by_code(client)
    client.post("/code/proof?pin=1", data={"pin": PIN})
    assert "Hello, Sam Ashby" in text(client.get("/home"))


@pytest.mark.hazard("H13")
def test_asking_for_support_again_opens_no_way_round_it(client: FlaskClient, sam: Viewer) -> None:
    set_pin(sam)
    again = make_student()
    by_code(client)
    assert client.post("/code/proof", data=BORN_TYPED).status_code == 400
    client.post(f"/l/{make_link(again)}")
    assert "What is your PIN?" in text(client.get("/code/proof"))
    assert client.post("/code/proof", data={"pin": PIN}).location.startswith("/form/")
    newest = care.as_student(sam.service_id, again)
    accounts.set_pin(pin="864209", said=PIN, by=newest, at=clock.now())
    by_code(client)
    assert client.post("/code/proof?pin=1", data={"pin": PIN}).status_code == 400
    accounts.remove_own_pin(said="864209", by=sam, at=clock.now())
    assert client.post("/code/proof", data=BORN_TYPED).location == "/home"


@pytest.mark.hazard("H13")
def test_a_date_never_opens_the_link_of_somebody_with_a_pin_whatever_page_posts_it(sam: Viewer) -> None:
    link = queries.find_link(make_link(str(sam.person_id)), clock.now())
    assert link
    set_pin(sam)
    assert accounts.prove_by_link(link_id=link.id, said=BORN, at=clock.now()) is None
    assert accounts.prove_by_link(link_id=link.id, said=PIN, at=clock.now()) == link


@pytest.mark.hazard("H13")
def test_dates_and_pins_share_five_tries_and_then_the_right_pin_is_not_listened_to(
    client: FlaskClient, sam: Viewer, portal: FrozenClock
) -> None:
    set_pin(sam)
    by_code(client)
    for _ in range(3):
        client.post("/code/proof?pin=1", data={"pin": "999998"})
    for _ in range(2):
        client.post("/code/proof", data=BORN_TYPED)
    shut = client.post("/code/proof?pin=1", data={"pin": PIN})
    assert shut.status_code == 429
    assert "0151 496 0000" in text(shut)
    portal.forward(hours=1)
    by_code(client)
    assert client.post("/code/proof?pin=1", data={"pin": PIN}).location == "/home"


@pytest.mark.hazard("H13")
def test_a_phone_left_open_is_not_enough_to_set_or_remove_it(
    client: FlaskClient, service_id: str, person_id: str
) -> None:
    sign_in(client)
    wrong = {**NOW_BORN, "now-born-day": "18", "pin": PIN, "again": PIN}
    for _ in range(5):
        page = client.post("/code/pin", data=wrong)
        assert page.status_code == 400
        assert "That does not match. Check the day" in text(page)
        assert PIN not in page.text
    assert "Wait an hour" in text(client.post("/code/pin", data={**NOW_BORN, "pin": PIN, "again": PIN}))
    assert not queries.pin(care.as_student(service_id, person_id), person_id).is_set


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("", "", "Write the PIN: 6 to 8 digits"),
        ("73058", "73058", "Write 6 to 8 digits"),
        ("seventy", "seventy", "Write 6 to 8 digits"),
        ("730582", "735028", "The two are not the same"),
        ("345678", "345678", "do not just repeat or count"),
        ("17052004", "17052004", "people close to you know your birthday"),
    ],
)
def test_what_cannot_be_a_pin_gets_a_sentence(
    client: FlaskClient, person_id: str, pin: str, again: str, said: str
) -> None:
    sign_in(client)
    page = client.post("/code/pin", data={**NOW_BORN, "pin": pin, "again": again})
    assert page.status_code == 400
    assert said in text(page)
    assert 'value="2004"' in page.text, "what was typed beside it stands there still"


@pytest.mark.hazard("H13")
def test_setting_it_signs_every_other_browser_out(client: FlaskClient, sam: Viewer) -> None:
    sign_in(client)
    other = client.application.test_client()
    sign_in(other)
    client.post("/code/pin", data={**NOW_BORN, "pin": PIN, "again": PIN})
    assert client.get("/home").status_code == 200
    assert other.get("/home").location == "/code"


@pytest.mark.hazard("H02")
def test_a_forgotten_one_is_removed_by_their_own_therapist_and_the_student_is_told(
    client: FlaskClient, service_id: str, portal: FrozenClock
) -> None:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    desk = care.at_desk(client)
    episode = care.in_therapy(desk)
    person_id = care.sessions(desk, episode)[0].person_id
    set_own = care.as_student(service_id, person_id)
    accounts.set_pin(pin=PIN, said=queries.born_of(set_own, person_id), by=set_own, at=clock.now())

    page = client.get(f"/staff/caseload/{person_id}/reaching")
    assert "A PIN is set." in text(page)
    address = f"/staff/accounts/pin/{person_id}"
    assert "speak to Sam Ashby yourself first" in text(client.get(address))
    with pytest.raises(NotFound):
        accounts.remove_pin(person_id=person_id, by=care.therapist(service_id, "J. Bright"), at=clock.now())

    portal.forward(minutes=1)
    assert client.post(address).location == f"/staff/caseload/{person_id}"
    assert "A PIN is set." not in text(client.get(f"/staff/caseload/{person_id}"))
    facts = queries.pin(set_own, person_id)
    assert (facts.is_set, facts.by_team) == (False, True)
    phone = client.application.test_client()
    care.on_phone(phone, service_id, person_id)
    assert "A person in the team removed your PIN on" in text(phone.get("/code/pin"))


def test_the_digits_are_in_no_column_and_a_hash_of_them_alone_is_neither(sam: Viewer) -> None:
    set_pin(sam)
    with db.read() as session:
        stored = session.connection().execute(sql("SELECT pin_hash FROM person WHERE pin_hash IS NOT NULL"))
        kept = stored.scalar_one()
    assert kept.startswith("$argon2id$")
    assert not passwords.matches(kept, PIN)


def test_without_the_present_proof_nothing_is_set(sam: Viewer) -> None:
    with pytest.raises(Refused, match="no"):
        accounts.set_pin(pin=PIN, said=BORN + timedelta(days=1), by=sam, at=clock.now())
    set_pin(sam)
    with pytest.raises(Refused, match="no"):
        accounts.remove_own_pin(said=BORN, by=sam, at=clock.now())
    assert queries.pin(sam, str(sam.person_id)).is_set
