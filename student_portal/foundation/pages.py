"""The pages that are the same for everybody, and the way out.

The rooms that must lock something when a person leaves say so through `prepare`, called once in app.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template

from student_portal.foundation import web

blueprint = Blueprint("pages", __name__)


@dataclass(frozen=True)
class _Leaving:
    target: Callable[[], str]
    locks: tuple[Callable[[Response], None], ...]


def prepare(
    app: Flask, *, exit_target: Callable[[], str], at_exit: Sequence[Callable[[Response], None]]
) -> None:
    """Say where Exit leads (an address, or empty for our own blank page) and what it locks.

    Each of `at_exit` gets the answer that is about to be sent, so that it can end a session or a cookie.
    """
    app.extensions["leaving"] = _Leaving(exit_target, tuple(at_exit))


@blueprint.get("/")
@web.allow(web.ANYONE)
def home() -> str:
    """The three ways in: help now, ask for support, sign in."""
    return render_template("pages/home.html")


@blueprint.get("/who")
@web.allow(web.ANYONE)
def who() -> str:
    """Who reads what a student writes, and when."""
    return render_template("pages/who.html")


@blueprint.get("/privacy")
@web.allow(web.ANYONE)
def privacy() -> str:
    """What is kept, and what stays on the phone."""
    return render_template("pages/privacy.html")


@blueprint.get("/accessibility")
@web.allow(web.ANYONE)
def accessibility() -> str:
    """What works for whom, and what nobody has checked yet."""
    return render_template("pages/accessibility.html")


@blueprint.get("/exit")
@web.allow(web.ANYONE)
def exit() -> Response:
    """Lock what was open and lead away. A link, so that it works without scripts."""
    leaving: _Leaving = current_app.extensions["leaving"]
    target = leaving.target()
    answer = make_response(redirect(target) if target else render_template("pages/exit.html"))
    for lock in leaving.locks:
        lock(answer)
    return answer
