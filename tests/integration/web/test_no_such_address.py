"""A byte that PostgreSQL takes in no text: an address or an id with it leads nowhere, and nothing breaks."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from student_portal.access.queries import STAFF, Role
from tests.support.staff import signed_in

NUL = "a%00b"


def addresses(app: Flask, role: Role) -> list[tuple[str, str]]:
    """Every method and address open to a role that holds an id, with a NUL in the id's place."""
    allowed = app.extensions["policies"]
    return [
        (method, re.sub(r"<\w+>", NUL, rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.arguments and role in allowed[rule.endpoint]
        for method in ("GET", "POST")
        if method in (rule.methods or ())
    ]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_an_address_with_a_nul_is_an_address_of_nothing(app: Flask, client: FlaskClient, role: Role) -> None:
    signed_in(client, role)
    assert addresses(app, role)
    for method, address in addresses(app, role):
        assert client.open(address, method=method).status_code == 404, f"{method} {address}"


def test_an_id_with_a_nul_in_a_form_is_refused(client: FlaskClient) -> None:
    signed_in(client, Role.THERAPIST)
    answer = client.post("/staff/episodes/open", data={"referral_id": "a\0b", "version": "1"})
    assert answer.status_code in (400, 404)


def test_only_students_are_sent_back_to_their_texts(client: FlaskClient) -> None:
    assert "If you came from a text" in client.get("/nothing/here").text
    staff = signed_in(client, Role.MANAGER).get("/staff/nothing")
    assert staff.status_code == 404
    assert "If you came from a text" not in staff.text
    assert "Go to the start page" in staff.text
