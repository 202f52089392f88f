"""Statements that are put together once in a process, for what pages ask all the time.

Putting a statement together and looking it up among those known costs several times what running it costs.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cache, partial, wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar, cast

from sqlalchemy import Select, bindparam, select
from sqlmodel import SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.foundation import db
from student_portal.foundation.asking import Addition, Question
from student_portal.foundation.sealed import Sealed

Model = TypeVar("Model", bound=SQLModel)
Made = TypeVar("Made")
Named = TypeVar("Named", bound=NamedTuple)
Values = ParamSpec("Values")
Columns = Select[*tuple[Any, ...]]
"""A statement that selects columns."""


def columns(*wanted: Any) -> Columns:
    """`select`, for any number of columns."""
    return select(*wanted)


class Plain(tuple[Any, ...]):
    """A row of columns, to be looked at: each by its name, or all by their order."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def prepared(question: Callable[Values, Columns]) -> Callable[Values, Sequence[Plain]]:
    """Make a function that says what to ask into one that asks it and gives plain rows.

        @prepared
        def _names(is_staff: bool) -> Columns:
            return columns(Person.id, Person.name_sealed).where(col(Person.is_staff) == is_staff)

        for row in _names(is_staff=True): ...

    It says so once, with a place for each value instead of the value, so it must not look at them. Values go
    by name; select columns, or whole rows with `prepared_rows`.
    """

    @cache
    def once() -> Question[Plain]:
        asked: Columns = _with_places(question)
        kind = type(question.__name__, (_named("Row", asked), Plain), {"__slots__": ()})
        return Question(asked, _made_into(kind))

    @wraps(question)
    def ask(*_none: Values.args, **values: Values.kwargs) -> Sequence[Plain]:
        return db.rows(once(), values)

    return ask


def prepared_as(kind: type[Named]) -> Callable[[Callable[Values, Columns]], Callable[Values, list[Named]]]:
    """As `prepared`, with each row made into this named tuple; its fields are the columns, in order."""

    def prepare(question: Callable[Values, Columns]) -> Callable[Values, list[Named]]:
        @cache
        def once() -> Question[Named]:
            asked: Columns = _with_places(question)
            if tuple(asked.selected_columns.keys()) != kind._fields:
                raise TypeError(f"{question.__name__} does not select the fields of {kind.__name__}")
            return Question(asked, _made_into(kind))

        @wraps(question)
        def ask(*_none: Values.args, **values: Values.kwargs) -> list[Named]:
            return db.rows(once(), values)

        return ask

    return prepare


def prepared_rows(
    question: Callable[Values, SelectOfScalar[Model]],
) -> Callable[Values, list[Model]]:
    """The same for whole rows of one table, to be looked at: they have the columns, the sealed cells and the
    properties of the model, not its methods; whoever tries to change one or to hand it to a session fails at
    once. A verb that changes a row reads it itself.
    """

    @cache
    def once() -> Question[Model]:
        asked: SelectOfScalar[Model] = _with_places(question)
        return Question(asked, _as_it_stands(asked))

    @wraps(question)
    def ask(*_none: Values.args, **values: Values.kwargs) -> list[Model]:
        return db.rows(once(), values)

    return ask


def prepared_addition(model: type[SQLModel]) -> Callable[..., None]:
    """A function that adds one row to this table, given each column by name and sealed cells as bytes: for
    what is written all the time and never changed. A session learns nothing of it.
    """
    addition = cache(lambda: Addition(model))

    def add(**cells: Any) -> None:
        db.add(addition(), cells)

    return add


def _with_places(question: Callable[..., Any]) -> Any:
    return question(**{name: bindparam(name) for name in signature(question).parameters})


def _made_into(kind: type[Made]) -> Callable[[Sequence[Any]], Made]:
    """`kind._make` of a named tuple, without counting what the database has counted."""
    return cast("Callable[[Sequence[Any]], Made]", partial(tuple.__new__, kind))


def _named(name: str, asked: Columns | SelectOfScalar[Any]) -> type[tuple[Any, ...]]:
    return namedtuple(name, asked.selected_columns.keys(), rename=True)


def _as_it_stands(asked: SelectOfScalar[Model]) -> Callable[[Sequence[Any]], Model]:
    """What makes a plain row of the table that is asked look like its model."""
    model = asked.column_descriptions[0]["entity"]
    shown = {name: value for name, value in vars(model).items() if isinstance(value, Sealed | property)}
    of_the_table = {"__slots__": (), "__tablename__": model.__tablename__, **shown}
    kind = type(model.__name__, (_named(model.__name__, asked),), of_the_table)
    return cast("Callable[[Sequence[Any]], Model]", _made_into(kind))
