"""A worker may die anywhere, and others may work beside it: each message goes once or a person is told."""

import importlib
import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, db, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service
from student_portal.messaging.queries import Channel, MessageState
from student_portal.messaging.service import Recipe, outcomes
from tests.support.outbox import NUMBER, Ask, Checks, Provider, Round, message, reasons, state


class Killed(BaseException):
    """The process is gone: nothing after this runs, and no transaction that is open commits."""


def die(*_: object, **__: object) -> None:
    raise Killed


def outcome_known(message_id: str | None) -> bool:
    told = duty.task_for(TaskKind.UNDELIVERED_TEXT, str(message_id)) is not None
    return state(message_id) is MessageState.SENT or (state(message_id) is MessageState.UNKNOWN and told)


@pytest.mark.hazard("H16")
def test_killed_before_the_words_were_made_it_goes_once_when_the_lease_ends(
    ask: Ask, send: Round, checks: Checks, provider: Provider, portal: FrozenClock
) -> None:
    asked = ask()
    dying = Recipe(address=die, checks=(), fill=dict)
    with pytest.raises(Killed):
        service.dispatch(
            may_send=True, at=clock.now(), table={"booked": dying}, senders={Channel.SMS: provider}
        )
    assert (state(asked), send()) == (MessageState.CLAIMED, 0)
    portal.forward(seconds=61)
    assert (send(), send()) == (1, 0)
    assert len(provider.taken) == 1


@pytest.mark.parametrize("taken", [False, True])
def test_killed_while_sending_it_is_never_sent_again(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock, monkeypatch, taken: bool
) -> None:
    asked = ask()
    # Either the provider took it and we never wrote that down, or we died before it heard of it.
    place = (outcomes, "sent") if taken else (provider, "during")
    with monkeypatch.context() as patch:
        patch.setattr(*place, die)
        with pytest.raises(Killed):
            send()
    for _ in range(3):
        portal.forward(seconds=61)
        assert send() == 0
    assert len(provider.taken) == taken
    assert (state(asked), reasons(asked)) == (MessageState.UNKNOWN, ["worker_lost"])
    assert outcome_known(asked)


def test_words_that_cannot_be_made_end_with_a_person_not_in_a_circle(
    ask: Ask, send: Round, checks: Checks, provider: Provider, portal: FrozenClock
) -> None:
    asked = ask()
    broken = {**checks.table(), "booked": Recipe(address=lambda _: NUMBER, checks=(), fill=lambda _: {})}
    for _ in range(5):
        with pytest.raises(LookupError):
            service.dispatch(may_send=True, at=clock.now(), table=broken, senders={Channel.SMS: provider})
        portal.forward(seconds=61)
    after = ask()
    assert send() == 1
    assert (state(asked), state(after)) == (MessageState.FAILED, MessageState.SENT)
    assert duty.task_for(TaskKind.UNDELIVERED_TEXT, str(asked))


@pytest.mark.hazard("H04")
def test_dropped_while_a_worker_held_it_without_words_it_never_goes(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock, by: Actor
) -> None:
    about = ids.new()
    asked = ask(about=about)
    dying = Recipe(address=die, checks=(), fill=dict)
    with pytest.raises(Killed):
        service.dispatch(
            may_send=True, at=clock.now(), table={"booked": dying}, senders={Channel.SMS: provider}
        )
    assert service.drop(about=about, reason="moved", by=by, at=clock.now()) == 1
    portal.forward(seconds=61)
    assert send() == 0
    assert state(asked) is MessageState.DROPPED


def test_what_is_on_its_way_or_gone_cannot_be_taken_back(
    ask: Ask, send: Round, provider: Provider, by: Actor
) -> None:
    about, taken_back = ids.new(), list[int]()
    asked = ask(about=about)

    def take_back() -> None:
        taken_back.append(service.drop(about=about, reason="moved", by=by, at=clock.now()))

    provider.during = take_back
    assert send() == 1
    take_back()
    assert (taken_back, state(asked), reasons(asked)) == ([0, 0], MessageState.SENT, [])


