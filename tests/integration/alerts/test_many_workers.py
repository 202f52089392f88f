"""Workers at once, and workers killed on the way: each step is taken once, and nothing is lost unseen."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from student_portal import worker
from student_portal.alerts import queries, service
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, team
from tests.support.together import at_once

WORKERS = 4
TAKEN = ["jo told", "max told", "robin told", "max told"]
"""By Tuesday at nine, of an answer sent on Monday at ten: at due, two hours later, and in the morning."""
MESSAGES = 6
"""To Jo and Robin by text and e-mail, and twice to Max, who has given no number."""


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def alert_id(people: Team, portal: FrozenClock) -> str:
    """Sent on Monday at ten, and no worker was awake until Tuesday at nine."""
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    raised = people.raised(facts.person_id, facts.id, at(12, 7))
    portal.move_to(at(12, 1, 9))
    return raised


def steps(people: Team, alert_id: str) -> list[str]:
    return [f"{who} {outcome}" for who, _, outcome in people.told(alert_id)]


@pytest.mark.hazard("H01")
def test_workers_at_once_take_each_step_once_and_send_each_message_once(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    escalate = partial(service.escalate, at=clock.now(), by=people.by)
    taken = at_once(*[escalate] * WORKERS)
    assert Counter(taken) == {len(TAKEN): 1, 0: WORKERS - 1}
    assert steps(people, alert_id) == TAKEN
    assert duty.task_for(TaskKind.ESCALATION_FAILED, alert_id) is None, "one that came second broke"
    phone = Phone(portal)
    at_once(phone.round, phone.round)
    assert len(phone.texts) == MESSAGES


@pytest.mark.hazard("H01")
def test_workers_whose_whole_rounds_meet_tell_everybody_once(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    phone = Phone(portal)
    at_once(phone.round, phone.round, phone.round)
    phone.round()
    assert steps(people, alert_id) == TAKEN
    assert len(phone.texts) == MESSAGES


def dies(*_: object, **__: object) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


class Deadly:
    """A provider at whose door the worker dies."""

    send = staticmethod(dies)


def before_its_message(number: int, people: Team) -> None:
    """The row of a step stands in its transaction, its message not yet, when the worker ends."""
    queue, asked = messaging.queue, iter(range(number))
    messaging.queue = lambda **message: queue(**message) if next(asked, None) is not None else dies()
    service.escalate(at=clock.now(), by=people.by)


def before_sending(people: Team) -> None:
    """Every step is kept with its message, and nothing has been sent."""
    service.escalate(at=clock.now(), by=people.by)
    dies()


def while_sending(people: Team) -> None:
    """The first message is on its way to the provider."""
    worker.tick(clock.now(), {Channel.SMS: Deadly(), Channel.EMAIL: Deadly()})


def killed(part: Callable[[Team], None], people: Team) -> None:
    """Let a worker of its own do this part, and be killed in it."""
    db.engine().dispose()
    child = os.fork()
    if child == 0:
        try:
            part(people)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    ("part", "unknown"),
    [
        *[(partial(before_its_message, number), 0) for number in (0, 1, 3, 5)],
        (before_sending, 0),
        (while_sending, 1),
    ],
    ids=["first row", "half of the first", "third row", "last row", "all rows", "sending"],
)
def test_a_worker_killed_between_a_step_and_its_sending_loses_and_doubles_nothing(
    people: Team, alert_id: str, portal: FrozenClock, part: Callable[[Team], None], unknown: int
) -> None:
    """What may have gone is not sent again; a person is told that nobody knows."""
    killed(part, people)
    phone = Phone(portal)
    for _round in range(2):
        portal.forward(seconds=61)
        phone.round()
    assert steps(people, alert_id) == TAKEN
    assert len(phone.texts) == MESSAGES - unknown
    assert sum(len(step.missed) for step in queries.told(alert_id)) == unknown
    raised = duty.task_for(TaskKind.ESCALATION_FAILED, alert_id)
    assert (raised is not None) == bool(unknown)
