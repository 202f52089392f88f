"""Two cookies, so that one browser can be a student and a member of staff at once.

Each carries the form token and the secret of one browser session (a row in the database; the cookie's
signature proves nothing about anybody). Neither outlives the browser.
"""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from student_portal.foundation.web import is_staff_side


class TwoCookies(SecureCookieSessionInterface):
    """Flask's signed cookie, under one name on the students' side and another on the staff's."""

    def get_cookie_name(self, app: Flask) -> str:
        prefix = "__Host-" if app.config["SESSION_COOKIE_SECURE"] else ""
        return prefix + ("staff" if is_staff_side(request.path) else "portal")


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
