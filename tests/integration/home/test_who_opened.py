"""The student can see who opened their record, once for each person, day and kind."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import text

PAGE = "/home/opened"


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client, "Ruth Okafor")


@pytest.fixture
def person_id(client: FlaskClient, therapist: Viewer) -> str:
    """A student, signed in in the same browser's other half."""
    found = care.sessions(therapist, care.in_therapy(therapist))[0].person_id
    care.on_phone(client, therapist.service_id, found)
    return found


@pytest.mark.hazard("H21")
def test_a_reading_is_listed_with_first_name_role_and_when(
    client: FlaskClient, therapist: Viewer, person_id: str, portal: FrozenClock
) -> None:
    assert "Nobody has opened it yet." in text(client.get(PAGE))
    client.get(f"/staff/caseload/{person_id}")
    portal.move_to(clock.now() + timedelta(hours=1))
    client.get(f"/staff/caseload/{person_id}")
    client.post(f"/staff/caseload/{person_id}/scores")
    said = text(client.get(PAGE))
    assert said.count("Opened your record") == 1
    assert "Opened your record Ruth, therapist. Last time Monday 30 November at 11am" in said
    assert said.index("Took a copy for the record") < said.index("Opened your record")
    assert "Okafor" not in said
    assert "Who looked" in text(client.get("/home"))


@pytest.mark.hazard("H21")
def test_answers_that_stood_on_the_list_of_the_day_were_read(
    client: FlaskClient, therapist: Viewer, person_id: str, portal: FrozenClock
) -> None:
    care.in_therapy(therapist, "Ann Other")
    [episode] = [one for one in episodes.of_therapist(therapist) if one.person_id == person_id]
    slots = care.weekly(therapist, episode.id, care.at(12, 2))
    service.book(bookings=slots, by=therapist, at=clock.now())
    client.get("/staff/caseload")
    assert "Nobody has opened it yet." in text(client.get(PAGE)), "a date and a name"
    portal.move_to(care.at(12, 2, 9))
    care.send_form(episode.sessions[0].id, *[1] * 10)
    client.get("/staff/caseload")
    assert "Saw answers you sent, on the list of a day Ruth, therapist. Wednesday 2 December at 9am" in text(
        client.get(PAGE)
    )


@pytest.mark.hazard("H02")
def test_what_was_done_with_somebody_elses_record_or_by_oneself_is_not_there(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    other = care.sessions(therapist, care.in_therapy(therapist, "Ann Other"))[0].person_id
    client.get(f"/staff/caseload/{other}")
    client.get("/staff/caseload")
    client.get("/home")
    assert "Nobody has opened it yet." in text(client.get(PAGE))
