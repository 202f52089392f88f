"""Accepting, booking and changing at the desk; leaving on the phone."""

import re

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import queries, service
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import text
from tests.support.care import at

HOW = {"mode": "campus", "minutes": "50", "place": "Room 2.14"}
FIRST = {"day_1": "2026-12-08", "time_1": "14:00"}


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client)


@pytest.fixture
def book(episode_id: str) -> str:
    return f"/staff/episodes/{episode_id}/book"


def filled(page: str) -> dict[str, str]:
    """What a browser would send back for a page as it stands."""
    return dict(re.findall(r'<input type="(?:date|time)" id="\w+" name="(\w+)" value="([^"]*)"', page))


def test_accepting_leads_straight_to_six_suggested_dates(client: FlaskClient, therapist: Viewer) -> None:
    referral_id = care.asked(therapist.service_id)
    accepted = client.post("/staff/episodes/open", data={"referral_id": referral_id, "version": "1"})
    assert accepted.status_code == 303
    page = client.get(accepted.location)
    days = [value for name, value in filled(page.text).items() if name.startswith("day_")]
    assert days == ["2026-12-07", "2026-12-14", "2026-12-21", "2027-01-04", "2027-01-11", "2027-02-01"]
    assert "Suggested: Monday 7 December" in text(page)


def test_the_other_dates_are_counted_from_the_first_and_nothing_is_saved(
    client: FlaskClient, therapist: Viewer, episode_id: str, book: str
) -> None:
    page = client.post(book, data={**HOW, **FIRST, "fill": "1"})
    again = filled(page.text)
    assert (again["day_2"], again["time_2"]) == ("2026-12-15", "14:00")
    assert (again["day_6"], again["time_6"]) == ("2027-01-26", "14:00")
    assert {facts.starts_at for facts in care.sessions(therapist, episode_id)} == {None}


def test_six_dates_in_one_press(client: FlaskClient, therapist: Viewer, episode_id: str, book: str) -> None:
    laid_out = filled(client.post(book, data={**HOW, **FIRST, "fill": "1"}).text)
    booked = client.post(book, data={**HOW, **laid_out})
    assert booked.status_code == 303
    assert [facts.starts_at for facts in care.sessions(therapist, episode_id)] == [
        at(12, 8), at(12, 15), at(12, 22), at(12, 29), at(1, 5), at(1, 26),
    ]  # fmt: skip


def test_a_date_left_empty_is_booked_later(
    client: FlaskClient, therapist: Viewer, episode_id: str, book: str
) -> None:
    client.post(book, data={**HOW, **FIRST})
    assert [facts.state for facts in care.sessions(therapist, episode_id)] == ["booked", *["planned"] * 5]
    assert "5 sessions have no date yet." in text(client.get(book))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give at least one date."),
        ({"day_1": "2026-11-29", "time_1": "14:00"}, "This is in the past."),
        ({**FIRST, "day_2": "2026-12-07", "time_2": "14:00"}, "The dates must follow the numbers"),
        ({"day_1": "31/31/2026", "time_1": "14:00"}, "Write the date like 3/12/2026."),
        ({"day_1": "2026-12-08", "time_1": "noon"}, "Write the time like 14:00."),
        ({"day_1": "2026-12-08", "time_1": ""}, "Give the time as well"),
        ({**FIRST, "minutes": "500"}, "from 10 to 180"),
        ({**FIRST, "minutes": "an hour"}, "from 10 to 180"),
        ({**FIRST, "mode": "carrier pigeon"}, "Choose how you meet."),
        ({**FIRST, "place": "x" * 201}, "Use at most 200 characters"),
    ],
)
def test_what_cannot_be_booked_is_said_in_a_sentence_and_what_was_typed_stays(
    client: FlaskClient, therapist: Viewer, episode_id: str, book: str, typed: dict[str, str], sentence: str
) -> None:
    page = client.post(book, data={**HOW, **typed})
    assert page.status_code == 400
    assert sentence in text(page)
    assert page.text.count("<title>Error:") == 1
    assert all(f'value="{value}"' in page.text for name, value in typed.items() if name.startswith("day"))
    assert {facts.starts_at for facts in care.sessions(therapist, episode_id)} == {None}


def test_a_session_is_moved_said_to_have_happened_and_cancelled_from_its_own_page(
    client: FlaskClient, therapist: Viewer, episode_id: str, book: str, portal: FrozenClock
) -> None:
    laid_out = filled(client.post(book, data={**HOW, **FIRST, "fill": "1"}).text)
    client.post(book, data={**HOW, **laid_out})
    first, second = care.sessions(therapist, episode_id)[:2]
    page = f"/staff/episodes/sessions/{first.id}"
    moved = {**HOW, "day": "2026-12-09", "time": "09:30", "version": str(first.version)}
    assert client.post(page, data=moved).status_code == 303
    assert queries.session(first.id).starts_at == at(12, 9, 9, 30)
    assert client.post(page, data={**moved, "time": "11:00"}).status_code == 409
    portal.move_to(at(12, 9, 10, 30))
    stands = str(queries.session(first.id).version)
    assert client.post(f"{page}/attended", data={"version": stands}).status_code == 303
    assert "You met." in text(client.get(page))
    gone = f"/staff/episodes/sessions/{second.id}/cancel"
    assert client.post(gone, data={"version": str(second.version), "who": "student"}).status_code == 303
    assert queries.session(second.id).starts_at is None


def test_a_button_without_the_version_that_was_read_changes_nothing(
    client: FlaskClient, therapist: Viewer, episode_id: str
) -> None:
    service.book(bookings=care.weekly(therapist, episode_id, at(12, 7)), by=therapist, at=clock.now())
    first = care.sessions(therapist, episode_id)[0]
    assert client.post(f"/staff/episodes/sessions/{first.id}/cancel").status_code == 400
    assert queries.session(first.id).starts_at == at(12, 7)


def test_a_student_leaves_on_the_phone_and_the_therapist_records_the_one_contact(
    client: FlaskClient, therapist: Viewer, episode_id: str
) -> None:
    person_id = queries.episode(therapist, episode_id).person_id
    phone = client.application.test_client()
    care.on_phone(phone, therapist.service_id, person_id)
    asked = phone.get("/dates/leave")
    assert "You can stop at any time. You do not have to say why" in text(asked)
    assert "<title>Stop - Student portal</title>" in asked.text
    assert queries.episode(therapist, episode_id).state == "open"  # asking changed nothing
    left = phone.post("/dates/leave")
    assert left.status_code == 303
    assert "You have stopped" in text(phone.get(left.location))
    assert "One contact after leaving" in text(client.get("/staff/caseload"))
    contact = f"/staff/episodes/contact/{person_id}"
    assert client.post(contact, data={"note": ""}).status_code == 400
    assert client.post(contact, data={"note": "Texted once."}).status_code == 303
    assert client.get(contact).status_code == 404


@pytest.mark.hazard("H14")
def test_the_students_pages_name_neither_service_nor_person(
    client: FlaskClient, therapist: Viewer, episode_id: str
) -> None:
    phone = client.application.test_client()
    care.on_phone(phone, therapist.service_id, queries.episode(therapist, episode_id).person_id)
    for path in ("/dates/leave", "/dates/left"):
        words = phone.get(path).text
        assert re.search(r"U-COPE|therap|\bSam\b|Okafor|self-harm", words, re.IGNORECASE) is None, path
