"""What the provider says, and what happens then: never twice, never silently lost."""

from datetime import timedelta

import pytest

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskFacts, TaskKind
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected
from student_portal.messaging import queries
from student_portal.messaging.queries import AddressKnown, Channel, MessageState
from tests.support.outbox import NUMBER, Ask, Checks, Provider, Round, message, reasons, state, student


def task(message_id: str | None) -> TaskFacts | None:
    return duty.task_for(TaskKind.UNDELIVERED_TEXT, str(message_id))


@pytest.mark.hazard("H16")
def test_a_broken_line_leaves_an_unknown_outcome_that_no_machine_sends_again(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock
) -> None:
    provider.raising = OutcomeUnknown()
    asked = ask()
    assert send() == 0
    provider.raising = None
    for _ in range(4):
        portal.forward(hours=12)
        assert send() == 0
    assert (state(asked), reasons(asked)) == (MessageState.UNKNOWN, ["line_broke"])


def test_an_unknown_outcome_is_shown_to_the_students_therapist(
    ask: Ask, send: Round, provider: Provider, by: Actor, person_id: str
) -> None:
    therapist = Viewer(by.service_id, student(by.service_id, "R. Okafor"), Role.THERAPIST)
    access.begin_care(
        person_id=person_id,
        kind=access.CareKind.THERAPY,
        staff_id=therapist.person_id,
        by=by,
        at=clock.now(),
    )
    provider.raising = OutcomeUnknown()
    asked = ask()
    send()
    shown = task(asked)
    assert shown is not None
    assert shown.owner_id == therapist.person_id
    assert shown.due_at == clock.now() + timedelta(hours=4)  # working hours, on a Monday at ten
    assert duty.open_tasks(therapist) == [shown]


def test_a_refusal_is_final_and_shown_to_a_person(ask: Ask, send: Round, provider: Provider) -> None:
    provider.raising = Rejected("30007")
    asked = ask()
    assert (send(), send()) == (0, 0)
    assert (state(asked), reasons(asked)) == (MessageState.FAILED, ["rejected:30007"])
    assert task(asked)


@pytest.mark.hazard("H24")
@pytest.mark.parametrize(
    ("code", "known"), [("21610", AddressKnown.STOPPED), ("21614", AddressKnown.SUSPENDED)]
)
def test_what_a_refusal_says_about_the_number_is_remembered(
    ask: Ask, send: Round, provider: Provider, code: str, known: AddressKnown
) -> None:
    provider.raising = Rejected(code)
    ask()
    send()
    assert queries.address_state(Channel.SMS, NUMBER) == known
    provider.raising = None
    ask()
    assert send() == 0


def test_when_nobody_answers_it_is_tried_again_later_with_the_same_words(
    ask: Ask, send: Round, provider: Provider, checks: Checks, portal: FrozenClock
) -> None:
    provider.raising = NotReached()
    asked = ask("form_link")
    assert send() == 0
    words = message(asked).text
    provider.raising = None
    assert send() == 0  # not at once
    portal.forward(minutes=1)
    assert send() == 1
    assert provider.taken == [(NUMBER, words)]
    assert checks.filled == 1  # one link was made, not two


def test_it_is_tried_five_times_and_then_shown_to_a_person(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock
) -> None:
    provider.raising = NotReached()
    asked = ask()
    for _ in range(8):
        send()
        portal.forward(hours=1)
    assert message(asked).attempts == 5
    assert state(asked) is MessageState.FAILED
    assert task(asked)


@pytest.mark.hazard("H04")
def test_everything_is_asked_again_before_another_try(
    ask: Ask, send: Round, provider: Provider, checks: Checks, portal: FrozenClock
) -> None:
    provider.raising = NotReached()
    asked = ask()
    send()
    provider.raising, checks.refusal = None, "no_permission"
    portal.forward(hours=1)
    assert send() == 0
    assert state(asked) is MessageState.DROPPED


@pytest.mark.parametrize("trouble", [OutcomeUnknown(), NotReached(), Rejected("30007")])
def test_a_code_is_never_tried_again_and_makes_no_task(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock, trouble: Exception
) -> None:
    provider.raising = trouble
    asked = ask("code", address=NUMBER)
    send()
    provider.raising = None
    portal.forward(minutes=2)
    assert send() == 0
    assert task(asked) is None
    assert state(asked) in (MessageState.UNKNOWN, MessageState.FAILED)
