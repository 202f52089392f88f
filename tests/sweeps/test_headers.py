"""Strict headers on every answer, whatever its status; cookies that no script and no other site can use."""

import base64
import os
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal import create_app
from student_portal.access.queries import Role
from student_portal.foundation import db
from student_portal.signposting import views as signposting_views
from tests.support.routes import addresses
from tests.support.world import World

SAME_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def must_be_strict(answer: TestResponse) -> None:
    where = f"{answer.request.path} {answer.status_code}"
    for name, value in SAME_EVERYWHERE.items():
        assert answer.headers.get(name) == value, f"{where}: {name}"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, where
    assert "unsafe" not in policy, where
    assert "frame-ancestors 'none'" in policy, where
    long_lived = answer.request.path.startswith("/static/") and answer.status_code == 200
    assert ("immutable" if long_lived else "no-store") in answer.headers["Cache-Control"], where


@pytest.mark.hazard("H10")
@pytest.mark.parametrize("role", [Role.ANYONE, Role.STUDENT, Role.THERAPIST, Role.ADMIN])
def test_every_page_of_every_side_is_strict(world: World, role: Role) -> None:
    browser = world.browser(role)
    for path in [*addresses(world), "/nothing/here", "/staff/nothing"]:
        with browser.get(path) as answer:
            must_be_strict(answer)
        with browser.delete(path) as answer:
            must_be_strict(answer)


def test_every_kind_of_trouble_is_strict_and_shows_help(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(Role.ANYONE)
    troubles = {
        "missing": (404, lambda: browser.get("/nothing/here")),
        "wrong way": (405, lambda: browser.get("/join/code")),
        "too long": (413, lambda: browser.post("/code", data={"where": "x" * 100_000})),
        "broken": (500, lambda: _broken(browser, world, monkeypatch, RuntimeError("07700 900109"))),
        "no database": (
            503,
            lambda: _broken(browser, world, monkeypatch, db.Unreachable("x", {}, OSError())),
        ),
    }
    for name, (status, ask) in troubles.items():
        answer = ask()
        assert answer.status_code == status, name
        must_be_strict(answer)
        for needed in ("tel:999", "tel:111"):
            assert needed in answer.text, name
        for leak in ("Traceback", "RuntimeError", "07700 900109", str(status) + "</h1>"):
            assert leak not in answer.text, name


def _broken(
    browser: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> TestResponse:
    def fails() -> str:
        raise error

    with monkeypatch.context() as patch:
        patch.setitem(world.app.view_functions, "pages.who", fails)
        return browser.get("/who")


def test_a_live_services_cookies_are_bound_to_its_host_and_to_https(world: World) -> None:
    live = replace(
        world.config,
        demo=False,
        base_url="https://portal.example",
        secret_key=base64.b64encode(os.urandom(32)).decode(),
    )
    browser = create_app(live).test_client()
    answer = browser.get("/code", base_url="https://portal.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert browser.get("/demo", base_url="https://portal.example").status_code == 404


@pytest.mark.hazard("H15")
def test_help_stands_even_when_the_error_page_itself_is_broken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signposting_views, "help_lines", lambda: 1 / 0)
    answer = world.browser(Role.ANYONE).get("/who")
    assert answer.status_code == 500
    must_be_strict(answer)
    for needed in ("tel:999", "tel:111", "sms:85258"):
        assert needed in answer.text
