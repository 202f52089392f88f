"""A student in therapy with dates and a proved number, and a worker that texts them."""

from dataclasses import dataclass, field
from datetime import datetime

from student_portal import worker
from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.audit.queries import machine
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.reminders import queries as reminders
from tests.support import care

MONDAY_AT_TWO = care.at(12, 7)


@dataclass
class Phone:
    """A phone: what came when, and the provider that brings it. `number` None: every student's texts."""

    portal: FrozenClock
    number: str | None = None
    texts: list[tuple[datetime, str]] = field(default_factory=list)

    def send(self, *, to: str, body: str, message_id: str) -> str:
        if self.number in (None, to):
            self.texts.append((clock.now(), body))
        return message_id

    @property
    def words(self) -> list[str]:
        return [body for _, body in self.texts]

    def round(self) -> None:
        """A whole round of the worker, now."""
        worker.tick(clock.now(), {Channel.SMS: self, Channel.EMAIL: self})

    def live_until(self, until: datetime) -> None:
        """Let time pass as the demo's clock does: stopping at every moment at which something is due."""
        self.round()
        while (due := reminders.next_due(clock.now())) is not None and due <= until:
            self.portal.move_to(due)
            self.round()
        self.portal.move_to(until)
        self.round()


@dataclass(frozen=True)
class Student:
    """One student with six dates, at their therapist's."""

    therapist: Viewer
    episode_id: str
    person_id: str
    number: str

    @property
    def sessions(self) -> tuple[SessionFacts, ...]:
        return care.sessions(self.therapist, self.episode_id)

    @property
    def viewer(self) -> Viewer:
        return care.as_student(self.therapist.service_id, self.person_id)

    def decide(self, scope: Scope, decision: Decision) -> None:
        consent.record(
            person_id=self.person_id, scope=scope, decision=decision, by=self.viewer, at=clock.now()
        )


def student(service_id: str, *, first: datetime | None = MONDAY_AT_TWO, name: str = "Sam Ashby") -> Student:
    """Accepted, with a proved number and every permission; `first` None: without dates."""
    service.set_up_programme(by=machine(service_id), at=clock.now())
    therapist = care.therapist(service_id)
    episode_id = care.in_therapy(therapist, name)
    person_id = episodes.episode(therapist, episode_id).person_id
    number = accounts.address_of(person_id, Channel.SMS) or ""
    messaging.mark_proved(
        channel=Channel.SMS, address=number, reason="code", by=machine(service_id), at=clock.now()
    )
    if first:
        service.book(bookings=care.weekly(therapist, episode_id, first), by=therapist, at=clock.now())
    return Student(therapist, episode_id, person_id, number)