def test_no_transaction_is_open_while_the_provider_is_spoken_to(
    ask: Ask, send: Round, provider: Provider, by: Actor
) -> None:
    ask()

    def write_elsewhere() -> None:
        with ThreadPoolExecutor(1) as other:
            stop = {"channel": Channel.EMAIL, "address": "sam@example.org", "reason": "test"}
            other.submit(lambda: service.stop(**stop, by=by, at=clock.now())).result(timeout=3)

    provider.during = write_elsewhere
    assert send() == 1


def test_a_slow_provider_answers_after_another_worker_gave_the_message_up(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock
) -> None:
    asked = ask()

    def meanwhile() -> None:
        provider.during = lambda: None
        portal.forward(seconds=61)
        assert send() == 0

    provider.during = meanwhile
    assert send() == 1
    assert state(asked) is MessageState.SENT
    assert duty.task_for(TaskKind.UNDELIVERED_TEXT, str(asked)) is None


def test_a_worker_that_slept_past_its_lease_leaves_the_message_to_the_one_that_has_it_now(
    ask: Ask, send: Round, provider: Provider, checks: Checks, portal: FrozenClock, by: Actor
) -> None:
    ask()
    steps = importlib.import_module("student_portal.messaging.service.dispatch")
    slept = steps._claim(clock.now(), may_send=True)
    portal.forward(seconds=61)
    woke = []
    ready = {"table": checks.table(), "senders": {Channel.SMS: provider}, "may_send": True, "by": by}
    ready["at"] = clock.now()
    provider.during = lambda: woke.append(steps._prepare(slept, **ready))
    assert send() == 1
    assert woke == [None]


def test_workers_beside_each_other_send_each_message_once(ask: Ask, provider: Provider) -> None:
    for number in range(12):
        ask("code", address=f"+4477009000{number:02}")
    ready = {"table": Checks().table(), "senders": {Channel.SMS: provider}}
    ready |= {"at": clock.now(), "may_send": True}
    with ThreadPoolExecutor(3) as workers:
        taken = [each.result() for each in [workers.submit(service.dispatch, **ready) for _ in range(3)]]
    assert sum(taken) == 12
    assert set(Counter(to for to, _ in provider.taken).values()) == {1}


def test_a_process_that_is_really_killed_while_sending_loses_nothing_and_repeats_nothing(
    ask: Ask, send: Round, provider: Provider, checks: Checks, portal: FrozenClock, tmp_path: Path
) -> None:
    first, second = ask(due_at=clock.now()), ask(due_at=clock.now())
    seen = tmp_path / "seen"

    class Deadly:
        def send(self, *, to: str, body: str, message_id: str) -> str:
            seen.write_text(message_id)
            os.kill(os.getpid(), signal.SIGKILL)
            return message_id

    db.engine().dispose()
    child = os.fork()
    if child == 0:
        service.dispatch(may_send=True, at=clock.now(), table=checks.table(), senders={Channel.SMS: Deadly()})
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    portal.forward(seconds=61)
    assert send() == 1
    [begun, other] = sorted([first, second], key=lambda each: each != seen.read_text())
    assert (state(begun), state(other)) == (MessageState.UNKNOWN, MessageState.SENT)
    assert outcome_known(begun)


DEATHS = st.lists(st.sampled_from(["check", "send", "record", "none"]), min_size=1, max_size=6)


@pytest.mark.one_database
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=DEATHS)
def test_whatever_the_order_of_deaths_no_message_goes_twice_or_is_lost(
    ask: Ask, portal: FrozenClock, deaths: list[str]
) -> None:
    provider, marks = Provider(), [f"+4477009001{number:02}" for number in range(3)]
    asked = [ask("booked", about=mark[-4:]) for mark in marks]
    original = outcomes.sent
    for death in [*deaths, "none", "none"]:
        table = Checks().table()
        if death == "check":
            table["booked"] = Recipe(address=die, checks=(), fill=dict)
        provider.during = die if death == "send" else lambda: None
        outcomes.sent = die if death == "record" else original
        try:
            service.dispatch(may_send=True, at=clock.now(), table=table, senders={Channel.SMS: provider})
        except Killed:
            pass
        finally:
            outcomes.sent = original
        portal.forward(seconds=61)
    recorded = [each for each in asked if state(each) is MessageState.SENT]
    assert len(recorded) <= len(provider.taken) <= len(asked)
    assert all(outcome_known(each) or message(each).attempts >= 5 for each in asked)
