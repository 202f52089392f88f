"""The database fails at its nth call: an error at each place where one can be, one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from sqlalchemy import event

from student_portal.foundation import db

Given = TypeVar("Given")

SAID = "what the driver says about a row"
GONE = db.Unreachable("SELECT", {}, OSError(SAID))
CALLS = ("before_cursor_execute", "commit")  # BEGIN is a statement too


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
        yield fault
    finally:
        for name in CALLS:
            event.remove(db.engine(), name, fault.call)


def struck(ask: Callable[[], Given], *, step: int = 1) -> Iterator[Given]:
    """What `ask` gives when its first call fails, its second, ...; ends when none was left to fail."""
    for nth in count(1, step):
        with failing(nth) as fault:
            given = ask()
        if not fault.struck:
            return
        yield given
