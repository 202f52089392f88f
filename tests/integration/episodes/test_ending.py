"""How a course ends: the student leaves, or the therapist completes it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access import queries as access
from student_portal.access.queries import Viewer
from student_portal.accounts import queries as links
from student_portal.accounts import service as accounts
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries, service
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound, Refused
from student_portal.messaging.models import MessageState, OutboundMessage
from student_portal.referral.models import Referral
from tests.support import care
from tests.support.care import at


@pytest.fixture
def person_id(therapist: Viewer, episode_id: str) -> str:
    """A student with six dates, the first on Monday 7 December at 2pm."""
    service.book(bookings=care.weekly(therapist, episode_id, at(12, 7)), by=therapist, at=clock.now())
    return care.sessions(therapist, episode_id)[0].person_id


def leave(therapist: Viewer, person_id: str) -> None:
    student = care.as_student(therapist.service_id, person_id)
    service.leave(person_id=person_id, by=student, at=clock.now())


def contacts(therapist: Viewer) -> list[duty.TaskFacts]:
    return [task for task in duty.open_tasks(therapist) if task.kind == TaskKind.HUMANE_CONTACT]


@pytest.mark.hazard("H04")
def test_leaving_takes_away_dates_messages_and_links(
    therapist: Viewer, episode_id: str, person_id: str
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    token = accounts.make_link(
        person_id=person_id,
        about=first.id,
        target=f"/form/{first.id}",
        closes_at=at(12, 8),
        by=therapist,
        at=clock.now(),
    )
    leave(therapist, person_id)
    assert {facts.starts_at for facts in care.sessions(therapist, episode_id)} == {None}
    assert queries.episode(therapist, episode_id).state == "left"
    assert links.find_link(token, clock.now()) is None
    assert queries.upcoming(clock.now()) == []
    assert not consent.allows(Scope.SERVICE, "", person_id, clock.now())
    with db.read() as session:
        assert set(session.exec(select(OutboundMessage.state))) == {MessageState.DROPPED}


@pytest.mark.hazard("H04")
def test_leaving_makes_one_contact_for_the_therapist_however_often_it_is_pressed(
    therapist: Viewer, person_id: str
) -> None:
    for _press in range(2):
        leave(therapist, person_id)
    (task,) = contacts(therapist)
    assert (task.owner_id, task.person_id) == (therapist.person_id, person_id)
    assert task.due_at == at(12, 2, 10)  # two working days after Monday at 10am


def test_after_the_one_contact_the_record_closes(therapist: Viewer, person_id: str) -> None:
    leave(therapist, person_id)
    access.require_sight(therapist, person_id)
    with pytest.raises(Refused, match="empty"):
        service.contacted(person_id=person_id, note="  ", by=therapist, at=clock.now())
    service.contacted(person_id=person_id, note="Texted once, no answer.", by=therapist, at=clock.now())
    assert contacts(therapist) == []
    with pytest.raises(NotFound):
        access.require_sight(therapist, person_id)


@pytest.mark.hazard("H18")
def test_the_record_of_a_student_who_did_not_leave_cannot_be_closed_by_the_contact_page(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    care.asked(therapist.service_id, "Mina Kaur")
    with db.read() as session:
        waiting = session.exec(select(Referral.person_id).where(Referral.state == "submitted")).one()
    desk = care.at_desk(client, name="J. Bright")
    answer = client.post(f"/staff/episodes/contact/{waiting}", data={"note": "Rang."})
    assert answer.status_code == 404
    access.require_sight(desk, waiting)
    with pytest.raises(NotFound):
        service.contacted(person_id=person_id, note="Rang.", by=therapist, at=clock.now())
    access.require_sight(therapist, person_id)


def test_a_session_that_has_begun_keeps_its_date(
    therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 7, 14, 30))
    leave(therapist, person_id)
    dates = [facts.starts_at for facts in care.sessions(therapist, episode_id)]
    assert dates == [at(12, 7), None, None, None, None, None]


@pytest.mark.hazard("H18")
def test_leaving_before_a_decision_takes_the_request_back_and_the_team_gets_in_touch(
    therapist: Viewer,
) -> None:
    referral_id = care.asked(therapist.service_id, "Mina Kaur")
    with db.read() as session:
        person_id = session.get_one(Referral, referral_id).person_id
    leave(therapist, person_id)
    with db.read() as session:
        assert session.get_one(Referral, referral_id).state == "withdrawn"
    assert [(task.owner_id, task.person_id) for task in contacts(therapist)] == [(None, person_id)]


def test_a_student_cannot_make_another_one_leave(therapist: Viewer, person_id: str) -> None:
    other = care.as_student(therapist.service_id, care.person(therapist.service_id, "Teo Marsh"))
    with pytest.raises(NotFound):
        service.leave(person_id=person_id, by=other, at=clock.now())


def test_a_course_is_completed_by_a_person_once_no_date_stands(
    therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    with pytest.raises(Refused, match="booked"):
        service.complete(episode_id=episode_id, seen_version=1, by=therapist, at=clock.now())
    portal.move_to(at(1, 25) + timedelta(hours=1))
    for facts in care.sessions(therapist, episode_id):
        service.attended(session_id=facts.id, seen_version=facts.version, by=therapist, at=clock.now())
    assert queries.episode(therapist, episode_id).state == "open"  # never by itself
    service.complete(episode_id=episode_id, seen_version=1, by=therapist, at=clock.now())
    assert queries.of_therapist(therapist) == []
    with pytest.raises(NotFound):
        access.require_sight(therapist, person_id)
