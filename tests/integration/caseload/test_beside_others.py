"""However many students others look after, a page makes the database look at no more rows.

Counted in steps of SQLite's own machine, which are the same on every computer: what a statement passes over
without need shows here long before anybody waits for it. PostgreSQL is measured in `benchmarks`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import event

from student_portal import worker
from student_portal.foundation import clock, db
from tests.support.records import Records

STEPS = 20  # of SQLite's machine, for one count
SESSIONS, OTHERS = (
    6,
    600,
)  # sent forms of others; a statement that walks over them takes a step or more for each


@contextmanager
def worked() -> Iterator[list[int]]:
    """Grows by one number for so many steps."""
    counts: list[int] = []

    def watch(connection: object, _record: object, _proxy: object) -> None:
        connection.set_progress_handler(lambda: counts.append(1), STEPS)  # type: ignore[attr-defined]

    def leave(connection: object, _record: object) -> None:
        connection.set_progress_handler(None, 0)  # type: ignore[attr-defined]

    event.listen(db.engine(), "checkout", watch)
    event.listen(db.engine(), "checkin", leave)
    try:
        yield counts
    finally:
        event.remove(db.engine(), "checkout", watch)
        event.remove(db.engine(), "checkin", leave)


def steps(work: Callable[[], object]) -> int:
    work()  # what a first reading writes
    with worked() as counts:
        work()
    return len(counts) * STEPS


@pytest.mark.one_database
@pytest.mark.usefixtures("therapist")  # and with them a programme
def test_pages_take_as_many_steps_beside_twice_as_many_forms_of_others(app: Flask) -> None:
    records = Records(app)
    record = f"/staff/caseload/{records.of_mine(SESSIONS)}"
    at_desk = [f"/staff/{page}" for page in ("caseload", "caseload/students", "alerts/duty", "alerts/tasks")]
    at_desk += ["/staff/referral", record, *(f"{record}/{part}" for part in ("forms", "notes", "reaching"))]
    (form,) = records.filled("core_10", 1, {1: 2})
    signed_in = records.signed_in(form)
    browsers = dict.fromkeys(at_desk, records.cookie)
    browsers[f"{form.path}/2"] = form.cookie
    browsers |= dict.fromkeys(("/home", "/dates", "/help"), signed_in)
    client = app.test_client(use_cookies=False)

    def look(page: str) -> None:
        assert client.get(page, headers={"Cookie": browsers[page]}).status_code == 200, page

    works: dict[str, Callable[[], object]] = {page: partial(look, page) for page in browsers}
    works["the worker, each second"] = lambda: worker.send(clock.now(), {})
    records.of_others(OTHERS)  # so that the newest two hundred, from which a form's length is told, are there
    before = {name: steps(work) for name, work in works.items()}
    records.of_others(OTHERS)
    more = {name: steps(work) - before[name] for name, work in works.items()}
    # The depth of an index grows by a level or two; a walk over the others would cost hundreds of steps.
    assert {name: grown for name, grown in more.items() if grown > OTHERS / SESSIONS} == {}
    assert all(before.values()), "nothing was counted"
