"""The list of texts on a student's home, and on the staff's page about them."""

from datetime import timedelta

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import Actor
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from student_portal.messaging import queries
from student_portal.messaging.queries import MessageState
from tests.support.outbox import NUMBER, Ask, Checks, Round, student


@pytest.fixture
def me(by: Actor, person_id: str) -> Viewer:
    return Viewer(by.service_id, person_id, Role.STUDENT)


def test_newest_first_with_the_words_that_were_sent(
    ask: Ask, send: Round, me: Viewer, portal: FrozenClock
) -> None:
    ask("booked")
    send()
    portal.forward(hours=1)
    ask("received")
    send()
    waits = clock.now() + timedelta(days=2)
    ask("day_before", due_at=waits)
    lines = queries.messages_to(me, str(me.person_id))
    assert [(line.kind, line.state) for line in lines] == [
        ("day_before", MessageState.QUEUED), ("received", MessageState.SENT), ("booked", MessageState.SENT),
    ]  # fmt: skip
    assert [line.at for line in lines] == [waits, clock.now(), clock.now() - timedelta(hours=1)]
    assert lines[0].words is None
    assert lines[1].words == "Reminder: we have your request. You will hear from us by Monday 7 December."


@pytest.mark.hazard("H13")
def test_codes_and_links_are_struck_out(ask: Ask, send: Round, me: Viewer) -> None:
    ask("code", address=NUMBER)
    ask("form_link")
    send()
    shown = "".join(line.words or "" for line in queries.messages_to(me, str(me.person_id)))
    assert "your code is ••• •••" in shown
    assert "https://portal.example/l/…" in shown
    assert "418" not in shown
    assert "abc123" not in shown


def test_what_was_stopped_says_why(ask: Ask, send: Round, checks: Checks, me: Viewer) -> None:
    ask()
    checks.refusal = "no_permission"
    send()
    [line] = queries.messages_to(me, str(me.person_id))
    assert (line.state, line.reason, line.words) == (MessageState.DROPPED, "no_permission", None)


@pytest.mark.hazard("H02")
def test_nobody_elses_list_can_be_opened(me: Viewer, by: Actor) -> None:
    other = student(by.service_id, "Bo Tarn")
    with pytest.raises(NotFound):
        queries.messages_to(me, other)
    with pytest.raises(NotFound):
        queries.messages_to(Viewer(by.service_id, other, Role.THERAPIST), str(me.person_id))
