"""Nothing but codes and notices goes out at night, whatever was asked for when."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.audit.queries import machine
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import queries, service
from student_portal.messaging.queries import KINDS, Channel
from student_portal.settings import service as decisions
from tests.support.outbox import NUMBER, Ask, Checks, Provider, Round, student

NIGHT, MORNING = clock.in_london(date(2026, 11, 30), time(21)), clock.in_london(date(2026, 12, 1), time(8))


@pytest.mark.hazard("H14")
def test_a_reminder_waits_for_the_morning_and_a_code_does_not(
    ask: Ask, send: Round, provider: Provider, portal: FrozenClock
) -> None:
    portal.move_to(NIGHT)
    ask("booked")
    ask("code")
    assert send() == 1
    assert "code" in provider.taken[0][1]
    portal.move_to(MORNING - timedelta(seconds=1))
    assert send() == 0
    portal.move_to(MORNING)
    assert send() == 1


def test_the_next_due_moment_is_when_it_may_really_go(ask: Ask, portal: FrozenClock) -> None:
    now = clock.now()
    assert queries.next_due(now) is None
    ask("booked", due_at=NIGHT + timedelta(hours=1))
    assert queries.next_due(now) == MORNING
    ask("code", due_at=NIGHT + timedelta(hours=2))
    assert queries.next_due(now) == NIGHT + timedelta(hours=2)
    assert queries.next_due(MORNING) is None


def test_the_service_decides_when_it_is_quiet(ask: Ask, send: Round, portal: FrozenClock, by) -> None:
    decisions.decide(key="quiet_from_hour", value=9, reason="test", by=by, at=clock.now())
    decisions.decide(key="quiet_to_hour", value=12, reason="test", by=by, at=clock.now())
    ask("booked")
    assert send() == 0
    portal.move_to(NIGHT)
    assert send() == 1


def test_a_backlog_of_the_night_is_not_overdue(ask: Ask, portal: FrozenClock) -> None:
    portal.move_to(NIGHT)
    ask("booked")
    assert queries.backlog(MORNING - timedelta(minutes=1)) == queries.Backlog(1, 0, 0, 0)
    assert queries.backlog(MORNING + timedelta(minutes=2)) == queries.Backlog(1, 1, 0, 0)


NIGHTS = st.sampled_from([date(2026, 11, 30), date(2027, 3, 27), date(2027, 10, 30)])
ASKED = st.lists(
    st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 30 * 60), st.sampled_from(Channel)),
    min_size=1,
    max_size=4,
)


@pytest.mark.one_database
@pytest.mark.hazard("H14")
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(night=NIGHTS, asked=ASKED, rounds=st.lists(st.integers(0, 36 * 60), min_size=1, max_size=12))
def test_no_round_of_the_worker_sends_a_quiet_kind_at_night(
    service_id: str,
    portal: FrozenClock,
    night: date,
    asked: list[tuple[str, int, Channel]],
    rounds: list[int],
) -> None:
    noon = clock.in_london(night, time(12))
    portal.move_to(noon)
    sent = Night(service_id, portal)
    for kind, minutes, channel in asked:
        sent.ask(kind, channel, noon + timedelta(minutes=minutes))
    for minutes in sorted(rounds):
        sent.round(noon + timedelta(minutes=minutes))
    sent.round(noon + timedelta(hours=46))  # ten in the morning
    assert len(sent.sent) == len(asked), "everything goes in the end"
    for kind, hour in sent.sent:
        is_exempt = kind in {"code", "auto_reply", "help_numbers"} or kind.startswith("staff_")
        assert 8 <= hour < 21 or is_exempt, kind


class Night:
    """A worker whose rounds note the wall-clock hour at which each kind went."""

    def __init__(self, service_id: str, portal: FrozenClock) -> None:
        self.by, self.portal, self.sent = machine(service_id), portal, list[tuple[str, int]]()
        self.person_id, self.kinds = student(service_id), dict[str, str]()
        for channel in Channel:
            service.mark_proved(channel=channel, address=NUMBER, reason="code", by=self.by, at=clock.now())

    def ask(self, kind: str, channel: Channel, due_at: datetime) -> None:
        asked = service.queue(
            kind=kind,
            channel=channel,
            recipient_id=self.person_id,
            facts={},
            about=None,
            due_at=due_at,
            expires_at=due_at + timedelta(days=3),
            by=self.by,
            at=clock.now(),
        )
        self.kinds[str(asked)] = kind

    def round(self, at: datetime) -> None:
        self.portal.move_to(at)
        senders = dict.fromkeys(Channel, self)
        service.dispatch(may_send=True, at=at, table=Checks().table(), senders=senders)

    def send(self, *, to: str, body: str, message_id: str) -> str:
        if message_id in self.kinds:
            self.sent.append((self.kinds[message_id], clock.london(clock.now()).hour))
        return message_id
