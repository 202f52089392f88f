"""What is asked of the database meanwhile: how often, never how long."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from student_portal.foundation import db

BEGIN = "BEGIN"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement, and "BEGIN" for each transaction."""
    said: list[str] = []

    def statement(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
        if not text.startswith(BEGIN):
            said.append(" ".join(text.split())[:120])

    def begun(_connection: object) -> None:
        said.append(BEGIN)

    listeners = (("before_cursor_execute", statement), ("begin", begun))
    for name, listener in listeners:
        event.listen(db.engine(), name, listener)
    try:
        yield said
    finally:
        for name, listener in listeners:
            event.remove(db.engine(), name, listener)
