"""People are found by whole words of their name, a number or an e-mail, by those who may see them."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.access.service import CareKind
from student_portal.accounts import queries
from student_portal.accounts import service as accounts
from student_portal.accounts.models import ContactPoint, NameWord, Person
from student_portal.audit import queries as audit
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.messaging.queries import AddressKnown, Channel, address_state
from tests.support import care
from tests.support.students import BORN, NUMBER, make_student, sign_in


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    return care.therapist(service_id)


@pytest.fixture
def zoe(therapist: Viewer) -> str:
    """A student who waits for a decision, so that the team may see her."""
    person_id = make_student("Zoë van der Berg")
    access.begin_care(person_id=person_id, kind=CareKind.TRIAGE, staff_id=None, by=therapist, at=clock.now())
    return person_id


@pytest.mark.parametrize("asked", ["zoe", "ZOË", "berg zoë", "van der berg", "07700 900142", "+447700900142"])
def test_a_student_is_found_by_whole_words_or_the_address(therapist: Viewer, zoe: str, asked: str) -> None:
    assert [found.id for found in queries.find_student(therapist, asked)] == [zoe]


@pytest.mark.parametrize("asked", ["", "zo", "zoe ashby", "0770", "%", "07700 900999"])
def test_nothing_is_found_by_a_beginning_or_by_what_does_not_fit(
    therapist: Viewer, zoe: str, asked: str
) -> None:
    assert queries.find_student(therapist, asked) == []


@pytest.mark.hazard("H21")
def test_who_may_not_see_a_student_learns_nothing(service_id: str, zoe: str) -> None:
    admin = Viewer(service_id, care.person(service_id, "A. Admin", is_staff=True), Role.ADMIN)
    assert queries.find_student(admin, "zoe") == []
    for ask in (queries.name_of, queries.born_of, queries.contact):
        with pytest.raises(NotFound):
            ask(admin, zoe)
        with pytest.raises(NotFound):
            ask(admin, "nobody")


def test_what_is_known_of_a_student(therapist: Viewer, zoe: str) -> None:
    assert queries.name_of(therapist, zoe) == "Zoë van der Berg"
    assert queries.born_of(therapist, zoe) == BORN
    (contact,) = queries.contact(therapist, zoe)
    assert (contact.channel, contact.value, contact.shown) == (Channel.SMS, NUMBER, "07700 900142")
    assert contact.safety == "any time"
    assert queries.channels(zoe) == [Channel.SMS]
    assert queries.address_of(zoe, Channel.SMS) == NUMBER
    assert queries.address_of(zoe, Channel.EMAIL) is None
    assert queries.preferences(zoe) == queries.Preferences(None, None, "en-GB")
    assert queries.is_alive(zoe)
    assert address_state(Channel.SMS, NUMBER) is AddressKnown.PROVED


def test_another_name_is_added_to_the_words_that_find_and_replaces_what_is_shown(
    therapist: Viewer, zoe: str
) -> None:
    for _twice in range(2):
        accounts.rename_student(person_id=zoe, name="Zia van der Berg", by=therapist, at=clock.now())
    for asked in ("zoe", "zia", "zia zoe", "berg"):
        assert [found.name for found in queries.find_student(therapist, asked)] == ["Zia van der Berg"]
    with db.read() as session:
        assert session.get_one(Person, zoe).version == 2
        assert len(session.exec(select(NameWord).where(NameWord.person_id == zoe)).all()) == 5
    assert [line.verb for line in audit.about(zoe)].count("accounts.rename_student") == 1


@pytest.mark.hazard("H02")
@pytest.mark.parametrize("other", ["Alex Berg", "Zoë van der Berg"], ids=["twins", "one student twice"])
def test_a_new_name_never_joins_the_records_of_two_or_parts_those_of_one(
    client: FlaskClient, therapist: Viewer, zoe: str, other: str
) -> None:
    """Who shares a phone and a birthday is told apart by the name alone."""
    make_student(other)
    before = sign_in(client).status_code, client.get("/home").status_code
    for name in ("Alex Berg", "Zia"):
        with pytest.raises(Refused, match="shared"):
            accounts.rename_student(person_id=zoe, name=name, by=therapist, at=clock.now())
    with db.read() as session:
        assert session.get_one(Person, zoe).name == "Zoë van der Berg"
    again = client.application.test_client()
    assert (sign_in(again).status_code, again.get("/home").status_code) == before


def test_another_birthday_on_the_same_phone_is_no_hindrance(therapist: Viewer, zoe: str) -> None:
    other = make_student("Alex Ferry", born=BORN - timedelta(days=1))
    accounts.rename_student(person_id=zoe, name="Zia", by=therapist, at=clock.now())
    with db.read() as session:
        assert [session.get_one(Person, one).name for one in (zoe, other)] == ["Zia", "Alex Ferry"]


@pytest.mark.hazard("H21")
def test_who_may_not_see_a_student_gives_no_name(service_id: str, zoe: str) -> None:
    admin = Viewer(service_id, care.person(service_id, "A. Admin", is_staff=True), Role.ADMIN)
    with pytest.raises(NotFound):
        accounts.rename_student(person_id=zoe, name="Zia", by=admin, at=clock.now())


def test_what_tells_who_somebody_is_cannot_be_read_in_the_tables(zoe: str) -> None:
    with db.read() as session:
        person = session.get_one(Person, zoe)
        contact = session.exec(select(ContactPoint).where(ContactPoint.person_id == zoe)).one()
    stored = b"".join([person.name_sealed, person.born_sealed, contact.address_sealed, contact.safety_sealed])
    for clear in (b"Berg", b"2004", b"900142", b"any time"):
        assert clear not in stored


def test_staff_are_known_by_name_and_students_are_not_staff(service_id: str, zoe: str) -> None:
    by = machine(service_id)
    made = accounts.create_staff(
        name="Robin Hale",
        email="robin@example.com",
        password="a long enough passphrase",
        role=Role.THERAPIST,
        totp="A" * 32,
        by=by,
        at=clock.now(),
    )
    assert queries.staff_name(made) == "Robin Hale"
    assert [member.name for member in queries.therapists()] == ["Robin Hale"]
    assert queries.staff(Role.MANAGER) == []
    with pytest.raises(NotFound):
        queries.staff_name(zoe)


def test_an_account_needs_a_role_of_the_staff(service_id: str) -> None:
    with pytest.raises(ValueError, match="not a role of the staff"):
        accounts.create_staff(
            name="Sam", email="s@example.com", password="x" * 20, role=Role.STUDENT, totp="A" * 32,
            by=machine(service_id), at=clock.now(),
        )  # fmt: skip
