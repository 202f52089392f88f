"""Whatever a student, a therapist and the clock do in three weeks, no text breaks its promises."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.audit.queries import machine
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import Mode, SessionState
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from tests.support import booked
from tests.support.booked import Phone, Student
from tests.support.care import at

ACTS = ["nothing", "withdraw", "give", "stop", "start", "move", "cancel"]
STEPS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(ACTS)), min_size=3, max_size=8)


class Weeks:
    """One student's weeks: what was done, and from when to when nothing may arrive."""

    def __init__(self, sam: Student, portal: FrozenClock) -> None:
        self.sam, self.phone, self.portal = sam, Phone(portal, sam.number), portal
        self.closed: set[str] = set()
        self.silent: list[tuple[datetime, datetime]] = []
        self.silent_since: datetime | None = None

    def live(self, steps: list[tuple[int, str]]) -> None:
        for hours, act in steps:
            self.phone.live_until(clock.now() + timedelta(hours=hours))
            self.portal.forward(minutes=1)
            getattr(self, act)()
            self._note_silence()
        self.phone.live_until(clock.now() + timedelta(days=2))
        if self.silent_since:
            self.silent.append((self.silent_since, clock.now()))

    def _note_silence(self) -> None:
        if self.closed and self.silent_since is None:
            self.silent_since = clock.now()
        if not self.closed and self.silent_since is not None:
            self.silent.append((self.silent_since, clock.now()))
            self.silent_since = None

    def nothing(self) -> None:
        pass

    def withdraw(self) -> None:
        self.sam.decide(Scope.SMS, Decision.WITHDRAWN)
        self.closed.add("permission")

    def give(self) -> None:
        self.sam.decide(Scope.SMS, Decision.GIVEN)
        self.closed.discard("permission")

    def stop(self) -> None:
        self._text("Stop!")
        self.closed.add("stop")

    def start(self) -> None:
        self._text("START")
        self.closed.discard("stop")

    def _text(self, body: str) -> None:
        by = machine(self.sam.therapist.service_id)
        messaging.receive(address=self.sam.number, body=body, provider_id=None, by=by, at=clock.now())

    def move(self) -> None:
        """A week later for everything that is still to come, last session first."""
        for facts in reversed(self.sam.sessions):
            if facts.state is SessionState.BOOKED and facts.starts_at and facts.starts_at > clock.now():
                slot = Slot(facts.id, facts.starts_at + timedelta(days=7), 50, Mode.CAMPUS, "Room 2.14")
                episodes.move(slot=slot, seen_version=facts.version, by=self.sam.therapist, at=clock.now())

    def cancel(self) -> None:
        for facts in self.sam.sessions:
            if facts.state is SessionState.BOOKED and facts.starts_at and facts.starts_at > clock.now():
                episodes.cancel(
                    session_id=facts.id, by_student=True, seen_version=facts.version, by=self.sam.viewer,
                    at=clock.now(),
                )  # fmt: skip
                return


@pytest.mark.long
@pytest.mark.one_database
@pytest.mark.hazard("H16")
@pytest.mark.hazard("H04")
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_text_at_night_after_a_no_or_twice(
    service_id: str, portal: FrozenClock, steps: list[tuple[int, str]]
) -> None:
    portal.move_to(at(11, 30, 10))
    weeks = Weeks(booked.student(service_id), portal)
    weeks.live(steps)
    episodes.leave(person_id=weeks.sam.person_id, by=weeks.sam.viewer, at=clock.now())  # the next one's turn
    for moment, words in weeks.phone.texts:
        assert 8 <= clock.london(moment).hour < 21, words
        assert not any(since <= moment < until for since, until in weeks.silent), words
    reminders = [words.partition("/l/")[0] for _, words in weeks.phone.texts if "fill in before" in words]
    assert len(reminders) == len(set(reminders)), "a session is announced once where it stands"
