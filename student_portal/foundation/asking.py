"""A statement that is put together once and then goes straight to the driver.

SQLAlchemy writes its words for the database in use, and says how values go in and come out, so that types
and sealed cells are what they are everywhere. Only its way of running a statement is left out, which takes
some ten times as long as SQLite takes to answer (ADR 20). Whoever listens to the engine is still told, the
usual way.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlmodel.sql.expression import SelectOfScalar

Made = TypeVar("Made")
Statement = Select[*tuple[Any, ...]] | SelectOfScalar[Any]
Convert = Callable[[Any], Any]

_LENGTHS = 128  # how many lengths of lists one statement keeps its words for


class Question(Generic[Made]):
    """A statement with a place for each value, by name, and what becomes of the cells of each row."""

    def __init__(self, statement: Statement, make: Callable[[Sequence[Any]], Made]) -> None:
        self._statement = statement
        self._make = make
        self._written: WeakKeyDictionary[Dialect, _Written] = WeakKeyDictionary()

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> list[Made]:
        """Every row there is now. Raises what `connection.execute` would."""
        if connection.dispatch.before_cursor_execute:
            return [self._make(row) for row in connection.execute(self._statement, dict(values))]
        dialect = connection.dialect
        written = self._written.get(dialect)
        if written is None:
            written = self._written[dialect] = _Written(self._statement, dialect)
        words, given = written.filled_in(values)
        try:
            cursor = connection.connection.driver_connection.execute(words, given)  # type: ignore[union-attr]
            rows = cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            raise _as_usual(error, connection, words) from error
        return [self._make(row) for row in written.come_out(rows, cursor.description)]


class _Place(NamedTuple):
    """One place in the words: the `at`th of the list `value`, or the whole of it."""

    name: str
    value: str
    at: int | None
    go_in: Convert | None

    def cell(self, given: Mapping[str, Any]) -> Any:
        value = given[self.value] if self.at is None else given[self.value][self.at]
        return value if self.go_in is None else self.go_in(value)


class _Written:
    """The statement in the words of one kind of database."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        self._compiled: Any = statement.compile(dialect=dialect)
        self._dialect = dialect
        places = self._compiled.binds
        self._fixed = {name: place.value for name, place in places.items() if not place.required}
        self._lists = [name for name, place in places.items() if place.expanding]
        self._kinds = [column.type.dialect_impl(dialect) for column in statement.selected_columns]
        self._converts: list[tuple[int, Convert]] | None = None
        self._for_lengths = lru_cache(_LENGTHS)(self._places)

    def filled_in(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        """The words for these values, and the values as the driver takes them."""
        given = {**self._fixed, **values}
        lists = {name: list(given[name]) for name in self._lists}
        words, places = self._for_lengths(*map(len, lists.values()))
        given |= lists
        cells = [place.cell(given) for place in places]
        if self._compiled.positional:
            return words, cells
        return words, {place.name: cell for place, cell in zip(places, cells, strict=True)}

    def _places(self, *lengths: int) -> tuple[str, list[_Place]]:
        lists = {name: [None] * length for name, length in zip(self._lists, lengths, strict=True)}
        standing = {**dict.fromkeys(self._compiled.binds), **self._fixed, **lists}
        state = self._compiled.construct_expanded_state(standing)
        among = {
            name: (value, at)
            for value, names in state.parameter_expansion.items()
            for at, name in enumerate(names)
        }
        places = []
        for name in state.positiontup or state.parameters:
            value, at = among.get(name, (name, None))
            kind = self._compiled.binds[value].type.dialect_impl(self._dialect)
            places.append(_Place(name, value, at, kind.bind_processor(self._dialect)))
        return state.statement, places

    def come_out(
        self, rows: Sequence[Sequence[Any]], described: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[Any]]:
        """What the driver gave, as the types of the columns have it; `described`: its word on each column."""
        if self._converts is None:
            kinds = zip(self._kinds, described, strict=True)
            found = [kind.result_processor(self._dialect, driver[1]) for kind, driver in kinds]
            self._converts = [(at, convert) for at, convert in enumerate(found) if convert]
        if not self._converts:
            return rows
        cells = [list(row) for row in rows]
        for at, convert in self._converts:
            for row in cells:
                row[at] = convert(row[at])
        return cells


def unreachable(error: DBAPIError) -> DBAPIError:
    """The error; of a file that is no database, or may only be read, as the kind that says so for all others.
    The drivers have kinds of their own for these.
    """
    if type(error) in (DatabaseError, InternalError):
        return OperationalError(error.statement, error.params, error.orig or error)
    return error


def _as_usual(error: Exception, connection: Connection, words: str) -> BaseException:
    """The driver's error as SQLAlchemy would have raised it; a connection that broke is not used again."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection, None)  # type: ignore[arg-type]
    if is_gone:
        connection.invalidate(error)
    usual = DBAPIError.instance(
        words, None, error, dialect.loaded_dbapi.Error,
        hide_parameters=True, connection_invalidated=is_gone, dialect=dialect,
    )  # fmt: skip
    return unreachable(usual) if isinstance(usual, DBAPIError) else usual
