"""The database fails at each of its calls in turn, on every page and in every form: help, no trace, nothing half."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from student_portal.access.queries import Role
from student_portal.foundation import db
from tests.support.routes import addresses
from tests.support.world import World, opened
from tests.sweeps.forms import FORMS, Form
from tests.sweeps.staff_forms import STAFF_FORMS

SAID = "07700 900109"  # what the error says, and no page may
GONE = db.Unreachable("SELECT", {}, OSError(SAID))
ROLES = (Role.ANYONE, Role.DRAFT, Role.LINK, Role.STUDENT, Role.THERAPIST, Role.ADMIN)
FALLEN = []


class Fault:
    """The nth call of the database, BEGIN and COMMIT among them, raises this instead."""

    def __init__(self, nth: int, error: Exception) -> None:
        self.calls, self.nth, self.error = 0, nth, error

    @property
    def struck(self) -> bool:
        return self.calls >= self.nth

    def call(self, *_given: object) -> None:
        self.calls += 1
        if self.calls == self.nth:
            raise self.error


@contextmanager
def striking(nth: int, error: Exception) -> Iterator[Fault]:
    fault = Fault(nth, error)
    for name in ("before_cursor_execute", "commit"):
        event.listen(db.engine(), name, fault.call)
    try:
        yield fault
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(db.engine(), name, fault.call)


def struck_everywhere(ask: Callable[[], TestResponse], error: Exception) -> Iterator[TestResponse]:
    """The answer for each call that failed; ends with the first time that none was left to fail."""
    for nth in count(1):
        with striking(nth, error) as fault:
            answer = ask()
        if not fault.struck:
            return
        yield answer


@pytest.fixture(scope="module", params=["words", "pseudo-locale"])
def here(request, seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    pseudo = request.param == "pseudo-locale"
    with opened(seeded_data_dir, tmp_path_factory.mktemp("struck"), pseudo=pseudo) as standing:
        yield standing


def changes(world: World) -> Callable[[], int]:
    line = sqlite3.connect(world.config.data_dir / "portal.sqlite")
    return lambda: line.execute("PRAGMA data_version").fetchone()[0]


def test_pages(here: World) -> None:
    found = []
    n = 0
    import time
    changed = changes(here)
    t=time.time()
    for role in ROLES:
        browser = here.browser(role)
        for path in addresses(here):
            if path.startswith(("/demo", "/staff/demo", "/static")) or path == "/exit":
                continue
            before = changed()
            for nth, answer in enumerate(struck_everywhere(lambda: browser.get(path), GONE), 1):
                n += 1
                if answer.status_code != 503:
                    found.append((str(role), path, nth, answer.status_code))
                if "tel:999" not in answer.text:
                    found.append((str(role), path, nth, answer.status_code, "no help"))
                if SAID in answer.text: found.append("leak")
                if changed() != before:
                    found.append((path, "changed"))
                    before = changed()
    print(n, time.time()-t)
    for one in found: print(one)
    assert 0


def test_forms(here: World) -> None:
    found = []
    n = 0
    import time
    changed = changes(here)
    t=time.time()
    for form in [*FORMS, *STAFF_FORMS]:
        if "demo" in form.rule: continue
        browser = form.stand(here)
        path = form.path(here)
        fields = form.fields
        before = changed()
        for nth, answer in enumerate(struck_everywhere(lambda: browser.post(path, data=fields), GONE), 1):
            n += 1
            if answer.status_code != 503:
                found.append((str(form), nth, answer.status_code, answer.location))
            if "tel:999" not in answer.text:
                found.append((str(form), nth, answer.status_code, "no help"))
            if SAID in answer.text: found.append("leak")
            if changed() != before:
                found.append((str(form), nth, "changed"))
                before = changed()
    print(n, time.time()-t)
    for one in found: print(one)
    assert 0
