"""Statements that are put together once in a process, for what pages ask all the time.

Putting a statement together and looking it up among those known costs several times what running it costs.
"""

from collections.abc import Callable, Sequence
from functools import cache, wraps
from inspect import signature
from typing import Any, ParamSpec

from sqlalchemy import Row, Select, bindparam, select

from student_portal.foundation import db

Values = ParamSpec("Values")
Columns = Select[*tuple[Any, ...]]
"""A statement that selects columns."""


def columns(*wanted: Any) -> Columns:
    """`select`, for any number of columns."""
    return select(*wanted)


def prepared(question: Callable[Values, Columns]) -> Callable[Values, Sequence[Row[*tuple[Any, ...]]]]:
    """Make a function that says what to ask into one that asks it and gives plain rows.

        @prepared
        def _names(is_staff: bool) -> Columns:
            return columns(Person.id, Person.name_sealed).where(col(Person.is_staff) == is_staff)

        for row in _names(is_staff=True): ...

    It says so once, with a place for each value instead of the value, so it must not look at them. Values go
    by name; select columns, not whole models.
    """

    @cache
    def statement() -> Columns:
        say: Callable[..., Columns] = question
        return say(**{name: bindparam(name) for name in signature(question).parameters})

    @wraps(question)
    def ask(*_none: Values.args, **values: Values.kwargs) -> Sequence[Row[*tuple[Any, ...]]]:
        with db.read() as session:
            session.flush()  # what this unit of work has changed so far, as the session's own reading does
            return session.connection().execute(statement(), values).all()

    return ask
