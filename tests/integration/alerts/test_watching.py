"""What stopped is noticed from outside, said once, and ends by itself; jumps of the clock cry no wolf."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.alerts import queries, service
from student_portal.alerts.queries import WORKER, Running, Trouble
from student_portal.duty import queries as duty
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.asking import text
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, pass_until, team
from tests.support.staff import signed_in

Watch = Callable[[], set[Trouble]]


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def watch(people: Team) -> Watch:
    """Look now, as a web process that has looked since the beginning; gives what stands as a task."""
    since = clock.real()

    def look() -> set[Trouble]:
        service.watch(at=clock.now(), real=clock.real(), since_real=since, by=people.by)
        return {trouble for trouble in Trouble if duty.task_for(duty.TaskKind.SOMETHING_STOPPED, trouble)}

    return look


def beat(people: Team) -> None:
    service.beat(part=WORKER, real=clock.real(), by=people.by)


def now(people: Team, since: datetime) -> Running:
    return queries.running(people.by.service_id, at=clock.now(), real=clock.real(), since_real=since)


@pytest.mark.hazard("H01")
def test_a_worker_silent_for_five_minutes_is_the_managers_task_until_it_works_again(
    people: Team, watch: Watch, portal: FrozenClock
) -> None:
    beat(people)
    portal.forward(minutes=4, seconds=59)
    assert watch() == set()
    portal.forward(seconds=1)
    assert watch() == {Trouble.WORKER}
    first = duty.task_for(duty.TaskKind.SOMETHING_STOPPED, Trouble.WORKER)
    assert first
    assert first.owner_id == people.max.person_id
    portal.forward(minutes=1)
    watch()
    assert duty.task_for(duty.TaskKind.SOMETHING_STOPPED, Trouble.WORKER) == first
    beat(people)
    assert watch() == set()


@pytest.mark.hazard("H01")
def test_a_worker_that_never_came_is_silent_since_somebody_looks(watch: Watch, portal: FrozenClock) -> None:
    portal.forward(minutes=4)
    assert watch() == set()
    portal.forward(minutes=1)
    assert watch() == {Trouble.WORKER}


def test_a_jump_of_the_demos_clock_is_no_silence(people: Team, watch: Watch, portal: FrozenClock) -> None:
    beat(people)
    portal.move_to(clock.now() + timedelta(days=3))
    assert watch() == set()


@pytest.mark.hazard("H01")
def test_a_message_that_waits_although_it_could_go(people: Team, watch: Watch, portal: FrozenClock) -> None:
    messaging.queue(
        kind="staff_read", channel=Channel.EMAIL, recipient_id=people.jo.person_id, facts={}, about=None,
        due_at=clock.now(), expires_at=clock.now() + timedelta(hours=1), by=people.by, at=clock.now(),
    )  # fmt: skip
    for minutes, seen in ((9, set()), (1, {Trouble.QUEUE})):
        portal.forward(minutes=minutes)
        beat(people)
        assert watch() == seen


@pytest.mark.hazard("H01")
def test_a_step_nobody_takes_and_an_answer_the_manager_was_told_of(
    people: Team, watch: Watch, portal: FrozenClock
) -> None:
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    alert_id = people.raised(facts.person_id, facts.id, at(12, 7))
    portal.move_to(at(11, 30, 14, 4))
    assert watch() == set()
    portal.move_to(at(11, 30, 14, 5))
    assert watch() == {Trouble.STEPS}
    phone = Phone(portal)
    pass_until(phone, at(11, 30, 15, 59))
    assert watch() == set()
    pass_until(phone, at(11, 30, 16))
    assert watch() == {Trouble.UNREAD}
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    assert watch() == set()


def gauges(page: str) -> dict[str, str]:
    return dict(line.rsplit(" ", 1) for line in page.splitlines() if line and not line.startswith("#"))


@pytest.mark.hazard("H01")
def test_the_machine_that_watches_reads_figures_and_nothing_about_a_person(
    app: Flask, client: FlaskClient, people: Team, portal: FrozenClock
) -> None:
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    people.raised(facts.person_id, facts.id, at(12, 7))
    portal.forward(hours=5)
    page = client.get("/metrics")
    assert page.content_type.startswith("text/plain")
    found = gauges(page.text)
    assert (found["portal_alerts_unread"], found["portal_alerts_overdue"]) == ("1", "1")
    assert found["portal_alerts_overdue_seconds"] == "3600"
    assert found['portal_stopped{part="steps"}'] == "1"
    assert "Sam" not in page.text
    assert facts.person_id not in page.text


def test_nobody_else_is_told_that_there_are_figures(app: Flask, client: FlaskClient) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    app.config["PORTAL"] = replace(app.config["PORTAL"], metrics_token="a-token-of-some-length")
    assert client.get("/metrics").status_code == 404
    far = {"REMOTE_ADDR": "203.0.113.9"}
    shown = {"Authorization": "Bearer a-token-of-some-length"}
    assert client.get("/metrics", environ_base=far, headers=shown).status_code == 200
    wrong = {"Authorization": "Bearer a-token-of-some-lengtH"}
    assert client.get("/metrics", environ_base=far, headers=wrong).status_code == 404


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("role", [Role.THERAPIST, Role.LIAISON, Role.ADMIN, Role.MANAGER])
def test_anybody_on_duty_reads_what_has_stopped(
    client: FlaskClient, people: Team, portal: FrozenClock, role: Role
) -> None:
    signed_in(client, role)
    client.get("/staff/alerts/running")
    portal.forward(minutes=6)
    page = text(client.get("/staff/alerts/running"))
    assert "The worker is silent" in page
    assert "It has not been seen yet." in page
