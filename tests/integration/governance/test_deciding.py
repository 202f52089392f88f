"""Starting and stopping: who may, on what grounds, and what stays known. Over time: test_over_time.py."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.audit.models import AuditEvent
from student_portal.audit.queries import machine
from student_portal.foundation import clock, db, outlets
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotAllowed
from student_portal.foundation.outlets import Outlets
from student_portal.governance import queries, service
from student_portal.governance.models import GoLiveDecision, GoLiveStep
from tests.integration.governance.standing import Open, look, manager, only_open, start, stop
from tests.support.together import at_once


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    return only_open(monkeypatch)


def test_the_demo_sends_to_its_phone_whatever_is_open_and_nothing_is_noted(
    opened: Open, service_id: str
) -> None:
    opened.things.append("a")
    assert not queries.may_send()
    outlets.install(Outlets(is_demo=True))
    look(service_id)
    assert queries.may_send()
    opened.things.clear()
    look(service_id)
    assert queries.decisions() == []
    assert queries.go_live().found == {}


def test_what_nothing_holds_back_starts_by_itself_once_and_names_nobody(
    opened: Open, service_id: str
) -> None:
    assert not queries.may_send(), "the worker has not looked yet"
    look(service_id)
    look(service_id)
    (only,) = queries.decisions()
    assert (only.starts, only.by, only.reason, only.at) == (True, "", "", clock.now())
    assert queries.may_send()


def test_a_start_is_about_what_stood_on_the_page(opened: Open, service_id: str) -> None:
    opened.things.append("a")
    seen = queries.go_live().seen
    opened.things.append("b")
    with pytest.raises(Conflict):
        start(manager(service_id), seen)
    assert queries.decisions() == []


@pytest.mark.hazard("H16")
def test_a_stop_holds_from_an_old_page_and_when_no_room_can_answer(
    opened: Open, service_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("nobody can be asked")

    look(service_id)
    monkeypatch.setattr(service, "go_live", broken)
    stop(manager(service_id))
    assert not queries.may_send()


def test_a_service_that_is_kept_off_does_not_start_by_itself(opened: Open, service_id: str) -> None:
    by = manager(service_id)
    stop(by, "We open on Monday.")
    look(service_id)
    assert not queries.may_send()
    start(by)
    assert queries.may_send()


def test_two_managers_in_the_same_moment_make_one_decision(opened: Open, service_id: str) -> None:
    opened.things.append("a")
    first, second = manager(service_id), manager(service_id, "Lin Quay")
    seen = queries.go_live().seen

    def try_to_start(by: Viewer) -> str:
        try:
            return start(by, seen)
        except Conflict:
            return "conflict"

    outcomes = at_once(lambda: try_to_start(first), lambda: try_to_start(second))
    assert outcomes.count("conflict") == 1
    (only,) = queries.decisions()
    assert only.id in outcomes
    at_once(lambda: stop(first), lambda: stop(second))
    assert [decided.starts for decided in queries.decisions()] == [False, True]


def put(service_id: str, does: GoLiveStep, by: str | None, reason: str | None) -> None:
    """Past every verb."""
    with db.write() as session:
        row = GoLiveDecision(service_id=service_id, does=does, at=clock.now(), by=by, covers=[])
        row.reason = reason  # type: ignore[assignment]
        session.add(row)


@pytest.mark.parametrize("does", GoLiveStep)
def test_the_database_lets_one_decision_stand(opened: Open, service_id: str, does: GoLiveStep) -> None:
    look(service_id)
    by = manager(service_id)
    with pytest.raises(IntegrityError):
        put(service_id, does, by.person_id, "Nobody looked.")


@pytest.mark.parametrize(
    ("does", "named", "reason"),
    [
        (GoLiveStep.STOP, False, None),  # a machine never stops
        (GoLiveStep.STOP, True, None),
        (GoLiveStep.START, True, None),
        (GoLiveStep.START, False, "because"),
    ],
)
def test_the_database_wants_a_person_and_a_reason(
    opened: Open, service_id: str, does: GoLiveStep, named: bool, reason: str | None
) -> None:
    by = manager(service_id).person_id if named else None
    with pytest.raises(IntegrityError):
        put(service_id, does, by, reason)


def test_every_decision_stays_known(opened: Open, service_id: str, portal: FrozenClock) -> None:
    by = manager(service_id)
    opened.things.append("a")
    start(by)
    portal.forward(minutes=1)
    opened.things.append("b")
    start(by)
    stop(by)
    stop(by, "Once more.")
    newest, again, oldest = queries.decisions()
    assert (newest.starts, newest.reason, newest.ended_at) == (
        False, "The wrong number stands in the texts.", None
    )  # fmt: skip
    assert again.ended_by == oldest.ended_by == "Max Ferry"
    assert {blocker.words for blocker in again.covers} == {"a", "b"}
    assert {blocker.words for blocker in oldest.covers} == {"a"}
    with db.read() as session:
        verbs = [row.verb for row in session.exec(select(AuditEvent)) if row.verb.startswith("governance.")]
    assert sorted(verbs) == ["governance.start", "governance.start", "governance.stop"]


@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.THERAPIST, Role.LIAISON, Role.STUDENT])
def test_nobody_but_a_manager_decides(opened: Open, service_id: str, role: Role) -> None:
    opened.things.append("a")
    by = manager(service_id)
    somebody = Viewer(service_id, by.person_id, role)
    for act in (start, stop):
        with pytest.raises(NotAllowed):
            act(somebody)
    assert machine(service_id).person_id is None
    assert queries.decisions() == []
