"""The demo's whole world inside the test's own process: every person, every state, any browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, template_rendered
from flask.testing import FlaskClient
from sqlmodel import col, select

from student_portal.access.queries import STAFF, Role
from student_portal.accounts import service as accounts
from student_portal.accounts.models import Person
from student_portal.alerts.models import AnswerAlert
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.duty import queries as duty
from student_portal.duty.models import Task
from student_portal.episodes.models import TherapySession
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.referral import service as referral
from student_portal.referral.models import Referral
from student_portal.settings import queries as settings
from student_portal.signposting import queries as signposting
from tests.support.clock import MONDAY_AT_TEN

STAFF_NAMES = {
    Role.THERAPIST: "Robin Okafor",
    Role.LIAISON: "Sasha Brook",
    Role.ADMIN: "Ade Quill",
    Role.MANAGER: "Max Ferry",
}
TEMPLATES = "tests.templates"
AT = MONDAY_AT_TEN + timedelta(minutes=1)


@dataclass
class World:
    """An application on a copy of the seeded demo, at a standing time."""

    app: Flask
    config: Config

    def person(self, name: str) -> str:
        """The id of somebody in the demo."""
        with db.read() as session:
            return next(row.id for row in session.exec(select(Person)) if row.name == name)

    def session(self, name: str, number: int) -> str:
        """The id of a student's numbered session."""
        wanted = select(TherapySession.id).where(
            TherapySession.person_id == self.person(name), TherapySession.number == number
        )
        with db.read() as session:
            return session.exec(wanted).one()

    def task(self, student: str) -> str:
        """The id of an open task about a student."""
        wanted = select(Task.id).where(Task.person_id == self.person(student), col(Task.done_at).is_(None))
        with db.read() as session:
            return session.exec(wanted).first() or ""

    def values(self, student: str = "Teo Testcase") -> dict[str, str | int]:
        """Something real for every part of a route that is not fixed."""
        person_id = self.person(student)
        with db.read() as session:
            alert = session.exec(
                select(AnswerAlert.id).where(col(AnswerAlert.response_id).is_not(None))
            ).first()
            asked = session.exec(select(Referral.id).where(Referral.person_id == person_id)).one()
            of_session = session.exec(
                select(TherapySession).where(
                    TherapySession.person_id == person_id, TherapySession.number == 1
                )
            ).one()
        return {
            "session_id": of_session.id,
            "episode_id": of_session.episode_id,
            "person_id": person_id,
            "alert_id": str(alert),
            "task_id": self.task("Remi Rehearsal"),
            "referral_id": asked,
            "contact_id": signposting.contacts()[0].id,
            "page_id": signposting.pages()[0].id,
            "absence_id": duty.absences(clock.now())[-1].id,
            "turn_id": duty.turns(clock.now())[-1].id,
            "closed_id": "a" * 26,
            "token": "a" * 26,
            "batch_id": "b" * 26,
            "report_id": "b" * 26,
            "number": 1,
            "filename": "css/portal.css",
        }

    def browser(self, role: Role, student: str = "Teo Testcase", *, number: int = 1) -> FlaskClient:
        """A browser in which somebody stands as this role: signed out, in a draft, on a link, signed in."""
        made = self.app.test_client()
        made.environ_base[TEMPLATES] = []
        if role == Role.ANYONE:
            return made
        by = machine(settings.service_id())
        person_id, about = self._who(role, student, number)
        secret = accounts.start_session(
            role=role, person_id=person_id, about=about, proved_by="link", by=by, at=clock.now()
        )
        with made.session_transaction("/staff/" if role in STAFF else "/") as cookie:
            cookie["secret"] = secret
            cookie["seen"] = int(clock.real().timestamp())
        return made

    def _who(self, role: Role, student: str, number: int) -> tuple[str | None, str | None]:
        if role == Role.DRAFT:
            by = machine(settings.service_id())
            return None, referral.start(instead_of=None, by=by, at=clock.now()).draft_id
        if role in STAFF:
            return self.person(STAFF_NAMES[role]), None
        about = self.session(student, number) if role == Role.LINK else None
        return self.person(student), about


@pytest.fixture(scope="module")
def world(seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world for one file of tests."""
    with opened(seeded_data_dir, tmp_path_factory.mktemp("world")) as standing:
        yield standing


@pytest.fixture(scope="module")
def pseudo_world(seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same with every sentence of ours between ⟦ and ⟧."""
    with opened(seeded_data_dir, tmp_path_factory.mktemp("pseudo"), pseudo=True) as standing:
        yield standing


@contextmanager
def opened(seeded: Path, folder: Path, *, pseudo: bool = False) -> Iterator[World]:
    """A world on a copy of the seeded data, in this folder. One stands at a time."""
    from student_portal import create_app  # here, so that tests without pages do not wait for every room

    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    config = replace(Config.from_env({"DATA_DIR": str(folder)}), pseudo=pseudo)
    before = clock.installed()
    config.start()
    clock.install(FrozenClock(AT))
    app = create_app(config)
    app.config.update(WTF_CSRF_ENABLED=False)
    with template_rendered.connected_to(_note, app):
        yield World(app, config)
    db.engine().dispose()
    clock.install(before)


def _note(_app: Flask, template: Any, **_context: Any) -> None:
    """Leave the template's name where the test's browser finds it."""
    request.environ.get(TEMPLATES, []).append(template.name)
