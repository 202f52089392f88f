"""Somebody at a page, with form tokens as in life; the screen locks, and they or others prove themselves."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.accounts.models import LockedWords
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db, passwords
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.asking import ANSWERS, Asking, hidden, list_a_university
from tests.support.students import BORN_TYPED, code_in

PASSWORD = "a long enough passphrase"
TOTP = passwords.new_totp_secret()


@dataclass
class Screen:
    """One browser, whose pages carry tokens, and the clock behind it."""

    browser: FlaskClient
    clock: FrozenClock

    def open(self, page: str) -> TestResponse:
        return self.browser.get(page, follow_redirects=True)

    def post(self, page: str, to: str = "", /, *, token: str = "", **typed: str) -> TestResponse:
        """Fill in the form on a page as it stands there, and press."""
        fields = hidden(self.browser.get(page))
        return self.press(page, to or page, **fields | typed | ({"csrf_token": token} if token else {}))

    def press(self, page: str, to: str, **fields: str) -> TestResponse:
        return self.browser.post(to, data=fields, headers={"Referer": f"http://localhost{page}"})

    def leave_alone(self, page: str, to: str = "", /, *, minutes: int = 16, **typed: str) -> TestResponse:
        """Open a page, type, go away until it has locked, and press."""
        fields = hidden(self.browser.get(page)) | typed
        self.clock.forward(minutes=minutes)
        return self.press(page, to or page, **fields)

    def prove(self, to: str, **given: str) -> TestResponse:
        return self.browser.post(to, data={"csrf_token": hidden(self.browser.get(to))["csrf_token"], **given})

    def sign_in(self, person_id: str) -> TestResponse:
        """As a student: number, code, date of birth."""
        self.prove("/code", where=people.address_of(person_id, Channel.SMS) or "")
        self.prove("/code/enter", digits=accounts.draw_digits(code_id=code_in(self.browser)))
        return self.prove("/code/proof", **BORN_TYPED)

    def sign_in_staff(self, name: str) -> TestResponse:
        door = "/staff/accounts/sign-in"
        email = f"{name.lower()}@example.com"
        return self.prove(door, email=email, password=PASSWORD, code=passwords.totp_now(TOTP))

    def follow(self, token: str, **given: str) -> TestResponse:
        """The link in a text, and the date of birth."""
        self.prove(f"/l/{token}")
        return self.prove("/code/proof", **given or BORN_TYPED)


def kept() -> list[LockedWords]:
    """Everything that is kept from locked screens."""
    with db.read() as session:
        return list(session.exec(select(LockedWords)))


@pytest.fixture
def screen(app: Flask, portal: FrozenClock) -> Screen:
    app.config.update(WTF_CSRF_ENABLED=True)
    return Screen(app.test_client(), portal)


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return Viewer(service_id, staff(service_id, "Robin"), Role.THERAPIST)


def staff(service_id: str, name: str, role: Role = Role.THERAPIST) -> str:
    """A therapist, or another of the staff, who can sign in."""
    return accounts.create_staff(
        name=name,
        email=f"{name.lower()}@example.com",
        password=PASSWORD,
        role=role,
        totp=TOTP,
        by=machine(service_id),
        at=clock.now(),
    )


@pytest.fixture
def session(therapist: Viewer) -> SessionFacts:
    """The first session, on Wednesday; its form is open."""
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 2))
    episodes.book(bookings=slots, by=therapist, at=clock.now())
    return care.sessions(therapist, episode_id)[0]


@pytest.fixture
def link(session: SessionFacts, service_id: str) -> Callable[[], str]:
    """A link to the form of the first session, as it stands in a text."""

    def make() -> str:
        return accounts.make_link(
            person_id=session.person_id,
            about=session.id,
            target=f"/form/{session.id}",
            closes_at=care.at(12, 9),
            by=machine(service_id),
            at=clock.now(),
        )

    return make


@pytest.fixture
def asking(app: Flask, screen: Screen) -> Screen:
    """Somebody who asks for support and has come as far as the question about their contact."""
    app.config.update(WTF_CSRF_ENABLED=False)
    writer = Asking(screen.browser, list_a_university())
    writer.start()
    for key in ("name", "born", "institution", "contact"):
        writer.answer(key)
    app.config.update(WTF_CSRF_ENABLED=True)
    return screen


BORN_HERE = ANSWERS["born"]
