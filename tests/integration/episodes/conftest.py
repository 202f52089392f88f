"""A therapist and one accepted student, whose six sessions have no date yet."""

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service
from student_portal.foundation import clock
from tests.support import care


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id)


@pytest.fixture
def episode_id(therapist: Viewer) -> str:
    return care.in_therapy(therapist)
