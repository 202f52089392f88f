"""Every form of the team's side, as it stands on its page: who presses it, about whom, filled in well."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from flask.testing import FlaskClient
from sqlmodel import col, select

from student_portal.access.queries import Role
from student_portal.alerts.models import AnswerAlert
from student_portal.audit.queries import machine
from student_portal.caseload.models import BatchReport
from student_portal.duty import queries as duty_facts
from student_portal.duty import service as duty
from student_portal.episodes.models import TherapySession
from student_portal.foundation import clock, db
from student_portal.referral.models import Referral
from student_portal.settings import queries as settings
from student_portal.signposting import queries as signposting
from tests.support.pages import Page
from tests.support.world import STAFF_NAMES, World
from tests.sweeps.forms import Form
from tests.sweeps.on_duty import a_task
from tests.sweeps.staff_browsers import (
    CLOSED,
    GO_LIVE,
    ROTA,
    admin,
    after_a_second_version,
    asked_to_talk,
    before_a_task,
    beside_another,
    facing_a_pin,
    having_decided,
    lent,
    manager,
    second_person,
    second_reader,
    therapist,
    whose_screen_locked,
    with_a_draft,
    with_a_note_begun,
    with_a_page,
    with_an_older_version,
    with_closed_days,
    with_reports,
)
from tests.sweeps.staff_presses import HELP
from tests.sweeps.writing import A_PAGE

SESSION, REFERRAL = "/staff/episodes/sessions/<session_id>", "/staff/referral/<referral_id>"
TASK, HAS_TAKEN_IT = "/staff/alerts/tasks/<task_id>", "Mina Madeup"
STUDENT, CONTACT = "/staff/caseload/<person_id>", "/staff/signposting/<contact_id>"
STUDENTS = "/staff/caseload/students"
NOTES = f"{STUDENT}/notes"
NOTE, REPORTS = "/staff/caseload/notes/<session_id>", "/staff/caseload/reports"
ROWS = {"name": "Teo T.", "pronouns": "they", "access_needs": "Captions.", "safe_contact": "Not after 6pm."}
PAGE = "/staff/signposting/pages/<page_id>"
AWAY = {"first": "14/12/2026", "last": "18/12/2026", "weekday": "", "half": ""}
PAPER = "/staff/measures/<session_id>/paper"
WRITTEN_DOWN = {
    "mode": "paper",
    "day": "30/11/2026",
    **{f"item_{n}": "1" for n in range(1, 35)},
    "do": "store",
}
NEW = {"name": "Juniper Quarry", "born": "14/5/2004", "university": "Elsewhere", "session_1": "2/11/2026"}
PASTED = "name,born,university\nJuniper Quarry,14/5/2004,Elsewhere"
A_NEW_PAGE = {**A_PAGE, "key": "another", "organisation": "", "language": "cy"}
BOOKING = {"day_1": "7/12/2026", "time_1": "10:00", "minutes": "50", "mode": "campus", "place": "Room 2"}


def of_referral(world: World, student: str) -> str:
    with db.read() as session:
        wanted = Referral.person_id == world.person(student)
        return session.exec(select(Referral.id).where(wanted)).one()


def of_alert(world: World, student: str) -> str:
    with db.read() as session:
        newest = select(AnswerAlert.id).where(
            AnswerAlert.person_id == world.person(student), col(AnswerAlert.response_id).is_not(None)
        )
        return session.exec(newest.order_by(col(AnswerAlert.raised_at).desc())).first() or ""


def of_episode(world: World, student: str) -> str:
    with db.read() as session:
        wanted = TherapySession.id == world.session(student, 1)
        return session.exec(select(TherapySession.episode_id).where(wanted)).one()


def of_task(world: World, student: str) -> str:
    """Somebody is to be called back; the therapist has it, or nobody yet."""
    task_id = a_task(world)
    if student == HAS_TAKEN_IT:
        owner_id = world.person(STAFF_NAMES[Role.THERAPIST])
        duty.give_task(task_id=task_id, owner_id=owner_id, by=machine(settings.service_id()), at=clock.now())
    return task_id


def the_report() -> BatchReport:
    with db.read() as session:
        return session.exec(select(BatchReport)).one()


PLACES: dict[str, Callable[[World, str], str]] = {
    "referral_id": of_referral,
    "alert_id": of_alert,
    "task_id": of_task,
    "absence_id": lambda _world, _student: duty_facts.absences(clock.now())[-1].id,
    "turn_id": lambda _world, _student: duty_facts.turns(clock.now())[-1].id,
    "closed_id": lambda _world, _student: next(
        days.id for days in duty_facts.closed_days(clock.now(), date(2027, 1, 1)) if days.id
    ),
    "contact_id": lambda world, _student: signposting.contacts()[-1].id,
    "page_id": lambda _world, _student: signposting.pages()[-1].id,
    "person_id": lambda world, student: world.person(student),
    "session_id": lambda world, student: world.session(student, 1),
    "episode_id": of_episode,
    "batch_id": lambda _world, _student: the_report().batch_id,
    "report_id": lambda _world, _student: the_report().id,
}


@dataclass(frozen=True)
class StaffForm(Form):
    """A form, the page where it `stands` if that has another address, and the student it is about.

    `beside`: the form whose second button it is, if that posts elsewhere than to its page.
    `leads`: where its address begins that comes next, of a form that only shows, or changes who stands in the
    browser.
    `right`: what comes of it when it is filled in well; 400 for buttons that no page shows yet.
    """

    stands: str = ""
    beside: str = ""
    about: str = "Teo Testcase"
    right: int = 303
    leads: str = ""
    fields: dict[str, str] = field(default_factory=dict, hash=False)

    def path(self, world: World) -> str:
        return self._address(world, self.rule)

    def found(self, world: World, browser: FlaskClient) -> "StaffForm":
        """The same with the hidden fields that its page gives it."""
        if self.right == 400:
            return self
        page = Page.of(browser.get(self._address(world, self.stands or self.rule)))
        forms = dict(reversed(list(page.forms())))
        second_of = self._address(world, self.beside or self.stands)
        hidden = forms[self.path(world) if self.path(world) in forms else second_of]
        del hidden["csrf_token"]
        return replace(self, fields={**hidden, **self.fields})

    def _address(self, world: World, rule: str) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda place: PLACES[place.group(1)](world, self.about), rule)


STAFF_FORMS = [
    StaffForm(f"{REFERRAL}/take", therapist, stands=REFERRAL, about="Noor Notreal"),
    StaffForm(
        f"{REFERRAL}/signpost",
        therapist,
        {"page": "other_team", "reason": "Their own team."},
        stands=REFERRAL,
        about="Alex Anybody",
    ),
    StaffForm("/staff/episodes/open", therapist, stands=REFERRAL, about="Alex Anybody"),
    StaffForm("/staff/episodes/<episode_id>/book", therapist, BOOKING, about="Mina Madeup"),
    StaffForm(
        SESSION,
        therapist,
        {"day": "2/12/2026", "time": "11:00", "minutes": "50", "mode": "video", "place": "a link"},
    ),
    StaffForm(f"{SESSION}/cancel", therapist, {"who": "student"}, stands=SESSION),
    StaffForm(f"{SESSION}/attended", therapist, {"version": "2"}, right=400),
    StaffForm(f"{SESSION}/missed", therapist, {"version": "2"}, right=400),
    StaffForm("/staff/episodes/<episode_id>/complete", therapist, {"version": "1"}, right=400),
    StaffForm("/staff/episodes/contact/<person_id>", therapist, {"note": "Spoke."}, about="Remi Rehearsal"),
    StaffForm("/staff/accounts/pin/<person_id>", facing_a_pin),
    StaffForm(f"{STUDENT}/about", therapist, ROWS),
    StaffForm(NOTE, therapist, {"formulation": "Exams.", "plan": "Two walks."}),
    StaffForm(f"{NOTE}/draft", therapist, {"plan": "Two walks."}, stands=NOTE),
    StaffForm(f"{NOTE}/drop", with_a_note_begun, stands=NOTE),
    StaffForm("/staff/caseload/add", therapist, NEW),
    StaffForm("/staff/caseload/paste", therapist, {"rows": PASTED}, right=200),
    StaffForm("/staff/caseload/find", therapist, {"words": "Teo"}, stands=STUDENTS, leads="/staff/caseload/"),
    StaffForm(REPORTS, therapist, {"code": "123456"}, right=400),
    StaffForm(f"{STUDENT}/report", therapist, stands=STUDENT, right=200),
    StaffForm(f"{STUDENT}/scores", therapist, stands=STUDENT, beside=f"{STUDENT}/report", right=200),
    StaffForm(f"{REPORTS}/take/<report_id>", with_reports, stands=f"{REPORTS}/<batch_id>", right=200),
    StaffForm("/staff/caseload/copy/<session_id>", therapist, stands=NOTES, about="Sam Sample", right=200),
    StaffForm("/staff/caseload/talked/<session_id>", therapist, stands=NOTES, about="Sam Sample"),
    StaffForm(f"{STUDENT}/talk", asked_to_talk, stands=STUDENT),
    StaffForm("/staff/alerts/<alert_id>/read", therapist, stands=STUDENT, about="Sam Sample"),
    StaffForm("/staff/alerts/<alert_id>/did", therapist, {"note": "Rang them."}, about="Sam Sample"),
    StaffForm(f"{TASK}/claim", before_a_task, stands="/staff/alerts/tasks?whose=team"),
    StaffForm(f"{TASK}/done", therapist, {"note": "Rang them."}, about=HAS_TAKEN_IT),
    StaffForm(f"{TASK}/hand-over", therapist, {"to": "x"}, about=HAS_TAKEN_IT, right=400),
    StaffForm(f"{ROTA}/leave", therapist, AWAY, right=200),
    StaffForm(f"{ROTA}/leave/<absence_id>/end", manager, stands=ROTA),
    StaffForm(f"{ROTA}/stand-in", manager, {**AWAY, "purpose": "everybody", "who": "x"}, right=400),
    StaffForm(f"{ROTA}/turns/<turn_id>/end", manager, stands=ROTA, right=409),
    StaffForm(f"{ROTA}/hours", manager, {"opens_0": "09:30", "closes_0": "17:00"}),
    StaffForm(f"{ROTA}/closed", manager, CLOSED, stands=f"{ROTA}/hours"),
    StaffForm(f"{ROTA}/closed/<closed_id>/open", with_closed_days, stands=f"{ROTA}/hours"),
    StaffForm("/staff/accounts/words", whose_screen_locked),
    StaffForm("/staff/accounts/reach", therapist, {"phone": "07700 900301"}),
    StaffForm(PAPER, therapist, WRITTEN_DOWN),
    StaffForm("/staff/measures/<session_id>/here", therapist, leads="/form/"),
    StaffForm("/staff/accounts/unlock", lent, {"next": "", "code": "123456"}, right=400),
    StaffForm("/staff/signposting/new", admin, HELP),
    StaffForm(f"{CONTACT}/edit", admin, HELP | {"open": "set", "d0-from1": "09:00", "d0-to1": "17:00"}),
    StaffForm(f"{CONTACT}/propose", with_a_draft, stands=CONTACT),
    StaffForm(f"{CONTACT}/approve", second_person, stands=CONTACT),
    StaffForm(f"{CONTACT}/return", second_person, stands=CONTACT),
    StaffForm(GO_LIVE, manager, {"reason": "Nobody is booked before Monday."}),
    StaffForm(f"{GO_LIVE}/stop", having_decided, {"why": "The wrong number stands there."}, stands=GO_LIVE),
    StaffForm("/staff/governance/universities", manager, stands=GO_LIVE),
    StaffForm("/staff/signposting/pages/new", admin, A_NEW_PAGE),
    StaffForm(f"{PAGE}/edit", admin, A_PAGE),
    StaffForm(f"{PAGE}/propose", with_a_page, stands=PAGE),
    StaffForm(f"{PAGE}/approve", second_reader, stands=PAGE),
    StaffForm(f"{PAGE}/return", second_reader, stands=PAGE),
    StaffForm(f"{PAGE}/bring-back", after_a_second_version, stands=PAGE),
    StaffForm(f"{PAGE}/withdraw", admin, {"why": "Out of date."}, stands=PAGE),
    StaffForm(f"{PAGE}/verify", admin, {"how": "Read it.", "review_by": "1/2/2027"}, stands=PAGE),
    StaffForm(f"{CONTACT}/verify", admin, {"how": "Rang it.", "review_by": "2027-02-01"}, stands=CONTACT),
    StaffForm(f"{CONTACT}/withdraw", admin, {"why": "Nobody answered."}, stands=CONTACT),
    StaffForm(f"{CONTACT}/bring-back", with_an_older_version, stands=f"{CONTACT}/versions"),
    StaffForm(f"{CONTACT}/move", beside_another, stands="/staff/signposting"),
]
