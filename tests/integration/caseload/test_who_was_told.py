"""The student's record says in words whom the portal told that an answer was unread, and when."""

import pytest
from flask.testing import FlaskClient

from student_portal.alerts import queries as alerts
from student_portal.alerts import service as alerting
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import text
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, as_one, pass_until, team

HEADING = "While nobody had read it"
COVER = "Monday 30 November at 2pm: Jo Lindqvist was told, who stands in."
MANAGER = "Monday 30 November at 4pm: Max Ferry was told, as the manager on duty."


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.mark.hazard("H01")
def test_the_record_says_whom_it_was_told_to_and_when(
    client: FlaskClient, people: Team, portal: FrozenClock
) -> None:
    first, phone = care.sessions(people.robin, booked(people))[0], Phone(portal)
    record = f"/staff/caseload/{first.person_id}"
    phone.live_until(at(11, 30, 10))
    care.send_form(first.id, *[1] * 8, 2)
    (alert,) = alerts.of_person(people.robin, first.person_id)
    as_one(client, people.robin)
    assert HEADING not in text(client.get(record))
    pass_until(phone, at(11, 30, 16))
    assert f"{HEADING} {COVER} {MANAGER}" in text(client.get(record))
    portal.move_to(at(11, 30, 16, 10))
    alerting.hand_over(alert_id=alert.id, to_id=str(people.jo.person_id), by=people.max, at=clock.now())
    alerting.acknowledge(alert_id=alert.id, by=people.jo, at=clock.now())
    words = text(client.get(record))
    given = words.index("Monday 30 November at 4:10pm: Max Ferry gave it to Jo Lindqvist.")
    assert words.index(COVER) < words.index(MANAGER) < given
    assert "Read by Jo Lindqvist" in words


def booked(people: Team) -> str:
    episode_id = care.in_therapy(people.robin)
    slots = care.weekly(people.robin, episode_id, at(12, 2))
    episodes.book(bookings=slots, by=people.robin, at=clock.now())
    return episode_id
