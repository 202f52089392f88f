"""Real messages leave exactly when nothing is open or a standing decision covers all of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.audit.models import AuditEvent
from student_portal.foundation import clock, db, outlets
from student_portal.foundation.errors import Conflict, NotAllowed, Refused
from student_portal.foundation.outlets import Outlets
from student_portal.governance import queries, service
from tests.integration.governance.standing import Open, live, manager

WHY = "Nobody is booked before Monday."


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A live service in which only these things are open."""
    live()
    things = Open()
    monkeypatch.setattr(queries, "ROOMS", {"measures": things})
    return things


def decide(by: Viewer, seen: str | None = None) -> str:
    return service.go_live_all_the_same(
        reason=WHY, seen=queries.go_live().seen if seen is None else seen, by=by, at=clock.now()
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "settle", "decide", "take back"]), st.sampled_from("abc")), max_size=12
)


@pytest.mark.hazard("H03")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_messages_leave_exactly_when_everything_open_was_taken_on(
    opened: Open, service_id: str, steps: list[tuple[str, str]]
) -> None:
    by = manager(service_id)
    opened.things.clear()
    service.take_back(by=by, at=clock.now())
    taken_on: set[str] = set()
    for step, thing in steps:
        if step == "open" and thing not in opened.things:
            opened.things.append(thing)
        elif step == "settle" and thing in opened.things:
            opened.things.remove(thing)
        elif step == "take back":
            service.take_back(by=by, at=clock.now())
            taken_on = set()
        elif step == "decide" and set(opened.things) <= taken_on:
            with pytest.raises(Refused, match="nothing"):
                decide(by)
        elif step == "decide":
            decide(by)
            taken_on = set(opened.things)
        assert queries.may_send() == (set(opened.things) <= taken_on)


def test_the_demo_sends_to_its_phone_whatever_is_open(opened: Open) -> None:
    opened.things.append("a")
    assert not queries.may_send()
    outlets.install(Outlets(is_demo=True))
    assert queries.may_send()
    assert not queries.go_live().sends, "nothing real leaves"


def test_a_decision_is_about_what_stood_on_the_page(opened: Open, service_id: str) -> None:
    opened.things.append("a")
    seen = queries.go_live().seen
    opened.things.append("b")
    with pytest.raises(Conflict):
        decide(manager(service_id), seen)
    assert queries.decisions() == []


def test_two_managers_at_once_make_one_decision(opened: Open, service_id: str) -> None:
    opened.things.append("a")
    seen = queries.go_live().seen
    decide(manager(service_id), seen)
    with pytest.raises(Conflict):
        decide(manager(service_id, "Lin Quay"), seen)
    assert [decided.by for decided in queries.decisions()] == ["Max Ferry"]


def test_a_new_decision_takes_the_place_of_the_old_one_and_both_stay_known(
    opened: Open, service_id: str
) -> None:
    by = manager(service_id)
    opened.things.append("a")
    decide(by)
    opened.things.append("b")
    decide(by)
    newest, oldest = queries.decisions()
    assert newest.ended_at is None
    assert oldest.ended_by == "Max Ferry"
    assert {blocker.words for blocker in newest.covers} == {"a", "b"}
    assert {blocker.words for blocker in oldest.covers} == {"a"}
    with db.read() as session:
        verbs = [row.verb for row in session.exec(select(AuditEvent)) if row.verb.startswith("governance.")]
    assert sorted(verbs) == ["governance.go_live", "governance.go_live", "governance.take_back"]


@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.THERAPIST, Role.LIAISON, Role.STUDENT])
def test_nobody_but_a_manager_decides(opened: Open, service_id: str, role: Role) -> None:
    opened.things.append("a")
    by = manager(service_id)
    somebody = Viewer(service_id, by.person_id, role)
    with pytest.raises(NotAllowed):
        decide(somebody)
    with pytest.raises(NotAllowed):
        service.take_back(by=somebody, at=clock.now())
