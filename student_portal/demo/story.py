"""What people do in the demo's past: each act goes through the same verb as in life, at its own time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from student_portal import worker
from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.accounts.service import CodePurpose
from student_portal.alerts import queries as alerts
from student_portal.alerts import service as alerting
from student_portal.audit.queries import Actor
from student_portal.caseload import service as caseload
from student_portal.demo import phone
from student_portal.demo.people import Student
from student_portal.episodes import queries as episodes
from student_portal.episodes import service as care
from student_portal.episodes.queries import EpisodeFacts, Mode
from student_portal.episodes.service import Slot
from student_portal.foundation import addresses, clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries as sent_forms
from student_portal.measures import service as forms
from student_portal.measures.queries import DeclineReason, FormLayout, ResponseMode
from student_portal.messaging.queries import Channel
from student_portal.referral import queries as referrals
from student_portal.referral import service as referral
from student_portal.reminders import queries as reminders

_AFTERNOON = time(14)
_EVERYDAY = {
    "safe": "any_time",
    "harm": "yes",
    "unreal": "no",
    "team": "no",
    "therapy": "no",
    "waiting": "no",
    "substances": "no",
    "gp": "none",
    "service": "yes",
    "forms": "yes",
    "messages": "yes",
}


@dataclass
class Stage:
    """The service, the time, and who is who."""

    data_dir: Path
    today: date
    clock: FrozenClock
    service_id: str
    places: dict[str, str]
    staff: dict[str, Viewer] = field(default_factory=dict)

    def at(self, days: int, wall: time = _AFTERNOON) -> datetime:
        """The moment `days` from the demo's first day, when London clocks show `wall`."""
        return clock.in_london(self.today + timedelta(days=days), wall)

    def pass_to(self, moment: datetime) -> None:
        """Let time pass as the worker would live it: whatever falls due on the way is sent."""
        while (due := reminders.next_due(clock.now())) and due <= moment:
            self.clock.at = due
            self.work()
        self.clock.at = moment
        self.work()

    def work(self) -> None:
        worker.tick(clock.now(), phone.senders(self.data_dir))


