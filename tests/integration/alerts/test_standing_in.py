"""A record that opened to a cover closes again, once there is nothing left to read or to write down."""

import pytest

from student_portal.access import queries as access
from student_portal.alerts import queries, service
from student_portal.audit.queries import machine
from student_portal.caseload import queries as caseload
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, pass_until, team


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def phone(portal: FrozenClock) -> Phone:
    return Phone(portal)


@pytest.fixture
def alert_id(people: Team, phone: Phone) -> str:
    """Sent on Monday at 10, read by nobody until 2pm, when Jo is told."""
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    phone.portal.move_to(at(11, 30, 10))
    made = people.raised(facts.person_id, facts.id, at(12, 7))
    pass_until(phone, at(11, 30, 14, 1))
    return made


@pytest.fixture
def person_id(people: Team, alert_id: str) -> str:
    [one] = access.stand_ins()
    assert one.staff_id == people.jo.person_id
    return one.person_id


def closes(people: Team, phone: Phone, day: int, hour: int, minute: int = 0) -> bool:
    """Whether the record is closed to Jo after a round at this moment of December."""
    phone.portal.move_to(at(12, day, hour, minute))
    service.end_stand_ins(at=clock.now(), by=machine(people.robin.service_id))
    return not access.stand_ins()


@pytest.mark.hazard("H21")
def test_it_closes_a_working_day_after_the_reading_and_not_before(
    people: Team, phone: Phone, alert_id: str, person_id: str
) -> None:
    phone.portal.move_to(at(11, 30, 15))
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    assert not closes(people, phone, 1, 14, 59)
    assert access.may_open(str(people.jo.person_id), person_id)
    assert closes(people, phone, 1, 15)
    assert not access.may_open(str(people.jo.person_id), person_id)
    assert access.may_open(str(people.robin.person_id), person_id)


@pytest.mark.hazard("H21")
def test_what_was_written_down_later_counts_from_then(
    people: Team, phone: Phone, alert_id: str, person_id: str
) -> None:
    phone.portal.move_to(at(11, 30, 15))
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    phone.portal.move_to(at(12, 1, 12))
    service.act(alert_id=alert_id, note="Spoke on the phone.", by=people.jo, at=clock.now())
    assert not closes(people, phone, 1, 15)
    assert closes(people, phone, 2, 12)


@pytest.mark.hazard("H01")
def test_while_an_answer_is_unread_it_stays_open_however_long(
    people: Team, phone: Phone, person_id: str
) -> None:
    assert not closes(people, phone, 18, 12)


def test_while_there_is_a_task_of_theirs_it_stays_open(
    people: Team, phone: Phone, alert_id: str, person_id: str
) -> None:
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    kind, by = duty.TaskKind.CALL_BACK, machine(people.robin.service_id)
    tasks.raise_task(
        kind=kind, subject=("person", person_id), person_id=person_id, owner_id=people.jo.person_id,
        due_at=at(12, 20), by=by, at=clock.now(),
    )  # fmt: skip
    assert not closes(people, phone, 10, 12)
    tasks.finish_task(kind=kind, subject_id=person_id, note="", by=people.jo, at=clock.now())
    assert closes(people, phone, 10, 12, 1)


@pytest.mark.hazard("H21")
def test_the_student_is_in_no_list_of_whoever_stands_in(people: Team, person_id: str) -> None:
    assert caseload.whose(people.jo) == []
    assert caseload.students(people.jo, at=clock.now()).total == 0
    assert [alert.person_id for alert in queries.unread(people.jo)] == [person_id]
