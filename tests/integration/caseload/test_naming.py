"""The name a student wants to be called by: entered by staff, seen at once, the earlier ones in one place."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal import migrations
from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.access.service import CareKind
from student_portal.accounts import queries as accounts
from student_portal.accounts.models import Person
from student_portal.audit import queries as audit
from student_portal.caseload import queries
from student_portal.caseload.models import AboutStudent
from student_portal.foundation import clock, db
from tests.support import care
from tests.support.asking import hidden, text


def about(person_id: str) -> str:
    return f"/staff/caseload/{person_id}/about"


def enter(browser: FlaskClient, person_id: str, **rows: str) -> object:
    """Enter these rows and leave all others as they stand on the page."""
    page = browser.get(about(person_id))
    standing = {"name": called(person_id)} | hidden(page)
    return browser.post(about(person_id), data=standing | rows)


def called(person_id: str) -> str:
    with db.read() as unit:
        return unit.get_one(Person, person_id).name


def test_a_name_that_is_entered_stands_at_once_wherever_the_student_is_named(
    client: FlaskClient, therapist: Viewer, person_id: str, service_id: str
) -> None:
    phone = client.application.test_client()
    care.on_phone(phone, service_id, person_id)
    assert 'value="Sam Ashby"' in client.get(about(person_id)).text
    saved = enter(client, person_id, name="  Samira \u200b Ashby ")
    assert (saved.status_code, saved.location) == (303, f"/staff/caseload/{person_id}/reaching")
    assert "Hello, Samira Ashby" in text(phone.get("/home"))
    for page in ("", "/reaching", "/forms", "/notes"):
        shown = text(client.get(f"/staff/caseload/{person_id}{page}"))
        assert "Samira Ashby" in shown
        assert "Sam Ashby" not in shown
    assert "About Samira Ashby Name Samira Ashby" in text(client.get(f"/staff/caseload/{person_id}/reaching"))
    assert [one.name for one in accounts.find_student(therapist, "samira")] == ["Samira Ashby"]


def test_the_old_name_still_finds_the_student_and_is_shown_nowhere_but_in_the_history(
    client: FlaskClient, person_id: str
) -> None:
    enter(client, person_id, name="Samira Ashby", pronouns="she, her")
    listed = text(client.get("/staff/caseload/students"))
    assert "Samira Ashby" in listed
    assert "Sam Ashby" not in listed
    enter(client, person_id, pronouns="they, them")
    history = text(client.get(about(person_id)))
    now, before = history.split("Before Entered")
    assert "Name Samira Ashby Pronouns they, them" in now
    assert "Sam Ashby" not in now
    assert "by R. Okafor. Name Samira Ashby Name before Sam Ashby Pronouns she, her" in before


def test_every_earlier_name_stays_with_who_entered_the_next_and_when(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    for name in ("Samira Ashby", "Samira Ashby", "Zed"):
        assert enter(client, person_id, name=name).status_code == 303
    versions = queries.about_history(therapist, person_id)
    assert [(one.version, one.name_before, one.saved_by) for one in versions] == [
        (2, "Samira Ashby", "R. Okafor"),
        (1, "Sam Ashby", "R. Okafor"),
    ]
    shown = text(client.get(about(person_id)))
    now, before = "Name Zed Name before Samira Ashby", "Name Samira Ashby Name before Sam Ashby"
    assert shown.index(now) < shown.index(before)
    for name in ("sam", "samira", "zed"):
        assert [one.name for one in accounts.find_student(therapist, name)] == ["Zed"]


def test_two_people_naming_a_student_at_once_lose_nothing(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    colleague = client.application.test_client()
    other = care.at_desk(colleague, "J. Lindqvist")
    access.begin_care(
        person_id=person_id, kind=CareKind.THERAPY, staff_id=other.person_id, by=therapist, at=clock.now()
    )
    mine = hidden(client.get(about(person_id))) | {"name": "Samir Ashby"}
    enter(colleague, person_id, name="Samira Ashby")
    refused = client.post(about(person_id), data=mine)
    assert refused.status_code == 409
    assert "J. Lindqvist entered other words while this page was open." in text(refused)
    assert 'value="Samir Ashby"' in refused.text
    assert "Name Samira Ashby" in text(refused)
    assert called(person_id) == "Samira Ashby"
    assert client.post(about(person_id), data=hidden(refused) | {"name": "Samir"}).status_code == 303
    assert called(person_id) == "Samir"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter what they want to be called"),
        (" ", "Enter what they want to be called"),
        ("x" * 81, "Use at least one letter and at most 80 characters"),
        ("12", "Use at least one letter and at most 80 characters"),
    ],
)
def test_what_is_no_name_gets_a_sentence_beside_it_and_all_that_was_typed_stays(
    client: FlaskClient, person_id: str, name: str, sentence: str
) -> None:
    refused = enter(client, person_id, name=name, access_needs="Captions.")
    assert refused.status_code == 400
    assert text(refused).count(sentence) == 2, "at the top and beside the field"
    assert f'name="name" value="{name.strip()}"' in refused.text
    assert "Captions." in refused.text
    assert called(person_id) == "Sam Ashby"
    assert enter(client, person_id, name="é" * 80).status_code == 303


def test_a_longer_name_that_came_with_a_request_does_not_stand_in_the_way(
    client: FlaskClient, person_id: str
) -> None:
    with db.write() as unit:
        unit.get_one(Person, person_id).name = "Sam " + "y" * 90
    assert enter(client, person_id, pronouns="they").status_code == 303


def test_the_earlier_name_is_sealed_and_both_verbs_are_in_the_activity_log(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    enter(client, person_id, name="Samira Ashby")
    with db.read() as unit:
        row = unit.exec(select(AboutStudent)).one()
    assert row.name_before_sealed
    assert b"Ashby" not in row.name_before_sealed
    verbs = [line.verb for line in audit.about(person_id) if line.actor_id == therapist.person_id]
    for verb in ("accounts.rename_student", "caseload.describe"):
        assert verbs.count(verb) == 1


def test_rows_stand_after_a_step_back_and_forward_again(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    enter(client, person_id, name="Samira Ashby", access_needs="Captions.")
    migrations.downgrade(db.engine(), "0015")
    migrations.upgrade(db.engine())
    [stands] = queries.about_history(therapist, person_id)
    assert (stands.version, stands.access_needs, stands.name_before) == (1, "Captions.", "")
    assert accounts.name_of(therapist, person_id) == "Samira Ashby"


@pytest.mark.hazard("H21")
def test_another_therapist_gives_no_name(client: FlaskClient, person_id: str) -> None:
    other = client.application.test_client()
    care.at_desk(other, "J. Lindqvist")
    typed = {"name": "Nobody", "version": "0"}
    assert other.post(about(person_id), data=typed).status_code == 404
    assert called(person_id) == "Sam Ashby"
