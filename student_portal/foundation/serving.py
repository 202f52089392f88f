"""What the web server needs of us: refusals with a face, and memory that is not looked through for nothing.

What is too long, broken or of a kind we do not speak never reaches a view. Gunicorn answers that with a bare
line, repeats in it what was sent, and writes paths to its log.
"""

import gc
from typing import Any

from flask import Flask, Response
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    RequestHeaderFieldsTooLarge,
    RequestURITooLarge,
)

from student_portal.foundation import logs


def settle() -> None:
    """Say that all that is loaded by now stays: Python's collector would look through these hundreds of
    thousands of objects again and again, while somebody waits for a page. Once, when the application is made.
    """
    gc.collect()
    gc.freeze()


class Threads(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Threads that refuse with the application's own page."""

    def handle_error(self, _request: Any, client: Any, _address: Any, met: BaseException) -> None:
        """Help and the right status on the screen; in the log the kind of error, and never what was sent."""
        logs.error(met)
        try:
            client.sendall(_as_sent(_refusal(self.wsgi, _status(met))))
        except Exception as worse:  # noqa: BLE001 - whoever asked may be gone already
            logs.error(worse)


def _status(met: BaseException) -> HTTPException:
    if isinstance(met, LimitRequestLine):
        return RequestURITooLarge()
    if isinstance(met, LimitRequestHeaders):
        return RequestHeaderFieldsTooLarge()
    return BadRequest() if isinstance(met, ParseException) else InternalServerError()


def _refusal(app: Flask, status: HTTPException) -> Response:
    with app.test_request_context("/"):
        return app.finalize_request(app.handle_user_exception(status), from_error_handler=True)


def _as_sent(answer: Response) -> bytes:
    answer.headers["Connection"] = "close"
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    return f"HTTP/1.1 {answer.status}\r\n{head}\r\n".encode("latin-1") + answer.get_data()
