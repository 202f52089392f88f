"""A therapist and a student whose first session is on Wednesday 2 December at 2pm."""

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from tests.support import care


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id)


@pytest.fixture
def session(therapist: Viewer) -> SessionFacts:
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 2))
    service.book(bookings=slots, by=therapist, at=clock.now())
    return care.sessions(therapist, episode_id)[0]
