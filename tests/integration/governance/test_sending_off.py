"""Before it is live, live and stopped, down to the provider: what leaves, what waits, and what runs out."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from student_portal import worker
from student_portal.accounts import service as accounts
from student_portal.accounts.queries import CodePurpose
from student_portal.audit.queries import machine
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind, open_tasks
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.sms import TwilioSender
from student_portal.governance import service
from student_portal.messaging import queries as messaging
from student_portal.messaging import service as outbox
from student_portal.messaging.queries import Channel, MessageState
from tests.integration.governance.standing import Open, manager, only_open, start, stop
from tests.support import booked
from tests.support.peers import TextPeer, text_peer

CONTACTS = "Three contacts were never checked."
ROTA = "Nobody stands in on Thursdays."


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    return only_open(monkeypatch, CONTACTS, room="signposting")


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
@pytest.mark.hazard("H01")
def test_blocked_then_decided_then_something_new_then_stopped_then_started_again(
    opened: Open, service_id: str, provider: TextPeer, portal: FrozenClock
) -> None:
    student = booked.student(service_id)
    by = manager(service_id)
    assert round_(provider) == 0
    assert provider.heard == []
    assert {state for _kind, state, _reason in states(student)} == {MessageState.QUEUED}
    assert messaging.backlog(clock.now()).waiting == len(states(student))

    start(by)
    assert round_(provider) == 1, "what waited goes, once"
    assert [fields["To"] for _path, fields in provider.heard] == [student.number]
    assert round_(provider) == 0

    opened.things.append(ROTA)
    portal.move_to(student.sessions[0].starts_at - timedelta(days=3))  # type: ignore[operator]
    assert round_(provider) == 1, "what came up stops nothing"
    assert duty.task_for(TaskKind.GOING_LIVE, service_id) is not None

    stop(by)
    opened.things.clear()
    portal.forward(days=2)
    assert round_(provider) == 0, "settled or not: a manager stopped it"
    start(by)
    assert round_(provider) == 1


@pytest.mark.hazard("H01")
def test_a_code_asked_for_in_a_live_service_goes_whatever_is_open(
    opened: Open, service_id: str, provider: TextPeer
) -> None:
    opened.things.clear()
    assert round_(provider) == 0
    opened.things.extend([CONTACTS, ROTA])
    student = booked.student(service_id)
    accounts.ask_code(
        purpose=CodePurpose.SIGN_IN, about="a browser", channel=Channel.SMS, address=student.number,
        by=machine(service_id), at=clock.now(),
    )  # fmt: skip
    worker.send(clock.now(), senders(provider))
    assert any("code" in fields["Body"] for _path, fields in provider.heard)


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


@pytest.mark.hazard("H16")
def test_the_running_worker_obeys_a_manager_within_a_minute(
    opened: Open,
    service_id: str,
    provider: TextPeer,
    portal: FrozenClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by, stopping = manager(service_id), threading.Event()
    acts = {2: lambda: start(by), 5: lambda: opened.things.append(ROTA), 9: lambda: stop(by)}
    allowed: list[bool] = []

    def note(*, may_send: bool, **_rest: object) -> int:
        allowed.append(may_send)
        portal.forward(seconds=20)
        acts.get(len(allowed), lambda: None)()
        if len(allowed) == 12:
            stopping.set()
        return 0

    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(outbox, "dispatch", note)
    worker.rounds(senders(provider), tmp_path, stopping)
    assert allowed == [False] * 2 + [True] * 7 + [False] * 3


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("is_live", [False, True])
def test_when_nobody_can_say_what_is_open_a_first_start_waits_and_a_live_service_plans_and_sends(
    is_live: bool, opened: Open, service_id: str, provider: TextPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_asked: object) -> None:
        raise RuntimeError("nobody can look")

    if is_live:
        start(manager(service_id))
    opened.things.clear()
    booked.student(service_id)
    monkeypatch.setattr(service, "look", broken)
    assert round_(provider) == int(is_live)


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
