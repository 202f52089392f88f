"""A team, its students and their alerts, living on while anything happens; `duty_holds` says what must hold.

Every method is one thing that somebody does. Numbers choose who and what, so that a drawn number always means
something.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from student_portal.access import queries as sight
from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.alerts import queries, service
from student_portal.audit.queries import machine
from student_portal.duty import queries as duty
from student_portal.duty import service as rota
from student_portal.duty.queries import DutyRole, Span
from student_portal.episodes import queries as dates
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotAllowed, NotFound, Refused
from student_portal.foundation.sms import OutcomeUnknown, Rejected
from student_portal.settings import queries as settings
from tests.support import care
from tests.support.clock import MONDAY_AT_TEN
from tests.support.duty_base import THERAPISTS, connect_to_copy
from tests.support.duty_team import FACTS

NO = (Conflict, NotAllowed, NotFound, Refused)
"""What a verb may answer without anything being wrong."""


@dataclass
class Line:
    """The providers: they take everything, say no, or break off in the middle."""

    trouble: Exception | None = None

    def send(self, *, to: str, body: str, message_id: str) -> str:
        if self.trouble:
            raise self.trouble
        return message_id


@dataclass
class Sent:
    """One alert as the walk knows it: whether somebody must read it."""

    id: str
    person_id: str
    session_id: str
    response_id: str
    waits: bool = True


@dataclass
class Walk:
    """One life of the team, on a copy of its own. `wishing`: whose wish to talk somebody must read;
    `wishes`: how many there were.
    """

    clock: FrozenClock
    service_id: str
    therapists: list[Viewer]
    managers: list[Viewer]
    students: list[tuple[str, str]]
    sent: list[Sent] = field(default_factory=list)
    wishing: set[str] = field(default_factory=set)
    wishes: int = 0
    line: Line = field(default_factory=Line)
    closed: set[str] = field(default_factory=set)
    is_awake: bool = True

    @staticmethod
    def on_a_copy(base: Path, folder: Path) -> "Walk":
        connect_to_copy(base, folder)
        standing = FrozenClock(MONDAY_AT_TEN)
        clock.install(standing)
        service_id = settings.service_id()
        therapists, managers = (
            [Viewer(service_id, person.id, role) for person in people.staff(role)]
            for role in (Role.THERAPIST, Role.MANAGER)
        )
        known = {
            facts.person_id: facts.sessions[0].id
            for viewer in therapists
            for facts in dates.of_therapist(viewer)
        }
        return Walk(standing, service_id, therapists, managers, sorted(known.items()))

    # What people do.

    def send(self, who: int, starts_in: int) -> None:
        """A student sends a form; its session starts in so many minutes (may be past)."""
        person_id, session_id = self.students[who % len(self.students)]
        owner_id = sight.therapist_of(person_id, at=clock.now())
        if owner_id is None:
            return  # the record has closed: nothing can be sent any more
        response_id = ids.new()
        alert_id = service.raise_alert(
            owner_id=owner_id, **self._about(person_id, session_id, response_id, starts_in)
        )
        self.sent.append(Sent(alert_id, person_id, session_id, response_id))

    def amend(self, which: int, starts_in: int, rouses: bool) -> None:
        """The student changes the form."""
        sent = self._pick(which)
        owner_id = sight.therapist_of(sent.person_id, at=clock.now()) if sent else None
        if sent is None or owner_id is None:
            return
        about = self._about(sent.person_id, sent.session_id, sent.response_id, starts_in)
        service.change_alert(owner_id=owner_id, rouses=rouses, **about)
        sent.waits = sent.waits or rouses

    def _about(self, person_id: str, session_id: str, response_id: str, starts_in: int) -> dict[str, object]:
        return {
            "person_id": person_id, "session_id": session_id, "response_id": response_id, "facts": FACTS,
            "sent_at": clock.now(), "starts_at": clock.now() + timedelta(minutes=starts_in),
            "by": care.as_student(self.service_id, person_id), "at": clock.now(),
        }  # fmt: skip

    def acknowledge(self, which: int, who: int) -> None:
        """Whoever may open it reads it."""
        sent, reader = self._pick(which), self._therapist(who)
        try:
            if sent and queries.one(reader, sent.id):
                service.acknowledge(alert_id=sent.id, by=reader, at=clock.now())
                sent.waits = False
        except NO:
            pass

    def act(self, which: int, who: int) -> None:
        sent, reader = self._pick(which), self._therapist(who)
        try:
            if sent and queries.one(reader, sent.id):
                service.act(alert_id=sent.id, note="Rang.", by=reader, at=clock.now())
                sent.waits = False
        except NO:
            pass

    def asks(self, who: int) -> None:
        """A student asks to talk."""
        try:
            service.ask_to_talk(by=self._student(who), at=clock.now())
        except NO:
            return  # no therapist any more
        asked = queries.asked_to_talk(self._student(who), self._student_id(who))
        assert asked, "asked, and it does not stand"
        if asked.read_at is None and asked.person_id not in self.wishing:
            self.wishes += 1
            self.wishing.add(asked.person_id)

    def takes_back(self, who: int) -> None:
        service.take_back(by=self._student(who), at=clock.now())
        self.wishing.discard(self._student_id(who))

    def reads_wish(self, who: int, reader: int) -> None:
        """Whoever may open the record reads that this student asked."""
        person_id = self._student_id(who)
        try:
            service.will_talk(person_id=person_id, by=self._therapist(reader), at=clock.now())
        except NO:
            return
        self.wishing.discard(person_id)

    def hand_over(self, which: int, who: int) -> None:
        """Whatever is unread, or was."""
        known = [sent.id for sent in self.sent]
        wishes = [alert.id for alert in queries.unread_anywhere() if alert.id not in known]
        if not known + wishes:
            return
        alert_id = (known + wishes)[which % len(known + wishes)]
        to_id = str(self._therapist(who).person_id)
        self._try(
            lambda: service.hand_over(alert_id=alert_id, to_id=to_id, by=self.managers[0], at=clock.now())
        )

    def goes_away(self, who: int, hours: int) -> None:
        person_id = str(self._anybody(who).person_id)
        span = Span(clock.now(), clock.now() + timedelta(hours=hours % 400 + 1))
        self._try(
            lambda: rota.set_absence(person_id=person_id, span=span, by=self.managers[0], at=clock.now())
        )

    def comes_back(self) -> None:
        for absence in duty.absences(clock.now()):
            rota.end_absence(absence_id=absence.id, by=self.managers[0], at=clock.now())

    def stands_in(self, who: int, owner: int | None) -> None:
        owner_id = None if owner is None else self._therapist(owner).person_id
        self._try(
            lambda: rota.set_cover(
                person_id=str(self._therapist(who).person_id), owner_id=owner_id, span=Span(clock.now()),
                by=self.managers[0], at=clock.now(),
            )
        )  # fmt: skip

    def manages(self, who: int) -> None:
        self._try(
            lambda: rota.set_manager_on_duty(
                person_id=str(self.managers[who % 2].person_id), span=Span(clock.now()), by=self.managers[0],
                at=clock.now(),
            )
        )  # fmt: skip

    def ends_turn(self, which: int) -> None:
        """Whoever's turn it is, unless they are the last cover of somebody or the last manager."""
        turns = duty.turns(clock.now())
        owners = [str(viewer.person_id) for viewer in self.therapists]
        if turns:
            turn = turns[which % len(turns)]
            before = duty.rota(clock.now())
            self._try(
                lambda: rota.end_turn(turn_id=turn.id, owners=owners, by=self.managers[0], at=clock.now())
            )
            if turn.role == DutyRole.MANAGER and before.managers(clock.now()):
                assert [t for t in duty.turns(clock.now()) if t.role == DutyRole.MANAGER]

    def leaves_the_team(self, who: int) -> None:
        """At most half of the therapists: a service without any is another story."""
        viewer = self._therapist(who)
        if len(self.closed) < THERAPISTS // 2:
            self.closed.add(str(viewer.person_id))
            accounts.close_staff(person_id=str(viewer.person_id), by=self.managers[0], at=clock.now())

    def gets_another_therapist(self, who: int, therapist: int) -> None:
        person_id, _session = self.students[who % len(self.students)]
        by, kind = machine(self.service_id), access.CareKind.THERAPY
        if sight.therapist_of(person_id, at=clock.now()):
            access.end_care(person_id=person_id, kind=kind, by=by, at=clock.now())
            self.clock.forward(seconds=1)
            staff_id = self._therapist(therapist).person_id
            access.begin_care(person_id=person_id, kind=kind, staff_id=staff_id, by=by, at=clock.now())

    def stops(self, who: int) -> None:
        """A student stops; once somebody got in touch their record closes, but not over what is unread."""
        person_id, _session = self.students[who % len(self.students)]
        student = care.as_student(self.service_id, person_id)
        self._try(lambda: episodes.leave(person_id=person_id, by=student, at=clock.now()))
        therapist = sight.therapist_of(person_id, at=clock.now())
        reader = Viewer(self.service_id, therapist, Role.THERAPIST)
        waits = person_id in self.wishing or any(
            sent.waits for sent in self.sent if sent.person_id == person_id
        )
        try:
            episodes.contacted(person_id=person_id, note="Rang.", by=reader, at=clock.now())
        except NO:
            return
        assert not waits, "a record closed over what nobody has read"

    def falls_asleep(self, awake: bool) -> None:
        """The worker dies, or comes back."""
        self.is_awake = awake

    def line_breaks(self, how: int) -> None:
        self.line.trouble = (None, OutcomeUnknown(), Rejected("30003"))[how % 3]

    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    def _try(self, do: object) -> None:
        with suppress(*NO):
            do()  # type: ignore[operator]

    def _pick(self, which: int) -> Sent | None:
        return self.sent[which % len(self.sent)] if self.sent else None

    def _student_id(self, who: int) -> str:
        return self.students[who % len(self.students)][0]

    def _student(self, who: int) -> Viewer:
        return care.as_student(self.service_id, self._student_id(who))

    def _therapist(self, who: int) -> Viewer:
        working = [viewer for viewer in self.therapists if viewer.person_id not in self.closed]
        return working[who % len(working)]

    def _anybody(self, who: int) -> Viewer:
        everybody = [*self.therapists, *self.managers]
        return everybody[who % len(everybody)]
