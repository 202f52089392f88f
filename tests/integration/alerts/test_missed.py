"""A step that reached nobody is itself raised, and told once."""

from dataclasses import dataclass

import pytest

from student_portal import worker
from student_portal.accounts import service as accounts
from student_portal.alerts import queries, service
from student_portal.duty import queries as duty
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.care import at
from tests.support.duty_team import Team, team

SENT, STARTS, DUE = at(11, 30, 10), at(12, 7), at(11, 30, 14)


@dataclass
class Line:
    """A provider that takes what it gets, or breaks."""

    raising: Exception | None = None
    taken: int = 0

    def send(self, *, to: str, body: str, message_id: str) -> str:
        if self.raising:
            raise self.raising
        self.taken += 1
        return message_id


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def alert_id(people: Team, portal: FrozenClock) -> str:
    """Sent, and due now."""
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    portal.move_to(SENT)
    raised = people.raised(facts.person_id, facts.id, STARTS)
    portal.move_to(DUE)
    return raised


def round_with(sms: Line, email: Line | None = None) -> None:
    worker.tick(clock.now(), {Channel.SMS: sms, Channel.EMAIL: email or Line()})


def failed(alert_id: str) -> duty.TaskFacts | None:
    return duty.task_for(duty.TaskKind.ESCALATION_FAILED, alert_id)


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("trouble", [OutcomeUnknown(), Rejected("30003")])
def test_a_text_that_did_not_arrive_or_may_not_have_is_the_managers_task(
    people: Team, alert_id: str, trouble: Exception
) -> None:
    round_with(Line(trouble))
    task = failed(alert_id)
    assert task is not None
    assert (task.owner_id, task.due_at) == (people.max.person_id, DUE)
    assert [step.missed != () for step in queries.told(alert_id)] == [True]


@pytest.mark.hazard("H01")
def test_a_line_that_stays_dead_is_raised_when_the_last_try_has_failed(
    people: Team, alert_id: str, portal: FrozenClock
) -> None:
    for _minute in range(90):
        round_with(Line(NotReached()))
        portal.forward(minutes=1)
    assert failed(alert_id)


@pytest.mark.hazard("H01")
def test_a_number_that_said_stop_is_told_to_the_manager(people: Team, alert_id: str) -> None:
    messaging.stop(channel=Channel.SMS, address="+447700900202", reason="text", by=people.by, at=clock.now())
    round_with(Line())
    assert failed(alert_id)


@pytest.mark.hazard("H01")
def test_the_same_loss_is_raised_once_and_ends_when_somebody_reads(people: Team, alert_id: str) -> None:
    round_with(Line(OutcomeUnknown()))
    first = failed(alert_id)
    assert first
    for _minute in range(3):
        assert service.note_missed(at=clock.now(), by=people.by) == 0
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    assert failed(alert_id) is None
    round_with(Line())
    assert failed(alert_id) is None


@pytest.mark.hazard("H01")
def test_what_was_read_before_its_message_went_is_no_loss(people: Team, alert_id: str) -> None:
    service.escalate(at=clock.now(), by=people.by)
    service.acknowledge(alert_id=alert_id, by=people.robin, at=clock.now())
    line = Line()
    round_with(line)
    assert (line.taken, failed(alert_id)) == (0, None)


@pytest.mark.hazard("H01")
def test_somebody_who_left_between_the_step_and_its_message_is_missed(people: Team, alert_id: str) -> None:
    service.escalate(at=clock.now(), by=people.by)
    accounts.close_staff(person_id=str(people.jo.person_id), by=people.max, at=clock.now())
    line = Line()
    round_with(line, line)
    assert line.taken == 0
    assert failed(alert_id)


@pytest.mark.hazard("H01")
def test_trouble_with_one_alert_keeps_no_other_waiting(
    people: Team, alert_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from student_portal.alerts.service import escalating

    second = people.raised(queries.find_unread(alert_id).person_id, "s" * 26, DUE)  # type: ignore[union-attr]
    whole = escalating._take

    def broken(due, alert, **more):
        if alert.id == alert_id:
            raise RuntimeError("broken")
        whole(due, alert, **more)

    monkeypatch.setattr(escalating, "_take", broken)
    service.escalate(at=clock.now(), by=people.by)
    assert queries.told(alert_id) == []
    assert failed(alert_id)
    assert len(queries.told(second)) == 2  # due at once: owner and cover
