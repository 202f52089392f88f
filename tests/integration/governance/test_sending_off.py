"""A live service: nothing leaves while anything is open, nothing is lost, and a manager's word opens it."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from student_portal import worker
from student_portal.audit.queries import machine
from student_portal.duty.queries import TaskKind, open_tasks
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.sms import TwilioSender
from student_portal.governance import queries, service
from student_portal.messaging import queries as messaging
from student_portal.messaging import service as outbox
from student_portal.messaging.queries import Channel, MessageState
from tests.integration.governance.standing import Open, live, manager
from tests.support import booked
from tests.support.peers import TextPeer, text_peer

CONTACTS = "Three contacts were never checked."
ROTA = "Nobody stands in on Thursdays."


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    things = Open()
    monkeypatch.setattr(queries, "ROOMS", {"signposting": things})
    things.things.append(CONTACTS)
    live()
    return things


@pytest.fixture
def provider() -> Iterator[TextPeer]:
    with text_peer() as peer:
        yield peer


def senders(provider: TextPeer) -> worker.Senders:
    return {Channel.SMS: TwilioSender("AC1", "token", "+441514960000", base=provider.url)}


def round_(provider: TextPeer) -> int:
    return worker.tick(clock.now(), senders(provider))


def states(student: booked.Student) -> list[tuple[str, MessageState, str]]:
    lines = messaging.messages_to(student.therapist, student.person_id)
    return [(line.kind, line.state, line.reason) for line in lines]


@pytest.mark.hazard("H03")
def test_blocked_then_decided_then_something_new_then_taken_back(
    opened: Open, service_id: str, provider: TextPeer, portal: FrozenClock
) -> None:
    student = booked.student(service_id)
    by = manager(service_id)
    assert round_(provider) == 0
    assert provider.heard == []
    assert {state for _kind, state, _reason in states(student)} == {MessageState.QUEUED}
    assert messaging.backlog(clock.now()).waiting == len(states(student))

    seen = queries.go_live().seen
    decision = service.go_live_all_the_same(reason="A drill.", seen=seen, by=by, at=clock.now())
    assert round_(provider) == 1, "what waited goes, once"
    assert [fields["To"] for _path, fields in provider.heard] == [student.number]
    assert round_(provider) == 0

    opened.things.append(ROTA)
    portal.move_to(student.sessions[0].starts_at - timedelta(days=3))  # type: ignore[operator]
    assert round_(provider) == 0, "the decision never spoke of the rota"
    opened.things.remove(ROTA)
    assert round_(provider) == 1
    assert queries.go_live().decided.id == decision  # type: ignore[union-attr]

    service.take_back(by=by, at=clock.now())
    portal.forward(days=2)
    assert round_(provider) == 0
    opened.things.clear()
    assert round_(provider) == 1, "settled: nobody has to decide"


@pytest.mark.hazard("H16")
def test_what_runs_out_meanwhile_is_shown_to_a_person_and_never_sent_late(
    opened: Open, service_id: str, provider: TextPeer, portal: FrozenClock
) -> None:
    student = booked.student(service_id)
    round_(provider)
    portal.move_to(student.sessions[0].starts_at + timedelta(days=1))  # type: ignore[operator]
    round_(provider)
    ended = {(state, reason) for kind, state, reason in states(student) if kind == "booked"}
    assert ended == {(MessageState.FAILED, messaging.NOT_LIVE)}
    assert messaging.ran_out_unsent() >= 1
    assert TaskKind.UNDELIVERED_TEXT in {task.kind for task in open_tasks(student.therapist)}
    opened.things.clear()
    round_(provider)
    assert not any("booked" in str(fields) for _path, fields in provider.heard)
    assert all("7 December" not in fields["Body"] for _path, fields in provider.heard)


@pytest.mark.hazard("H03")
def test_the_running_worker_obeys_within_a_minute_and_does_nothing_before_it_knows(
    opened: Open,
    service_id: str,
    provider: TextPeer,
    portal: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by, stopping = manager(service_id), threading.Event()
    opened.things.clear()
    tried: list[tuple[int, bool]] = []

    def note(_at: object, _senders: object, may_send: bool = True) -> int:
        tried.append((len(tried), may_send))
        portal.forward(seconds=20)
        if len(tried) == 2:
            opened.things.append(ROTA)
        if len(tried) == 9:
            stopping.set()
        return 0

    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(worker, "send", note)
    worker.rounds(senders(provider), tmp_path, stopping)
    allowed = [may_send for _number, may_send in tried]
    assert allowed == [True, True, True, False, False, False, False, False, False]
    assert by.person_id


@pytest.mark.hazard("H16")
def test_when_it_cannot_be_asked_nothing_leaves(
    service_id: str, portal: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping, allowed = threading.Event(), list[bool]()

    def broken() -> list[str]:
        raise RuntimeError("the room is gone")

    def note(_at: object, _senders: object, may_send: bool = True) -> int:
        allowed.append(may_send)
        stopping.set()
        return 0

    live()
    monkeypatch.setattr(queries, "ROOMS", {"signposting": broken})
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(worker, "send", note)
    worker.rounds({}, tmp_path, stopping)
    assert allowed == [False]


def test_a_code_that_ran_out_is_nobodys_task(opened: Open, service_id: str, provider: TextPeer) -> None:
    by = machine(service_id)
    at = clock.now()
    outbox.queue(
        kind="code", channel=Channel.SMS, address="+447700900142", facts={}, about=None, due_at=at,
        expires_at=at, by=by, at=at,
    )  # fmt: skip
    round_(provider)
    assert messaging.backlog(at).waiting == 0
    assert open_tasks(manager(service_id)) == []
    assert provider.heard == []
