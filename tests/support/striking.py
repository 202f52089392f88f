"""The database fails at its nth call: an error at each place where one can be, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar
from unittest import mock

from sqlalchemy import Connection, event

from student_portal.foundation import asking, db

Given = TypeVar("Given")

SAID = "what the driver says about a row"
GONE = db.Unreachable("SELECT", {}, OSError(SAID))
# Not those that `asking` looks for: what goes straight to the driver does so here, too. BEGIN is a statement.
CALLS = ("do_execute", "do_executemany", "do_execute_no_params", "commit")


@dataclass
class Fault:
    """The nth call fails."""

    nth: int
    calls: int = 0

    @property
    def struck(self) -> bool:
        return self.calls >= self.nth

    def call(self, *_given: object) -> None:
        self.calls += 1
        if self.calls == self.nth:
            raise GONE


@contextmanager
def failing(nth: int) -> Iterator[Fault]:
    """Within this the nth call of the database fails, and all others work."""
    fault = Fault(nth)
    for name in CALLS:
        event.listen(db.engine(), name, fault.call)
    try:
        with _at_the_driver(fault):
            yield fault
    finally:
        for name in CALLS:
            event.remove(db.engine(), name, fault.call)


@contextmanager
def _at_the_driver(fault: Fault) -> Iterator[None]:
    run = asking._Written.run

    def fails(written: Any, connection: Connection, values: Any) -> Sequence[Sequence[Any]]:
        try:
            fault.call()
        except db.Unreachable:
            error = connection.dialect.loaded_dbapi.OperationalError(SAID)
            raise asking._as_usual(error, connection, "SELECT") from error
        return run(written, connection, values)

    with mock.patch.object(asking._Written, "run", fails):
        yield


def struck(ask: Callable[[], Given], *, step: int = 1) -> Iterator[Given]:
    """What `ask` gives when its first call fails, its second, ...; ends when none was left to fail."""
    for nth in count(1, step):
        with failing(nth) as fault:
            given = ask()
        if not fault.struck:
            return
        yield given
