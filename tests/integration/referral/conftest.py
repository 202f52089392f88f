"""A student with a browser, and a therapist of the team."""

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from tests.support import care
from tests.support.asking import Asking, list_a_university


@pytest.fixture
def asking(client: FlaskClient) -> Asking:
    return Asking(client, list_a_university())


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    return care.therapist(service_id)
