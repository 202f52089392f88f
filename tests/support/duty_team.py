"""A team with accounts: an owner, a cover, a manager, and what the rota says of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.alerts import queries, service
from student_portal.alerts.queries import AnswerFacts, Said
from student_portal.audit.queries import Actor, machine
from student_portal.duty import service as duty
from student_portal.duty.queries import Span
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, ids, passwords
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.booked import Phone

HURT = Said(9, "I have thought of hurting myself", "Sometimes")
FACTS = AnswerFacts("CORE-34", above=(HURT,))
LONG_AGO = timedelta(days=400)


def member(service_id: str, name: str, role: Role = Role.THERAPIST, phone: str = "") -> Viewer:
    """Somebody with an account, and perhaps a number for texts on duty."""
    by = machine(service_id)
    person_id = accounts.create_staff(
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}.{ids.new()[-6:]}@example.com",
        password="a long enough passphrase",
        role=role,
        totp=passwords.new_totp_secret(),
        by=by,
        at=clock.now(),
    )
    viewer = Viewer(service_id, person_id, role)
    if phone:
        accounts.set_staff_phone(phone=phone, by=viewer, at=clock.now())
    return viewer


@dataclass
class Team:
    """Robin looks after the student; Jo stands in for everybody; Max is the manager on duty."""

    by: Actor
    robin: Viewer
    jo: Viewer
    max: Viewer

    @property
    def names(self) -> dict[str | None, str]:
        people = {"robin": self.robin, "jo": self.jo, "max": self.max}
        return {None: "nobody"} | {str(viewer.person_id): name for name, viewer in people.items()}

    def goes_away(self, who: str, since: datetime, until: datetime | None = None) -> None:
        viewer: Viewer = getattr(self, who)
        duty.set_absence(
            person_id=str(viewer.person_id), span=Span(since, until), by=self.max, at=clock.now()
        )

    def raised(self, person_id: str, session_id: str, starts_at: datetime, response_id: str = "") -> str:
        """An alert of Robin's, sent now."""
        return service.raise_alert(
            person_id=person_id,
            response_id=response_id or ids.new(),
            session_id=session_id,
            owner_id=str(self.robin.person_id),
            facts=FACTS,
            sent_at=clock.now(),
            starts_at=starts_at,
            by=care.as_student(self.by.service_id, person_id),
            at=clock.now(),
        )

    def told(self, alert_id: str) -> list[tuple[str, datetime, str]]:
        """Each step so far: who was told, when, and what came of it."""
        return [(self.names[step.to_id], step.at, str(step.outcome)) for step in queries.told(alert_id)]


def team(service_id: str, *, is_covered: bool = True) -> Team:
    by = machine(service_id)
    episodes.set_up_programme(by=by, at=clock.now())
    made = Team(
        by,
        member(service_id, "Robin Okafor", phone="+447700900201"),
        member(service_id, "Jo Lindqvist", phone="+447700900202"),
        member(service_id, "Max Ferry", Role.MANAGER),
    )
    always = Span(clock.now() - LONG_AGO)
    if is_covered:
        duty.set_cover(
            person_id=str(made.jo.person_id), owner_id=None, span=always, by=made.max, at=clock.now()
        )
    duty.set_manager_on_duty(person_id=str(made.max.person_id), span=always, by=made.max, at=clock.now())
    return made


def as_one(browser: FlaskClient, who: Viewer) -> FlaskClient:
    """The same browser, in which this member of the team has signed in."""
    secret = accounts.start_session(
        role=who.role, person_id=who.person_id, about=None, proved_by="password", by=who, at=clock.now()
    )
    with browser.session_transaction("/staff/") as cookie:
        cookie["secret"], cookie["seen"] = secret, int(clock.real().timestamp())
    return browser


def pass_until(phone: Phone, until: datetime) -> None:
    """Let time pass to each moment at which somebody is told, and a worker's round there."""
    phone.round()
    while (due := queries.next_due(clock.now())) is not None and due <= until:
        phone.portal.move_to(due)
        phone.round()
    phone.portal.move_to(until)
    phone.round()


SMS, EMAIL = Channel.SMS, Channel.EMAIL
