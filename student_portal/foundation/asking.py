"""Statements that are put together once and then go straight to the driver.

SQLAlchemy writes their words for the database in use, and says how values go in and come out, so that types
and sealed cells are what they are everywhere. Only its way of running a statement is left out, which takes
some ten times as long as SQLite takes to answer (ADR 20). As long as somebody listens to the engine for
`before_cursor_execute`, they go the usual way.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Dialect, Insert, Select, insert
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlmodel import SQLModel
from sqlmodel.sql.expression import SelectOfScalar

Made = TypeVar("Made")
Statement = Select[*tuple[Any, ...]] | SelectOfScalar[Any]
Convert = Callable[[Any], Any]

_LENGTHS = 128  # how many lengths of lists one statement keeps its words for


class _Prepared:
    """A statement, and its words in each kind of database that was asked so far."""

    def __init__(self, statement: Statement | Insert) -> None:
        self.statement = statement
        self._written: dict[str, _Written] = {}

    def written_for(self, dialect: Dialect) -> "_Written":
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _Written(self.statement, dialect)
        return written


class Question(_Prepared, Generic[Made]):
    """Asks for rows: a statement with a place for each value, by name, and what to make of a row's cells."""

    def __init__(self, statement: Statement, make: Callable[[Sequence[Any]], Made]) -> None:
        super().__init__(statement)
        self._make = make

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> list[Made]:
        """Every row there is now. Raises what `connection.execute` would raise of the database's."""
        if _is_listened_to(connection):
            return [self._make(row) for row in connection.execute(self.statement, dict(values))]
        return list(map(self._make, self.written_for(connection.dialect).run(connection, values)))


class Addition(_Prepared):
    """Adds one row to a table."""

    def __init__(self, model: type[SQLModel]) -> None:
        adding = insert(model).inline()
        super().__init__(adding)
        self._columns = frozenset(adding.table.columns.keys())

    def add(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """The row with these cells, one for every column. Raises TypeError for another set of cells, and what
        `connection.execute` would raise of the database's.
        """
        if values.keys() != self._columns:
            raise TypeError(f"not the columns: {sorted(values.keys() ^ self._columns)}")
        if _is_listened_to(connection):
            connection.execute(self.statement, dict(values))
        else:
            self.written_for(connection.dialect).run(connection, values)


def _is_listened_to(connection: Connection) -> bool:
    return bool(connection.dispatch.before_cursor_execute)


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

    def __init__(self, statement: Statement | Insert, dialect: Dialect) -> None:
        self._compiled: Any = statement.compile(dialect=dialect)
        self._dialect = dialect
        places = self._compiled.binds
        self._fixed = {name: place.value for name, place in places.items() if not place.required}
        self._lists = [name for name, place in places.items() if place.expanding]
        self._columns = () if isinstance(statement, Insert) else tuple(statement.selected_columns)
        self._converts: list[tuple[int, Convert]] | None = None
        self._for_lengths = lru_cache(_LENGTHS)(self._places)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The rows it gives, if any, as the types of the columns have them."""
        words, given = self._filled_in(values)
        try:
            cursor = connection.connection.driver_connection.execute(words, given)  # type: ignore[union-attr]
            rows = cursor.fetchall() if self._columns else ()
        except self._dialect.loaded_dbapi.Error as error:
            raise _as_usual(error, connection, words) from error
        if self._converts is None:
            self._converts = self._out_of(cursor.description or ())
        return _converted(rows, self._converts)

    def _filled_in(self, values: Mapping[str, Any]) -> tuple[str, Any]:
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

    def _out_of(self, described: Sequence[Any]) -> list[tuple[int, Convert]]:
        """What turns the driver's values into ours, by column; `described`: what it says of each."""
        kinds = [column.type.dialect_impl(self._dialect) for column in self._columns]
        found = [
            kind.result_processor(self._dialect, of_driver)
            for kind, (_name, of_driver, *_more) in zip(kinds, described, strict=True)
        ]
        return [(at, convert) for at, convert in enumerate(found) if convert]


def _converted(
    rows: Sequence[Sequence[Any]], converts: Sequence[tuple[int, Convert]]
) -> Sequence[Sequence[Any]]:
    if not converts:
        return rows
    cells = [list(row) for row in rows]
    for at, convert in converts:
        for row in cells:
            if row[at] is not None:  # which is None for every type of ours
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
        words, None, error, dialect.loaded_dbapi.Error, connection_invalidated=is_gone, dialect=dialect
    )
    return unreachable(usual) if isinstance(usual, DBAPIError) else usual