@dataclass
class Life:
    """One invented student on the stage."""

    stage: Stage
    student: Student
    referral_id: str = ""
    person_id: str = ""

    def asks(self, place: str = "Liverpool John Moores University", **answers: str) -> None:
        """Write the request, prove the number or address with the code that comes, and send it."""
        nobody, now = Actor(self.stage.service_id, None, Role.ANYONE), clock.now()
        started = referral.start(instead_of=None, by=nobody, at=now)
        for key, answer in self._written(place, answers):
            referral.save_answer(draft_id=started.draft_id, key=key, answer=answer, by=nobody, at=now)
        self._prove(started.draft_id, nobody)
        writer = Viewer(self.stage.service_id, None, Role.DRAFT, about=started.draft_id)
        shown = referrals.draft(writer).digest
        self.referral_id = referral.submit(draft_id=started.draft_id, digest=shown, by=writer, at=clock.now())
        reader = self.stage.staff["Robin Okafor"]
        self.person_id = referrals.one(reader, self.referral_id, at=clock.now()).person_id

    def _written(self, place: str, answers: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        address = addresses.parse(self.student.address)
        yield "name", {"value": self.student.name}
        yield "born", {"value": self.student.born.isoformat()}
        yield "institution", {"value": self.stage.places.get(place, "another"), "words": ""}
        yield (
            "contact",
            {"value": address.value, "channel": address.channel, "shown": address.shown},
        )
        for key, answer in {**_EVERYDAY, **answers}.items():
            yield key, {"value": answer, "words": ""}

    def _prove(self, draft_id: str, nobody: Actor) -> None:
        address = addresses.parse(self.student.address)
        code_id = accounts.ask_code(
            purpose=CodePurpose.PROVE,
            about=draft_id,
            channel=Channel(address.channel),
            address=address.value,
            by=nobody,
            at=clock.now(),
        )
        self.stage.work()
        digits = re.findall(r"\d", phone.received(self.stage.data_dir)[0].body)[:6]
        if not accounts.check_code(code_id=code_id, digits="".join(digits), at=clock.now()):
            raise RuntimeError("the demo's own code was refused")
        referral.contact_proved(draft_id=draft_id, contact=address.value, by=nobody, at=clock.now())

    @property
    def me(self) -> Viewer:
        """The student, signed in."""
        return Viewer(self.stage.service_id, self.person_id, Role.STUDENT)

    def is_accepted(self, by: str = "Robin Okafor") -> None:
        therapist = self.stage.staff[by]
        care.open_from_referral(
            referral_id=self.referral_id,
            therapist_id=str(therapist.person_id),
            seen_version=referrals.one(therapist, self.referral_id, at=clock.now()).version,
            by=therapist,
            at=clock.now(),
        )

    def is_booked(self, *days: int, wall: time = _AFTERNOON, by: str = "Robin Okafor") -> None:
        """Sessions 1, 2, ... on these days."""
        slots = [
            Slot(session.id, self.stage.at(day, wall), 50, Mode.CAMPUS, "Room 2.14")
            for session, day in zip(self.episode.sessions, days, strict=False)
        ]
        care.book(bookings=slots, by=self.stage.staff[by], at=clock.now())

    def moves(self, days: dict[int, int], by: str = "Robin Okafor", *, wall: time = _AFTERNOON) -> None:
        """These sessions, by number, to these days; give the last first, so that their order holds."""
        for number, day in days.items():
            session = self.episode.sessions[number - 1]
            slot = Slot(session.id, self.stage.at(day, wall), 50, Mode.CAMPUS, "Room 2.14")
            care.move(slot=slot, seen_version=session.version, by=self.stage.staff[by], at=clock.now())

    @property
    def episode(self) -> EpisodeFacts:
        found = episodes.newest_episode(self.me, self.person_id)
        if found is None:
            raise RuntimeError(f"{self.student.name} has not been accepted yet")
        return found

    def fills_in(self, number: int, answers: list[int | None]) -> None:
        """Answer the first items of one session's form."""
        session_id = self.episode.sessions[number - 1].id
        for item, position in enumerate(answers, start=1):
            forms.save_answer(
                session_id=session_id,
                item=item,
                position=position,
                proof_id=None,
                by=self.me,
                at=clock.now(),
            )

    def sends(self, number: int, answers: list[int | None]) -> None:
        self.fills_in(number, answers)
        forms.send(session_id=self.episode.sessions[number - 1].id, by=self.me, at=clock.now())

    def declines(self, number: int, reason: DeclineReason) -> None:
        session_id = self.episode.sessions[number - 1].id
        forms.decline(session_id=session_id, reason=reason, by=self.me, at=clock.now())

    def changes(self, number: int, answers: dict[int, int]) -> None:
        """Change these answers, by item, of a form that was sent, and send the change."""
        session_id = self.episode.sessions[number - 1].id
        forms.begin_change(session_id=session_id, by=self.me, at=clock.now())
        forms.save_answers(session_id=session_id, answers=answers, proof_id=None, by=self.me, at=clock.now())
        forms.send(session_id=session_id, by=self.me, at=clock.now())

    def wants_to_talk(self, number: int, words: str) -> None:
        session_id = self.episode.sessions[number - 1].id
        forms.save_talking_point(
            session_id=session_id, words=words, seen_version=0, by=self.me, at=clock.now()
        )

    def likes(self, layout: FormLayout) -> None:
        forms.choose_layout(layout=layout, by=self.me, at=clock.now())

    def hides_numbers(self) -> None:
        forms.hide_numbers(hidden=True, by=self.me, at=clock.now())

    def sets_pin(self) -> None:
        accounts.set_pin(pin=self.student.pin, said=self.student.born, by=self.me, at=clock.now())

    def is_entered(
        self, number: int, answers: list[int | None], mode: ResponseMode, by: str = "Robin Okafor"
    ) -> None:
        """The therapist enters a form of today from paper, or as it was told."""
        forms.enter(
            session_id=self.episode.sessions[number - 1].id,
            mode=mode,
            filled_on=clock.today(),
            answers=answers,
            by=self.stage.staff[by],
            at=clock.now(),
        )

    def fills_in_here(self, number: int, answers: list[int | None], by: str) -> None:
        """Fill in and send a form on the therapist's device, who signs in for it and out again."""
        session_id, therapist = self.episode.sessions[number - 1].id, self.stage.staff[by]
        signed_in = accounts.start_session(
            role=Role.THERAPIST,
            person_id=therapist.person_id,
            about=None,
            proved_by="password",
            by=therapist,
            at=clock.now(),
        )
        lent = forms.lend(session_id=session_id, replacing=None, by=_holder(signed_in), at=clock.now())
        here = _holder(lent)
        everything = dict(enumerate(answers, start=1))
        forms.save_answers(
            session_id=session_id, answers=everything, proof_id=here.session_id, by=here, at=clock.now()
        )
        forms.send(session_id=session_id, by=here, at=clock.now())
        for secret in (lent, signed_in):
            accounts.end_session(session_id=str(_holder(secret).session_id), by=here, at=clock.now())

    def comes(self, number: int, by: str = "Robin Okafor", *, came: bool = True) -> None:
        """How session `number` went, as the therapist enters it; read answers are acknowledged."""
        session, therapist = self.episode.sessions[number - 1], self.stage.staff[by]
        went = care.attended if came else care.missed
        went(session_id=session.id, seen_version=session.version, by=therapist, at=clock.now())

    def is_read(self, note: str = "", by: str = "Robin Okafor") -> None:
        """The therapist opens what was sent, reads what waits, and with a note also says what they did."""
        therapist = self.stage.staff[by]
        opened = {sent.response_id for sent in sent_forms.scores_for_episode(therapist, self.episode.id)}
        forms.record_readings(response_ids=opened, by=therapist, at=clock.now())
        for alert in alerts.unread(therapist):
            if alert.person_id == self.person_id:
                alerting.acknowledge(alert_id=alert.id, by=therapist, at=clock.now())
                if note:
                    alerting.act(alert_id=alert.id, note=note, by=therapist, at=clock.now())

    def is_described(self, by: str = "Robin Okafor", **rows: str) -> None:
        """Pronouns, access needs and a safe way to get in touch, as a therapist enters them."""
        caseload.describe(
            person_id=self.person_id,
            name=self.student.name,
            **rows,
            seen_version=0,
            by=self.stage.staff[by],
            at=clock.now(),
        )

    def is_written_up(self, number: int, formulation: str, plan: str, by: str = "Robin Okafor") -> None:
        """The note of one session, with the tick that what was sent for it was talked about."""
        session_id, therapist = self.episode.sessions[number - 1].id, self.stage.staff[by]
        caseload.save_note(
            session_id=session_id,
            formulation=formulation,
            plan=plan,
            seen_version=0,
            seen_draft=0,
            by=therapist,
            at=clock.now(),
        )
        forms.say_talked_about(session_id=session_id, is_so=True, by=therapist, at=clock.now())


def _holder(secret: str) -> Viewer:
    """Whoever holds this secret of a cookie."""
    viewer = accounts.viewer_from(secret=secret, seen_real=None)
    if viewer is None:
        raise RuntimeError("the demo's own session has ended")
    return viewer
