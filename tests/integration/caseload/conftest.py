"""A therapist at the desk on Monday 30 November, with one student who comes on Wednesday at 2pm."""

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service
from student_portal.foundation import clock
from tests.support import care


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client)


@pytest.fixture
def episode_id(therapist: Viewer) -> str:
    opened = care.in_therapy(therapist)
    slots = care.weekly(therapist, opened, care.at(12, 2))
    service.book(bookings=slots, by=therapist, at=clock.now())
    return opened


@pytest.fixture
def person_id(therapist: Viewer, episode_id: str) -> str:
    return care.sessions(therapist, episode_id)[0].person_id
