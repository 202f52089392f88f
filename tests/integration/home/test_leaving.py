"""What Exit cannot do is said, and it is so."""

import pytest
from flask.testing import FlaskClient

from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import service as settings
from tests.support import care
from tests.support.asking import text
from tests.support.students import make_student


@pytest.mark.hazard("H13")
def test_without_a_connection_exit_ends_nothing_before_the_screen_locks(
    client: FlaskClient, service_id: str, portal: FrozenClock
) -> None:
    said = text(client.get("/exit/more"))
    assert "Lock without a connection." in said
    assert "It locks 15 minutes after your last tap, not before." in said
    care.on_phone(client, service_id, make_student())
    assert client.get("/home").status_code == 200
    portal.forward(minutes=14)
    assert client.get("/home").status_code == 200, "Exit was pressed, and its request never came"
    portal.forward(minutes=16)
    assert client.get("/home").location == "/code"


def test_the_minutes_are_those_that_the_service_decided(client: FlaskClient, service_id: str) -> None:
    settings.decide(key="idle_minutes", value=10, reason="Shared", by=machine(service_id), at=clock.now())
    assert "It locks 10 minutes after your last tap" in text(client.get("/exit/more"))


@pytest.mark.one_database
def test_the_page_stands_without_the_database(client: FlaskClient) -> None:
    db.connect("postgresql://127.0.0.1:1/none")
    assert "It locks some minutes after your last tap" in text(client.get("/exit/more"))
