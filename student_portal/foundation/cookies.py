"""Two cookies, so that one browser can be a student and a member of staff at once.

Each carries the form token and the secret of one browser session (a row in the database; the cookie's
signature proves nothing about anybody). Neither outlives the browser.
"""

from typing import Any

from flask import Flask, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from student_portal.foundation.web import is_staff_side

LENT = "lent"  # in the students' cookie: the session whose form this device was lent for


class TwoCookies(SecureCookieSessionInterface):
    """Flask's signed cookie, under one name on the students' side and another on the staff's."""

    def get_cookie_name(self, app: Flask) -> str:
        return _prefix(app) + ("staff" if is_staff_side(request.path) else "portal")


class _Students(SecureCookieSessionInterface):
    """The students' cookie, on whichever side."""

    def get_cookie_name(self, app: Flask) -> str:
        return _prefix(app) + "portal"


def _prefix(app: Flask) -> str:
    return "__Host-" if app.config["SESSION_COOKIE_SECURE"] else ""


def init(app: Flask, *, secure: bool) -> None:
    """Set both cookies' attributes; `secure` everywhere but in the demo on plain HTTP."""
    app.session_interface = TwoCookies()
    app.config.update(
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def students() -> dict[str, Any]:
    """What the students' cookie of this browser holds, read on the staff's side."""
    return dict(_Students().open_session(current_app, request) or {})


def write_students(response: Response, held: dict[str, Any]) -> None:
    """Put this into the students' cookie of this browser, from the staff's side; nothing of before stays."""
    written = _Students().open_session(current_app, request)
    if written is None:
        raise RuntimeError("a cookie can be written only by an application that signs cookies")
    written.clear()
    written.update(held)
    _Students().save_session(current_app, written, response)  # type: ignore[arg-type]  # Flask's narrower name


def forget() -> None:
    """Empty this side's cookie. That the device is lent stays known until its therapist has it back."""
    lent_for = session.get(LENT)
    session.clear()
    if lent_for:
        session[LENT] = lent_for
