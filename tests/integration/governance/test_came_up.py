"""What comes up in a live service: shown with its day, one task for a manager, and nothing else."""

import pytest

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, passwords
from student_portal.foundation.clock import FrozenClock
from student_portal.governance import queries
from tests.integration.governance.standing import Open, look, manager, only_open, start, stop

ROTA = "Nobody stands in on Thursdays."
CONTACTS = "Three contacts were never checked."


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A live service that started with nothing open."""
    things = only_open(monkeypatch)
    look(service_id)
    return things


def came_up() -> dict[str, object]:
    stands = queries.go_live()
    return {blocker.words: stands.found.get(blocker) for blocker in stands.came_up}


def minute(service_id: str, portal: FrozenClock) -> None:
    portal.forward(minutes=1)
    look(service_id)


@pytest.mark.hazard("H03")
def test_it_is_one_task_however_much_comes_up_and_is_done_when_settled(
    opened: Open, service_id: str, portal: FrozenClock
) -> None:
    at = manager_account(service_id)
    opened.things.append(ROTA)
    minute(service_id, portal)
    task = duty.task_for(TaskKind.GOING_LIVE, service_id)
    assert task is not None
    assert task.owner_id == at
    assert task.created_at == clock.now()
    opened.things.append(CONTACTS)
    for _ in range(3):
        minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) == task
    opened.things.remove(ROTA)
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) == task
    opened.things.clear()
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is None
    assert queries.may_send()


def test_a_service_without_managers_gives_it_to_the_team(
    opened: Open, service_id: str, portal: FrozenClock
) -> None:
    opened.things.append(ROTA)
    minute(service_id, portal)
    task = duty.task_for(TaskKind.GOING_LIVE, service_id)
    assert task is not None
    assert task.owner_id is None


def test_a_manager_goes_on_with_it_or_stops_and_the_task_is_done(
    opened: Open, service_id: str, portal: FrozenClock
) -> None:
    by = manager(service_id)
    opened.things.append(ROTA)
    minute(service_id, portal)
    start(by)
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is None
    assert came_up() == {}
    opened.things.append(CONTACTS)
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is not None
    stop(by)
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is None


def test_before_the_start_nothing_is_a_task(
    service_id: str, monkeypatch: pytest.MonkeyPatch, portal: FrozenClock
) -> None:
    only_open(monkeypatch, ROTA)
    minute(service_id, portal)
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is None
    assert came_up() == {}


def test_it_says_since_when_to_a_minute(opened: Open, service_id: str, portal: FrozenClock) -> None:
    opened.things.append(ROTA)
    assert came_up() == {ROTA: None}, "seen before the worker noted it"
    minute(service_id, portal)
    since = clock.now()
    minute(service_id, portal)
    assert came_up() == {ROTA: since}


def test_what_a_decision_covered_comes_up_again_when_it_was_settled_in_between(
    service_id: str, monkeypatch: pytest.MonkeyPatch, portal: FrozenClock
) -> None:
    opened = only_open(monkeypatch, CONTACTS)
    start(manager(service_id))
    minute(service_id, portal)
    assert came_up() == {}
    opened.things.clear()
    minute(service_id, portal)
    opened.things.append(CONTACTS)
    minute(service_id, portal)
    assert came_up() == {CONTACTS: clock.now()}
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is not None


def manager_account(service_id: str) -> str:
    """A manager with an open account, who can own a task."""
    return accounts.create_staff(
        name="Max Ferry",
        email="max@example.com",
        password="a long enough passphrase",
        role=Role.MANAGER,
        totp=passwords.new_totp_secret(),
        by=machine(service_id),
        at=clock.now(),
    )
