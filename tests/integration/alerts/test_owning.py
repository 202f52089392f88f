"""Nothing is without an owner: handed over by people, or found an owner when somebody leaves."""

import pytest

from student_portal.access import service as access
from student_portal.accounts import service as accounts
from student_portal.alerts import queries, service
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotAllowed, NotFound, Refused
from tests.support import care
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, member, team


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def alert_id(people: Team) -> str:
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    return people.raised(facts.person_id, facts.id, at(12, 7))


def owner(people: Team, alert_id: str) -> str:
    """Whose the alert is, and its task with it."""
    alert, task = queries.find_unread(alert_id), duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert_id)
    assert alert
    assert task
    assert task.owner_id == alert.owner_id
    return people.names[alert.owner_id]


@pytest.mark.hazard("H01")
def test_the_new_owner_is_told_may_open_it_and_it_is_kept_who_decided(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    task = duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert_id)
    assert task
    jo = str(people.jo.person_id)
    service.pass_on(task_id=task.id, to=jo, seen_version=task.version, by=people.robin, at=clock.now())
    assert owner(people, alert_id) == "jo"
    assert [alert.id for alert in queries.unread(people.jo)] == [alert_id]
    (passed,) = queries.handed_over(alert_id)
    assert (passed.from_id, passed.to_id, passed.by) == (people.robin.person_id, jo, people.robin.person_id)
    phone = Phone(portal)
    phone.round()
    assert len(phone.texts) == 2


@pytest.mark.hazard("H01")
def test_a_manager_hands_over_what_they_may_not_read(people: Team, alert_id: str) -> None:
    task = duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert_id)
    assert task
    row = queries.task(people.max, task.id)
    assert (row.name, row.may_open, row.may_hand_over, row.may_finish) == ("", False, True, False)
    jo = str(people.jo.person_id)
    service.pass_on(task_id=task.id, to=jo, seen_version=task.version, by=people.max, at=clock.now())
    assert owner(people, alert_id) == "jo"
    with pytest.raises(NotFound):
        queries.one(people.max, alert_id)


@pytest.mark.hazard("H01")
def test_an_answer_is_finished_by_reading_and_by_nothing_else(people: Team, alert_id: str) -> None:
    task = duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert_id)
    assert task
    with pytest.raises(NotAllowed):
        service.done(task_id=task.id, note="Done.", by=people.robin, at=clock.now())
    with pytest.raises(NotFound):
        service.pass_on(
            task_id=task.id, to=str(people.jo.person_id), seen_version=task.version, by=people.jo,
            at=clock.now(),
        )  # fmt: skip
    assert owner(people, alert_id) == "robin"


@pytest.mark.hazard("H01")
def test_handing_over_to_nobody_or_twice_at_once_is_refused(people: Team, alert_id: str) -> None:
    for to in ("", str(people.max.person_id)):
        with pytest.raises(Refused, match="nobody"):
            service.hand_over(alert_id=alert_id, to_id=to, by=people.robin, at=clock.now())
    jo, robin = str(people.jo.person_id), str(people.robin.person_id)
    service.hand_over(alert_id=alert_id, to_id=jo, seen_owner=robin, by=people.robin, at=clock.now())
    service.hand_over(alert_id=alert_id, to_id=jo, seen_owner=robin, by=people.robin, at=clock.now())
    with pytest.raises(Conflict):
        service.hand_over(alert_id=alert_id, to_id=robin, seen_owner=robin, by=people.max, at=clock.now())
    assert len(queries.handed_over(alert_id)) == 1


@pytest.mark.hazard("H01")
def test_what_was_somebodys_who_left_finds_another_owner_within_a_round(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    other = tasks.raise_task(
        kind=duty.TaskKind.CALL_BACK, subject=("thing", "x" * 26), person_id=None,
        owner_id=people.robin.person_id, due_at=clock.now(), by=people.by, at=clock.now(),
    )  # fmt: skip
    accounts.close_staff(person_id=str(people.robin.person_id), by=people.max, at=clock.now())
    Phone(portal).round()
    assert owner(people, alert_id) == "jo"
    assert duty.open_task(other).owner_id == people.max.person_id
    assert [step.why for step in queries.handed_over(alert_id)] == ["left"]


@pytest.mark.hazard("H01")
def test_an_alert_follows_the_student_to_their_new_therapist(people: Team, alert_id: str) -> None:
    alert = queries.find_unread(alert_id)
    assert alert
    kind = access.CareKind.THERAPY
    access.end_care(person_id=alert.person_id, kind=kind, by=people.by, at=clock.now())
    access.begin_care(
        person_id=alert.person_id, kind=kind, staff_id=people.jo.person_id, by=people.by, at=clock.now()
    )
    assert service.keep_owned(at=clock.now(), by=people.by) == 1
    assert owner(people, alert_id) == "jo"
    assert service.keep_owned(at=clock.now(), by=people.by) == 0


@pytest.mark.hazard("H01")
def test_without_anybody_who_could_read_it_is_the_managers_until_a_therapist_comes(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    for who in (people.robin, people.jo):
        accounts.close_staff(person_id=str(who.person_id), by=people.max, at=clock.now())
    phone = Phone(portal)
    portal.move_to(at(11, 30, 14))
    phone.round()
    assert owner(people, alert_id) == "max"
    assert [who for who, _, _ in people.told(alert_id)] == ["max", "max"]  # as its owner, for the cover
    newcomer = member(people.by.service_id, "Ash Newcomer")
    phone.round()
    assert [alert.owner_id for alert in queries.unread(newcomer)] == [newcomer.person_id]


@pytest.mark.hazard("H01")
def test_a_task_about_a_closed_record_that_nobody_could_take_is_the_managers(people: Team) -> None:
    closed = care.person(people.by.service_id, "Kit Fictional")
    task_id = tasks.raise_task(
        kind=duty.TaskKind.UNDELIVERED_TEXT, subject=("message", "m" * 26), person_id=closed, owner_id=None,
        due_at=clock.now(), by=people.by, at=clock.now(),
    )  # fmt: skip
    assert service.keep_owned(at=clock.now(), by=people.by) == 1
    assert duty.open_task(task_id).owner_id == people.max.person_id
    assert service.keep_owned(at=clock.now(), by=people.by) == 0
