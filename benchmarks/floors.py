"""The floors: the least that Flask can do for a page or an answer of the same shape, and nothing more.

    GET  /page             our question page as one plain template, without any database
    GET  /row/<token>      the same with one indexed row: lighter than floor (iii)
    POST /row/<token>      floor (iv): session cookie, form token, one answer checked, one durable row
    GET  /row/<token>/all  floor (iii), as the goals were set by it: ten questions, 15 kB, and one indexed row

No object mapper, no permission, no sealing, no translation, no activity log. The item's wording is made up.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, abort, redirect, render_template, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from benchmarks.load import Request, form_request

OPTIONS = ("Not at all", "Only occasionally", "Sometimes", "Often", "Most of the time")
ROWS = 10_000
SECRET = "for benchmarks only"
QUESTIONS = tuple(f"Placeholder statement number {number} about the last week" for number in range(1, 11))
NAMES = ("one question", "one question and a row", "floor (iv) one durable row")
TEN = "floor (iii), ten questions and a row"

Run = Callable[[str, Sequence[object]], Any]


def create_app(url: str) -> Flask:
    """The floor on one database, for one worker process."""
    app = Flask("benchmarks", root_path=str(Path(__file__).parent))
    app.config.update(SECRET_KEY=SECRET, WTF_CSRF_TIME_LIMIT=None, SESSION_COOKIE_SAMESITE="Lax")
    CSRFProtect(app)
    run = _connected(url)

    @app.get("/page")
    def page() -> str:
        return _page("0", "Placeholder statement about the last week")

    @app.get("/row/<token>")
    def row(token: str) -> str:
        found = _found(run, token)
        return _page(token, found[1])

    @app.get("/row/<token>/all")
    def ten(token: str) -> str:
        words = _found(run, token)[1]
        return render_template(
            "ten.html", token=token, words=words, questions=QUESTIONS, options=OPTIONS, total=len(QUESTIONS)
        )

    @app.post("/row/<token>")
    def save(token: str) -> Response:
        found = _found(run, token)
        if request.form.get("answer") not in ("0", "1", "2", "3", "4"):
            abort(400)
        run(
            "INSERT INTO answer (invitation_id, at, position) VALUES (?, ?, ?)",
            (found[0], time.time(), int(request.form["answer"])),
        )
        return redirect(f"/row/{token}", 303)

    return app


def _page(token: str, words: str) -> str:
    return render_template("floor.html", token=token, words=words, options=OPTIONS, number=6, total=10)


def _found(run: Run, token: str) -> Any:
    found = run("SELECT id, words FROM invitation WHERE token = ?", (token,)).fetchone()
    return found or abort(404)


def _connected(url: str) -> Run:
    """One connection for the process; each statement commits by itself, durably."""
    if url.startswith("postgresql"):
        server = psycopg.connect(url, autocommit=True, prepare_threshold=1)
        return lambda statement, values: server.execute(statement.replace("?", "%s"), values)
    file = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10, isolation_level=None)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=FULL")
    return file.execute


def prepare(url: str) -> None:
    """The two tables, and what can be asked for."""
    run = _connected(url)
    number = "bigserial" if url.startswith("postgresql") else "integer"
    run(f"CREATE TABLE invitation (id {number} PRIMARY KEY, token text UNIQUE NOT NULL, words text)", ())
    run(
        f"CREATE TABLE answer (id {number} PRIMARY KEY, invitation_id bigint NOT NULL,"
        " at double precision NOT NULL, position smallint NOT NULL)",
        (),
    )
    run("CREATE INDEX answer_of ON answer (invitation_id, at)", ())
    run("BEGIN", ())
    for token in range(ROWS):
        words = f"Placeholder statement {token} about the last week"
        run("INSERT INTO invitation (token, words) VALUES (?, ?)", (str(token), words))
    run("COMMIT", ())


def requests() -> dict[str, list[Request]]:
    """What is asked of each floor, by its name in the table."""
    app = create_app("sqlite:///:memory:")
    with app.test_request_context():
        from flask import session

        token, secret = generate_csrf(), session["csrf_token"]
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"session={signer.dumps({'csrf_token': secret})}"
    some = range(0, ROWS, 50)
    fields = {"csrf_token": token, "answer": "2"}
    asked = (
        [Request("GET", "/page", cookie)],
        [Request("GET", f"/row/{number}", cookie) for number in some],
        [form_request(f"/row/{number}", cookie, fields) for number in some],
        [Request("GET", f"/row/{number}/all", cookie) for number in some],
    )
    return dict(zip((*NAMES, TEN), asked, strict=True))
