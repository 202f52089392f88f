"""What the pages that everybody uses ask of the database: how often, never how long.

The ceilings are what stands today. Whoever needs one more statement raises one here, knowingly.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.load import Request
from benchmarks.students import Portal
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from tests.support.counted import BEGIN, counted
from tests.support.crowd import Crowd


@pytest.fixture
def portal_full(app: Flask, service_id: str) -> Portal:
    """Students in the middle of their forms, as `benchmarks` prepares them."""
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return Portal(Crowd(app), {})


@pytest.mark.parametrize(("path", "statements"), [("/", 2), ("/help", 5)])
def test_a_page_for_everybody_asks_for_little_more_than_whom_to_call(
    client: FlaskClient, path: str, statements: int
) -> None:
    client.get(path)  # whatever a first request loads
    with counted() as said:
        assert client.get(path).status_code == 200
    assert said.count(BEGIN) == 1
    assert len(said) - 1 <= statements, "\n".join(said)


@pytest.mark.parametrize(
    ("asked", "led_to", "statements", "transactions"),
    [
        (lambda portal: portal.looks(portal.half_filled(1)[0]), "", 9, 1),
        (lambda portal: portal.saves(portal.half_filled(1)[0]), "/7", 17, 2),
        (lambda portal: portal.sends(portal.whole("core_10", 1)[0]), "/sent", 20, 2),
        (lambda portal: portal.sends(portal.whole("core_om", 1)[0]), "/sent", 20, 2),
    ],
    ids=["question", "save", "send CORE-10", "send CORE-OM"],
)
def test_a_request_of_the_hot_path_stays_within_its_statements(
    portal_full: Portal,
    client: FlaskClient,
    asked: Callable[[Portal], Request],
    led_to: str,
    statements: int,
    transactions: int,
) -> None:
    request = asked(portal_full)
    browse(client, asked(portal_full))  # whatever a first request loads
    with counted() as said:
        answer = browse(client, request)
    assert answer.status_code == (303 if led_to else 200)
    assert (answer.location or "").endswith(led_to)
    assert said.count(BEGIN) <= transactions, said
    asked_for = [line for line in said if line != BEGIN]
    assert len(asked_for) <= statements, "\n".join(asked_for)


def browse(client: FlaskClient, request: Request) -> object:
    """Send it as its own browser would."""
    name, _, value = request.cookie.partition("=")
    client.set_cookie(name, value)
    form = "application/x-www-form-urlencoded"
    return client.open(request.path, method=request.method, data=request.body, content_type=form)
