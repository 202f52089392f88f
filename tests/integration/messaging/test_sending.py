"""From the outbox to the provider: once, in order, and never when something says no."""

from datetime import timedelta

import pytest

from student_portal.audit import queries as audit
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service
from student_portal.messaging.queries import Channel, MessageState
from tests.support.outbox import NUMBER, Ask, Checks, Provider, Round, message, reasons, state


def to_look_at(message_id: str | None) -> bool:
    return duty.task_for(TaskKind.UNDELIVERED_TEXT, message_id or "") is not None


def test_a_message_goes_once_with_its_words_filled_in(ask: Ask, send: Round, provider: Provider) -> None:
    asked = ask()
    assert (send(), send()) == (1, 0)
    words = "Reminder: your next appointment is Monday 7 December at 2pm. More: https://portal.example/dates"
    assert provider.taken == [(NUMBER, words)]
    assert state(asked) is MessageState.SENT
    assert message(asked).provider_id == f"provider-{asked}"


def test_what_is_not_due_waits(ask: Ask, send: Round, portal: FrozenClock) -> None:
    ask(due_at=clock.now() + timedelta(hours=1))
    assert send() == 0
    portal.forward(hours=1)
    assert send() == 1


def test_codes_go_before_everything_else(ask: Ask, send: Round, provider: Provider) -> None:
    ask("booked", due_at=clock.now() - timedelta(hours=1))
    ask("code", recipient_id=None, address="+447700900999")
    send()
    assert ["code" in body for _, body in provider.taken] == [True, False]
    assert provider.taken[0][0] == "+447700900999"


@pytest.mark.hazard("H04")
def test_a_check_that_says_no_at_the_moment_of_sending_drops_the_message(
    ask: Ask, send: Round, checks: Checks, provider: Provider
) -> None:
    asked = ask()
    checks.refusal = "no_permission"
    assert send() == 0
    assert provider.taken == []
    assert (state(asked), reasons(asked)) == (MessageState.DROPPED, ["no_permission"])
    assert checks.filled == 0  # no link is made for what is not sent


@pytest.mark.hazard("H05")
def test_an_address_that_no_code_proved_gets_nothing_but_codes(
    ask: Ask, send: Round, checks: Checks, provider: Provider
) -> None:
    checks.address = "+447700900888"
    asked = ask()
    ask("code")
    assert send() == 1
    assert [body[:20] for _, body in provider.taken] == ["Reminder: your code "]
    assert (state(asked), reasons(asked)) == (MessageState.FAILED, ["unproved"])
    assert to_look_at(asked)


@pytest.mark.hazard("H05")
def test_a_suspended_number_gets_nothing_and_a_person_is_told(ask: Ask, send: Round, by: Actor) -> None:
    service.suspend(channel=Channel.SMS, address=NUMBER, reason="wrong_person", by=by, at=clock.now())
    asked = ask()
    assert send() == 0
    assert reasons(asked) == ["suspended"]
    assert to_look_at(asked)


def test_somebody_without_an_address_is_shown_to_a_person(ask: Ask, send: Round, checks: Checks) -> None:
    checks.address = None
    asked = ask()
    assert send() == 0
    assert (state(asked), to_look_at(asked)) == (MessageState.FAILED, True)


@pytest.mark.hazard("H16")
def test_what_is_too_late_is_not_sent_but_shown_to_a_person(
    ask: Ask, send: Round, portal: FrozenClock
) -> None:
    asked = ask()
    portal.forward(days=2)
    assert send() == 0
    assert (state(asked), reasons(asked), to_look_at(asked)) == (MessageState.FAILED, ["expired"], True)


def test_a_kind_without_a_recipe_is_not_sent(ask: Ask, provider: Provider) -> None:
    asked = ask()
    assert service.dispatch(may_send=True, at=clock.now(), table={}, senders={Channel.SMS: provider}) == 0
    assert reasons(asked) == ["no_recipe"]


def test_a_channel_without_a_provider_is_not_a_silent_miss(ask: Ask, checks: Checks) -> None:
    asked = ask()
    assert service.dispatch(may_send=True, at=clock.now(), table=checks.table(), senders={}) == 0
    assert (reasons(asked), to_look_at(asked)) == (["no_sender"], True)


@pytest.mark.hazard("H16")
def test_a_slot_is_used_once(ask: Ask, send: Round) -> None:
    first = ask(slot="day_before:s1")
    assert ask(slot="day_before:s1") is None
    assert send() == 1
    assert ask(slot="day_before:s1") is None
    assert first


def test_a_slot_whose_message_was_taken_back_may_be_planned_again(ask: Ask, send: Round, by: Actor) -> None:
    about = ids.new()
    ask(slot="day_before:s1", about=about)
    assert service.drop(about=about, reason="moved", by=by, at=clock.now()) == 1
    assert ask(slot="day_before:s1", about=about)
    assert send() == 1


@pytest.mark.hazard("H04")
def test_what_was_dropped_never_goes(
    ask: Ask, send: Round, by: Actor, person_id: str, provider: Provider
) -> None:
    session, other = ids.new(), ids.new()
    link, before, kept = ask("form_link", about=session), ask("day_before", about=session), ask(about=other)
    drop = {"by": by, "at": clock.now()}
    assert service.drop(about=session, kinds=["form_link"], reason="form_sent", **drop) == 1
    assert [state(each) for each in (link, before)] == [MessageState.DROPPED, MessageState.QUEUED]
    assert service.drop(about=session, reason="moved", **drop) == 1
    assert service.drop_for(recipient_id=person_id, channel=Channel.EMAIL, reason="left", **drop) == 0
    assert service.drop_for(recipient_id=person_id, channel=Channel.SMS, reason="left", **drop) == 1
    assert send() == 0
    assert provider.taken == []
    assert [reasons(each) for each in (link, before, kept)] == [["form_sent"], ["moved"], ["left"]]


def test_only_kinds_that_may_go_to_an_unproved_address_carry_one(ask: Ask) -> None:
    with pytest.raises(ValueError, match="booked"):
        ask("booked", address=NUMBER)
    with pytest.raises(ValueError, match="greeting"):
        ask("greeting")


def test_the_activity_log_says_what_went_and_never_where(ask: Ask, send: Round, person_id: str) -> None:
    ask()
    send()
    lines = [line for line in audit.about(person_id) if line.verb.startswith("messaging.")]
    assert sorted(line.verb for line in lines) == ["messaging.dispatch", "messaging.queue"]
    assert NUMBER not in str(lines)
    assert "appointment" not in str(lines)
