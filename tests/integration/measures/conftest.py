"""A student on Monday 30 November, 10am: the CORE-34 is open, the first session is on Wednesday at 2pm."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries as settings
from tests.integration.measures.hand import Phone
from tests.support import care

FIRST_SESSION = care.at(12, 2)

Browser = Callable[..., FlaskClient]


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id)


@pytest.fixture
def episode_id(therapist: Viewer) -> str:
    """An episode with all six dates, the first on Wednesday 2 December at 2pm."""
    made = care.in_therapy(therapist)
    episodes.book(bookings=care.weekly(therapist, made, FIRST_SESSION), by=therapist, at=clock.now())
    return made


@pytest.fixture
def sessions(therapist: Viewer, episode_id: str) -> tuple[SessionFacts, ...]:
    return care.sessions(therapist, episode_id)


@pytest.fixture
def session(sessions: tuple[SessionFacts, ...]) -> SessionFacts:
    """The first session, before which the CORE-34 is filled in."""
    return sessions[0]


@pytest.fixture
def student(therapist: Viewer, session: SessionFacts) -> Viewer:
    return care.as_student(therapist.service_id, session.person_id)


@pytest.fixture
def browser(app: Flask, portal: FrozenClock) -> Browser:
    """`browser(person_id, session_id)`: a browser let in by a text's link; without the second, signed in."""

    def open_browser(person_id: str, about: str | None = None) -> FlaskClient:
        secret = accounts.start_session(
            role=Role.LINK if about else Role.STUDENT,
            person_id=person_id,
            about=about,
            proved_by="link" if about else "code",
            by=machine(settings.service_id()),
            at=clock.now(),
        )
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["secret"] = secret
        return client

    return open_browser


@pytest.fixture
def phone(browser: Browser, session: SessionFacts) -> FlaskClient:
    """The student's phone, let in by the link in the text."""
    return browser(session.person_id, session.id)


@pytest.fixture
def hand(phone: FlaskClient, session: SessionFacts, portal: FrozenClock) -> Phone:
    """The student's hand on their phone, let in by the text's link."""
    return Phone(phone, session, portal)


@pytest.fixture
def another_hand(browser: Browser, session: SessionFacts, portal: FrozenClock) -> Callable[[bool], Phone]:
    """`another_hand(signed_in)`: the same student proving themselves afresh, on any device."""

    def take_up(signed_in: bool) -> Phone:
        client = browser(session.person_id) if signed_in else browser(session.person_id, session.id)
        return Phone(client, session, portal)

    return take_up
