"""Whatever goes wrong, on either side and however badly: help, a plain sentence, and nothing told."""

import logging
import re
from collections.abc import Callable

import pytest
from werkzeug.exceptions import abort, default_exceptions
from werkzeug.test import TestResponse

from student_portal.access.queries import Role
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotAllowed, NotFound, Refused
from tests.support.world import World
from tests.sweeps.test_headers import must_be_strict

TYPED = "07700 900109"
TOKEN = "z" * 26
SIDES = {"students": ("pages.who", "/who"), "staff": ("accounts.staff_sign_in", "/staff/accounts/sign-in")}
TROUBLES = [
    (Refused(TYPED), 400),
    (NotAllowed(TYPED), 403),
    (NotFound(TYPED), 404),
    (Conflict(TYPED), 409),
    (RuntimeError(TYPED), 500),
    (db.Unreachable(TYPED, {}, OSError()), 503),
]


def must_help_and_tell_nothing(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status
    must_be_strict(answer)
    for needed in ("tel:999", "tel:111"):
        assert needed in answer.text
    for leak in ("Traceback", "Error(", TYPED):
        assert leak not in answer.text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    assert heading
    assert not re.search(r"\d", heading[1]), "a code is no sentence"


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("error", "status"), TROUBLES, ids=[str(status) for _, status in TROUBLES])
def test_every_refusal_and_breakdown_shows_help_on_both_sides(
    world: World, monkeypatch: pytest.MonkeyPatch, side: str, error: Exception, status: int
) -> None:
    endpoint, path = SIDES[side]
    monkeypatch.setitem(world.app.view_functions, endpoint, raising(error))
    must_help_and_tell_nothing(world.browser(Role.ANYONE).get(path), status)


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("code", [code for code in default_exceptions if 400 <= code <= 599])
def test_every_status_there_is_has_words_that_blame_nobody_for_our_mistakes(
    world: World, monkeypatch: pytest.MonkeyPatch, side: str, code: int
) -> None:
    endpoint, path = SIDES[side]
    monkeypatch.setitem(world.app.view_functions, endpoint, lambda **_: abort(code))
    answer = world.browser(Role.ANYONE).get(path)
    must_help_and_tell_nothing(answer, code)
    assert ("That is our mistake, not yours." in answer.text) == (code >= 500)


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("path", ["/code", "/staff/accounts/sign-in"])
def test_a_form_without_its_token_shows_help_on_both_sides(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setitem(world.app.config, "WTF_CSRF_ENABLED", True)
    must_help_and_tell_nothing(world.browser(Role.ANYONE).post(path), 400)


@pytest.mark.hazard("H14")
def test_a_fault_past_every_handler_is_not_told_to_the_logs(
    world: World, monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]
) -> None:
    """While the cookie is saved, once for the page and once more for the page about that."""
    monkeypatch.setattr(world.app.session_interface, "save_session", raising(RuntimeError(TYPED)))
    assert world.browser(Role.ANYONE).get(f"/l/{TOKEN}").status_code == 500
    assert "RuntimeError" in said(), "it is known that it happened"
    assert TOKEN not in said()
    assert TYPED not in said()


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """All that our own logs, the libraries' and the terminal have got so far."""
    caplog.set_level(logging.WARNING)
    heard: list[str] = []

    def everything() -> str:
        heard.extend(capfd.readouterr())
        return caplog.text + "".join(heard)

    return everything


def raising(error: Exception) -> Callable[..., str]:
    def fails(*_given: object, **_named: object) -> str:
        raise error

    return fails
