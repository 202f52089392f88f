"""HTTP for every page: who may open it, strict headers, files with long lives, kind errors.

A view says who may use it with `@allow(...)`; a route without that line stops the start. The rule is data:
`policies(app)` lists it, and one sweep checks every route for every role.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from student_portal.foundation import db
from student_portal.foundation.errors import NotFound

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"
_AROUND = "what stands around every page"


def allow(*roles: str) -> Callable[[View], View]:
    """Declare which roles may use a view; "anyone" opens it to people who are not signed in."""
    if not roles:
        raise ValueError("say who may use this view")

    def declare(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def policies(app: Flask) -> dict[str, frozenset[str]]:
    """Who may use each endpoint. Raises RuntimeError, naming it, if one does not say."""
    found = {"static": frozenset({ANYONE})}
    for endpoint, view in app.view_functions.items():
        if endpoint == "static":
            continue
        allowed = getattr(view, "allowed", None)
        if allowed is None:
            raise RuntimeError(f"the route {endpoint} does not say who may use it: add @web.allow(...)")
        found[endpoint] = allowed
    return found


def is_staff_side(path: str) -> bool:
    """Whether a path belongs to the staff's side, which has its own cookie and look."""
    return path == "/staff" or path.startswith("/staff/")


def init(app: Flask, *, secure: bool) -> None:
    """Put headers on every answer and give templates `asset` and `csp_nonce`."""
    app.before_request(_make_nonce)
    app.before_request(_refuse_nul)
    app.after_request(lambda response: _with_headers(response, secure=secure))
    app.jinja_env.globals["asset"] = asset
    app.context_processor(lambda: {"csp_nonce": g.get("csp_nonce", "")})


def _make_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL breaks off when asked for one."""
    if "\0" in request.path:
        raise NotFound("address")


def asset(name: str) -> str:
    """The URL of one of our own files, which changes whenever the file does."""
    return _asset(request.script_root, name)


@cache
def _asset(_root: str, name: str) -> str:
    return url_for("static", filename=name, v=_fingerprint(name))


@contextmanager
def reading() -> Iterator[None]:
    """The reading of a page that also writes, such as that it was opened. What stands around every page is
    read at its end: so the two agree, and no other transaction is begun for it.
    """
    with db.only_reading():
        yield
        current_app.extensions.get(_AROUND, _nothing)()


def read_with_pages(app: Flask, read: Callable[[], None]) -> None:
    """Let `reading` end with this."""
    app.extensions[_AROUND] = read


def _nothing() -> None:
    """No frame stands around the pages of this application."""


def path_to(endpoint: str) -> str:
    """The URL of a page whose address has no parts, found once."""
    return _path_to(request.script_root, endpoint)


@cache
def _path_to(_root: str, endpoint: str) -> str:
    return url_for(endpoint)


@cache
def _fingerprint(name: str) -> str:
    path = Path(__file__).parent.parent / "static" / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _with_headers(response: Response, *, secure: bool) -> Response:
    nonce = g.get("csp_nonce", "")
    policy = {
        "default-src": "'none'",
        "script-src": f"'nonce-{nonce}'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "manifest-src": "'self'",
        "worker-src": "'self'",  # of the help page, on a phone that keeps it
    }
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"  # no-referrer would break the form tokens over HTTPS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint == "static" and response.status_code == 200:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        headers["Cache-Control"] = "no-store"
    return response


def download(made: bytes, name: str) -> Response:
    """A file to keep. Its name, `name`, tells nothing of whom or what it is about."""
    kinds = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}
    answer = Response(made, content_type=kinds[name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def on_error(app: Flask, page: Callable[[Exception], Any]) -> None:
    """Answer our own exceptions, every HTTP error and anything unforeseen with `page`."""
    app.register_error_handler(HTTPException, page)
    app.register_error_handler(Exception, page)
