"""Limits stop whoever guesses or floods, and never somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.accounts import service as accounts
from student_portal.accounts.service import codes
from student_portal.accounts.service.limits import CODES_BUDGET
from student_portal.audit.queries import machine
from student_portal.foundation import clock, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries as settings
from tests.support.asking import text
from tests.support.students import BORN_TYPED, make_student, sign_in


def test_asking_for_strangers_codes_leaves_students_theirs(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_student()
    monkeypatch.setattr(codes, "CODES_BUDGET", replace(CODES_BUDGET, most=3))
    for last in range(5):
        client.post("/code", data={"where": f"07700 90050{last}"})
    assert sign_in(client).location == "/home"


@pytest.mark.hazard("H13")
def test_a_second_link_to_the_same_form_gives_no_new_tries(client: FlaskClient) -> None:
    person_id, form = make_student(), ids.new()
    tokens = [
        accounts.make_link(
            person_id=person_id,
            about=form,
            target=f"/form/{form}",
            closes_at=clock.now() + timedelta(days=4),
            by=machine(settings.service_id()),
            at=clock.now(),
        )
        for _ in range(2)
    ]
    client.post(f"/l/{tokens[0]}")
    for _ in range(5):
        client.post("/code/proof", data={**BORN_TYPED, "born-day": "18"})
    client.post(f"/l/{tokens[1]}")
    assert client.post("/code/proof", data=BORN_TYPED).status_code == 429


def test_what_is_pressed_on_a_locked_page_is_said_not_to_be_saved(
    client: FlaskClient, portal: FrozenClock
) -> None:
    make_student()
    sign_in(client)
    portal.forward(minutes=15)
    locked = client.post("/choices", data={}, follow_redirects=True)
    assert "What you wrote or pressed last was not saved." in text(locked)
    assert "pressed last" not in text(client.get("/code/locked"))
