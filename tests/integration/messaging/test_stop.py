"""STOP is obeyed everywhere and at once; START gives back the channel and nothing more."""

from datetime import timedelta

import pytest

from student_portal.audit.queries import Actor
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import queries, service
from student_portal.messaging.queries import AddressKnown, Channel, MessageState
from tests.support.outbox import NUMBER, Ask, Provider, Round, reasons, state

STRANGER = "+447700900777"


def text(body: str, by: Actor, *, address: str = NUMBER, provider_id: str | None = None) -> None:
    service.receive(address=address, body=body, provider_id=provider_id, by=by, at=clock.now())


def known(address: str = NUMBER) -> AddressKnown | None:
    return queries.address_state(Channel.SMS, address)


@pytest.mark.hazard("H24")
def test_stop_between_queue_and_send_stops_everything_codes_included(
    ask: Ask, send: Round, provider: Provider, by: Actor, portal: FrozenClock
) -> None:
    booked, code = ask("booked"), ask("code", address=NUMBER)
    portal.forward(seconds=1)
    text("Stop please", by)
    assert send() == 0
    assert provider.taken == []
    assert [(state(each), reasons(each)) for each in (booked, code)] == [
        (MessageState.DROPPED, ["stopped"])
    ] * 2


def test_stop_is_not_answered(send: Round, by: Actor, person_id: str) -> None:
    text("STOP", by)
    assert send() == 0
    assert queries.backlog(clock.now()).waiting == 0


def test_stop_holds_for_the_number_not_for_the_persons_email(ask: Ask, send: Round, by: Actor) -> None:
    text("STOP", by)
    service.mark_proved(
        channel=Channel.EMAIL, address="sam@example.org", reason="code", by=by, at=clock.now()
    )
    ask("code", channel=Channel.EMAIL, address="sam@example.org")
    assert send() == 1


def test_start_gives_the_number_back_as_it_was(ask: Ask, send: Round, by: Actor, portal: FrozenClock) -> None:
    for body, expected in [("stop", AddressKnown.STOPPED), ("start", AddressKnown.PROVED)]:
        portal.forward(seconds=1)
        text(body, by)
        assert known() == expected
    ask()
    assert send() == 1


@pytest.mark.hazard("H05")
def test_start_does_not_lift_a_suspension_and_proves_nothing(
    by: Actor, person_id: str, portal: FrozenClock
) -> None:
    portal.forward(seconds=1)
    service.suspend(channel=Channel.SMS, address=NUMBER, reason="wrong_person", by=by, at=clock.now())
    for address in (NUMBER, STRANGER):
        for body in ("STOP", "STOP", "START"):
            portal.forward(seconds=1)
            text(body, by, address=address)
    assert known() == AddressKnown.SUSPENDED
    assert known(STRANGER) == AddressKnown.UNPROVED


def test_start_without_a_stop_changes_nothing(by: Actor, person_id: str) -> None:
    text("START", by, address=STRANGER)
    assert known(STRANGER) is None
    assert known() == AddressKnown.PROVED


def test_a_code_that_came_back_does_not_lift_a_stop(by: Actor, person_id: str, portal: FrozenClock) -> None:
    portal.forward(seconds=1)
    text("STOP", by)
    portal.forward(seconds=1)
    service.mark_proved(channel=Channel.SMS, address=NUMBER, reason="code", by=by, at=clock.now())
    assert known() == AddressKnown.STOPPED


@pytest.mark.hazard("H17")
def test_anything_else_gets_the_notice_at_any_hour_and_at_most_one_an_hour(
    send: Round, by: Actor, provider: Provider, portal: FrozenClock
) -> None:
    portal.move_to(clock.now() + timedelta(hours=13))  # 11 in the evening
    text("I do not know what to do", by, address=STRANGER)
    assert send() == 1
    [(to, words)] = provider.taken
    assert to == STRANGER
    assert "nobody reads replies" in words
    assert "111" in words
    assert "999" in words
    portal.forward(minutes=59)
    text("hello?", by, address=STRANGER)
    text("hello?", by)  # another number has its own hour
    assert send() == 1
    portal.forward(minutes=2)
    text("hello?", by, address=STRANGER)
    assert send() == 1


def test_the_same_text_delivered_twice_by_the_provider_counts_once(
    send: Round, by: Actor, portal: FrozenClock
) -> None:
    for _ in range(2):
        text("hello", by, address=STRANGER, provider_id="SM1")
        portal.forward(hours=2)
    assert queries.backlog(clock.now()).waiting == 1


def test_two_texts_without_a_number_of_the_provider_are_two(
    by: Actor, portal: FrozenClock, send: Round
) -> None:
    for _ in range(2):
        text("hello", by, address=STRANGER)
        portal.forward(hours=2)
    assert queries.backlog(clock.now()).waiting == 2
