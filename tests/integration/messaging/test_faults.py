"""The database fails at each of its calls in turn while a text is sent: it goes once, or a person is told."""

import pytest

from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import db
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging.queries import MessageState
from tests.support.outbox import Ask, Provider, Round, state
from tests.support.striking import failing


@pytest.mark.hazard("H16")
def test_whichever_call_fails_the_text_goes_once_or_a_person_is_told(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock
) -> None:
    nth, struck = 0, True
    while struck:
        nth += 1
        asked, before = ask(), len(provider.taken)
        with failing(nth) as fault:
            try:
                send()
            except db.Unreachable:
                assert fault.struck
        struck = fault.struck
        for _ in range(3):
            portal.forward(seconds=61)
            send()
        went = len(provider.taken) - before
        told = duty.task_for(TaskKind.UNDELIVERED_TEXT, str(asked)) is not None
        assert went <= 1, f"call {nth}: sent {went} times"
        assert (state(asked), told) in [(MessageState.SENT, False), (MessageState.UNKNOWN, True)], (
            f"call {nth}"
        )
    assert nth > 10
