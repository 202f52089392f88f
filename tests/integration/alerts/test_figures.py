"""How long answers waited, as the manager reads it."""

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.alerts import queries, service
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import text
from tests.support.care import at
from tests.support.duty_team import Team, team
from tests.support.staff import signed_in


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.mark.hazard("H22")
def test_nothing_sent_says_so(client: FlaskClient, people: Team) -> None:
    page = text(signed_in(client, Role.MANAGER).get("/staff/alerts/figures"))
    assert "None of those was read yet, or none was sent." in page
    assert "Not read yet: none." in page


@pytest.mark.hazard("H22")
def test_waits_are_counted_in_working_hours_and_sessions_that_began_unread_are_told(
    client: FlaskClient, people: Team, portal: FrozenClock
) -> None:
    from student_portal.episodes import service as episodes

    episode_id = care.in_therapy(people.robin)
    slots = care.weekly(people.robin, episode_id, at(12, 2))
    episodes.book(bookings=slots, by=people.robin, at=clock.now())
    first, second, *_rest = care.sessions(people.robin, episode_id)
    for facts, sent, read in (
        (first, at(12, 1, 16), at(12, 2, 15)),  # read an hour after the session began: one hour and six
        (second, at(12, 4, 16, 30), at(12, 7, 9, 30)),  # over a weekend: half an hour and half an hour
    ):
        portal.move_to(sent)
        alert_id = people.raised(facts.person_id, facts.id, slots[facts.number - 1].starts_at)
        portal.move_to(read)
        service.acknowledge(alert_id=alert_id, by=people.robin, at=clock.now())
    portal.move_to(at(12, 10))
    page = text(signed_in(client, Role.MANAGER).get("/staff/alerts/figures"))
    assert "How many were read two" in page
    assert "Half were read within 4 hours" in page
    assert "Nine in ten within Not said of fewer than ten" in page
    assert "The longest wait 7 hours" in page
    assert "Sent before a session that has begun: two. Of those unread when it began: one." in page
    assert queries.figures(days=28, at=at(2, 1)).waited.n == 0
    assert queries.figures(days=90, at=at(2, 1)).waited.n == 2


@pytest.mark.hazard("H22")
def test_what_staff_entered_themselves_counts_nowhere(people: Team) -> None:
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    alert_id = service.raise_alert(
        person_id=facts.person_id, response_id="r" * 26, session_id=facts.id,
        owner_id=str(people.robin.person_id), facts=queries.AnswerFacts("CORE-34", above=()),
        sent_at=clock.now(), starts_at=clock.now(), by=people.robin, at=clock.now(),
    )  # fmt: skip
    service.acknowledge(alert_id=alert_id, by=people.robin, at=clock.now())
    assert queries.figures(days=28, at=clock.now()).waited.n == 0
