"""My students, a page at a time, and finding one of them by what a person has at hand."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.accounts.models import ContactPoint
from student_portal.foundation import clock, db, listing
from student_portal.messaging.models import Channel
from student_portal.messaging.queries import address_mark
from student_portal.referral import queries as referral
from tests.support import care
from tests.support.asking import text

LIST, FIND = "/staff/caseload/students", "/staff/caseload/find"


def names(page: str) -> list[str]:
    return re.findall(r'<b><a href="/staff/caseload/\w{26}">([^<]+)</a></b>', page)


@pytest.fixture
def several(therapist: Viewer, episode_id: str) -> list[str]:
    """Beside the one who comes on Wednesday, four without a date, in the order in which they came."""
    return [care.in_therapy(therapist, name) for name in ("Ann Ash", "Ben Birch", "Cy Cedar", "Dee Dogwood")]


@pytest.mark.hazard("H11")
def test_the_order_is_by_date_and_the_filter_by_what_is_left_to_do(
    client: FlaskClient, several: list[str]
) -> None:
    assert names(client.get(LIST).text) == ["Sam Ashby", "Ann Ash", "Ben Birch", "Cy Cedar", "Dee Dogwood"]
    assert names(client.get(f"{LIST}?order=since").text)[0] == "Sam Ashby"
    undated = client.get(f"{LIST}?show=undated")
    assert names(undated.text) == ["Ann Ash", "Ben Birch", "Cy Cedar", "Dee Dogwood"]
    assert "4 students." in text(undated)
    assert "Nobody here has answers that wait to be read." in text(client.get(f"{LIST}?show=read"))
    assert names(client.get(f"{LIST}?order=score&show=worst").text) == names(client.get(LIST).text)


def test_a_long_list_is_turned_page_by_page_and_keeps_its_order(
    client: FlaskClient, several: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing.leaf, "__kwdefaults__", {"size": 2})
    first = client.get(f"{LIST}?order=since&show=undated")
    assert names(first.text) == ["Ann Ash", "Ben Birch"]
    assert "Page 1 of 2" in text(first)
    onward = re.search(r'<a href="([^"]+)" rel="next">', first.text)
    assert onward
    second = client.get(onward[1].replace("&amp;", "&"))
    assert names(second.text) == ["Cy Cedar", "Dee Dogwood"]
    assert "Next page" not in text(second)
    assert names(client.get(f"{LIST}?page=999").text) == ["Dee Dogwood"]


@pytest.mark.hazard("H02")
def test_one_student_is_found_by_name_reference_number_or_address(
    client: FlaskClient, therapist: Viewer, several: list[str], person_id: str
) -> None:
    with db.read() as unit:
        number = unit.exec(select(ContactPoint).where(ContactPoint.person_id == person_id)).one().address
    email = "sam.ashby@example.org"
    with db.write() as unit:
        point = ContactPoint(
            service_id=therapist.service_id,
            person_id=person_id,
            channel=Channel.EMAIL,
            address_index=address_mark(Channel.EMAIL, email),
            since=clock.now(),
        )
        point.address = email
        unit.add(point)
    reference = referral.reference_of(therapist, person_id)
    for asked in (
        "ashby",
        "Sam ASHBY",
        f" {reference.lower()} ",
        reference.replace(" ", ""),
        number,
        email.upper(),
    ):
        answer = client.post(FIND, data={"words": asked})
        assert answer.location == f"/staff/caseload/{person_id}", asked
    assert "Ashby" not in client.post(FIND, data={"words": "ashby"}).location


def test_several_are_listed_and_nobody_is_said_kindly_with_what_was_typed(
    client: FlaskClient, therapist: Viewer, several: list[str]
) -> None:
    care.in_therapy(therapist, "Ann Other")
    both = client.post(FIND, data={"words": "ann"})
    assert "2 students, newest first. As at Monday 30 November at 10am. Ann Other" in text(both)
    nobody = client.post(FIND, data={"words": "Ashb"})
    assert "Nobody whose record you may open is found by that." in text(nobody)
    assert 'value="Ashb"' in nobody.text
    nothing = client.post(FIND, data={"words": "  "})
    assert nothing.status_code == 400
    assert "Enter a name, a reference, a phone number or an e-mail address" in text(nothing)


def test_of_very_many_the_newest_are_shown_and_it_says_so(
    client: FlaskClient, therapist: Viewer, several: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing.leaf, "__kwdefaults__", {"size": 2})
    for name in ("Ann Other", "Ann Another"):
        care.in_therapy(therapist, name)
    page = client.post(FIND, data={"words": "ann"})
    assert "3 students, newest first. Here are the first 2. Type more of the name" in text(page)
    assert page.text.count("With us since") == 2
    assert "Ann Ash" not in page.text


@pytest.mark.hazard("H21")
def test_whoever_may_not_open_a_record_does_not_find_it(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    reference = referral.reference_of(therapist, person_id)
    care.at_desk(client, "Somebody Else")
    for asked in ("Ashby", reference):
        assert "Nobody whose record you may open" in text(client.post(FIND, data={"words": asked}))
