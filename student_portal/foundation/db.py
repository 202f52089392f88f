"""The database: one engine, and units of work that nest.

`with db.write() as session:` opens a transaction that commits at the end of the outermost block, so verbs
that call verbs share one; `with db.read() as session:` opens one that never writes. All reading of one
request shares one transaction too, until something is written: see `looking`. SQLite runs in WAL mode with
synchronous=FULL: what was committed survives power loss. PostgreSQL is the same code.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.foundation.asking import Addition, Question, unreachable
from student_portal.foundation.errors import Conflict, NotFound

Model = TypeVar("Model", bound=SQLModel)
Value = TypeVar("Value")

Unreachable = OperationalError
"""What any unit of work raises when the database is gone, broken, locked for too long, full or read-only."""

_CONNECTION = "the connection of this unit of work"
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


@dataclass(frozen=True)
class _Unit:
    session: Session
    writes: bool
    looks: bool = False  # the reading of a whole request, which gives way to a unit that writes
    kept: dict[str, Any] = field(default_factory=dict)


_engine: Engine | None = None
_for: dict[bool, Engine] = {}  # the same engine for units that write, and for those that do not
_unit: ContextVar[_Unit | None] = ContextVar("unit of work", default=None)
_known: ContextVar[dict[str, Any] | None] = ContextVar("what a request has learnt", default=None)


def connect(url: str) -> Engine:
    """Open the database at `url` for this process and make it the one all units of work use."""
    global _engine
    if _engine is not None:
        _engine.dispose()
    _engine = make_engine(url)
    _for.update({writes: _engine.execution_options(writes=writes) for writes in (False, True)})
    return _engine


def engine() -> Engine:
    """The engine of this process. Raises RuntimeError before `connect`."""
    if _engine is None:
        raise RuntimeError("no database is open: call db.connect first")
    return _engine


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with our durability settings."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        made = create_engine(parsed)
        event.listen(made, "connect", _on_sqlite_connect)
        event.listen(made, "begin", _on_sqlite_begin)
    else:
        made = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    event.listen(made, "handle_error", _as_unreachable)
    return made


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, below; the driver must not
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Any) -> None:
    # A reader that turns writer half-way fails at once with "database is locked"; a writer that says so
    # at the start waits its turn.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _as_unreachable(met: Any) -> SQLAlchemyError | None:
    found = met.sqlalchemy_exception
    said = unreachable(found) if isinstance(found, DBAPIError) else found
    return said if said is not found else None


@contextmanager
def write() -> Iterator[Session]:
    """A unit of work that may change things; joins the one around it, if any."""
    around = _unit.get()
    if around is None or around.looks:
        _give_way(around)
        with _begin(writes=True) as session:
            yield session
    elif around.writes:
        yield around.session
    else:
        raise RuntimeError("a reading unit of work cannot write: open db.write() further out")


@contextmanager
def read() -> Iterator[Session]:
    """A unit of work that only reads; joins the one around it, if any."""
    around = _unit.get()
    if around is None:
        with _begin(writes=False) as session:
            yield session
    elif around.looks:
        with _joined(around) as session:
            yield session
    else:
        yield around.session


@contextmanager
def only_reading() -> Iterator[None]:
    """A part in which nothing is written, also of a unit that writes: `once` keeps what it finds for as long
    as the part lasts, and opening a unit that writes in it raises RuntimeError.
    """
    with read() as session:
        session.flush()  # `rows` does not inside: nothing can change there
        mark = _unit.set(_Unit(session, writes=False))
        try:
            yield
        finally:
            _unit.reset(mark)


@contextmanager
def looking() -> Iterator[None]:
    """Let all units of work inside that only read share one connection and one transaction.

    A unit that writes ends it first, so that what is read afterwards is never older than what was written.
    """
    with Session(_for[False], expire_on_commit=False) as session:
        marks = _unit.set(_Unit(session, writes=False, looks=True)), _known.set({})
        try:
            yield
        finally:
            _unit.reset(marks[0])
            _known.reset(marks[1])


def rows(question: Question[Value], values: Mapping[str, Any]) -> list[Value]:
    """Plain rows, which show what the unit of work around has changed so far, as its session would."""
    around = _unit.get()
    if around is None or around.looks:
        with read():
            return rows(question, values)
    if around.writes:
        around.session.flush()
    return question.ask(_connection(around), values)


def add(addition: Addition, values: Mapping[str, Any]) -> None:
    """Add one row at once, which no session knows, and before what the session has not yet written: for a
    table that refers to none.
    """
    with write() as session:
        addition.add(_connection(_unit.get() or _Unit(session, writes=True)), values)


def _connection(unit: _Unit) -> Connection:
    """Kept: finding it anew takes as long as some statements. After an error that somebody let pass, the
    session refuses to find one.
    """
    found: Connection | None = unit.kept.get(_CONNECTION)
    if found is None or not found.in_transaction():
        found = unit.kept[_CONNECTION] = unit.session.connection()
    return found


def once(key: str, find: Callable[[], Value]) -> Value:
    """What `find` gives, asked once for as long as reading shares a transaction; afresh in a unit that
    writes. For what many parts of one page ask, such as the settings.
    """
    with read():
        unit = _unit.get()
        if unit is None or unit.writes:
            return find()
        if key not in unit.kept:
            unit.kept[key] = find()
        found: Value = unit.kept[key]
        return found


def once_a_request(key: str, find: Callable[[], Value]) -> Value:
    """As `once`, but kept until the request ends, whatever is written meanwhile: for what hardly ever changes
    (whoever changes it says `forget`), or what must be as it was when the page was read. Outside a request
    it is `once`.
    """
    known = _known.get()
    if known is None:
        return once(key, find)
    if key not in known:
        known[key] = once(key, find)
    found: Value = known[key]
    return found


def forget(key: str) -> None:
    """Let `once_a_request` ask this again: it is being changed."""
    (_known.get() or {}).pop(key, None)


def _give_way(around: _Unit | None) -> None:
    """End the shared reading: its connection goes back, its rows are nobody's, the next reading is fresh."""
    if around is not None:
        around.session.close()
        around.kept.clear()


@contextmanager
def _joined(around: _Unit) -> Iterator[Session]:
    """One unit inside the shared reading. After an error of the database the next one begins afresh."""
    mark = _unit.set(_Unit(around.session, writes=False, kept=around.kept))
    try:
        yield around.session
    except SQLAlchemyError:
        _give_way(around)
        raise
    finally:
        _unit.reset(mark)


@contextmanager
def _begin(*, writes: bool) -> Iterator[Session]:
    with Session(_for[writes], expire_on_commit=False) as session:
        mark = _unit.set(_Unit(session, writes))
        try:
            yield session
            if writes:
                session.commit()
        except BaseException:
            session.rollback()
            (_known.get() or {}).clear()  # part of it may have been written here, and never happened
            raise
        finally:
            _unit.reset(mark)


def locked(model: type[Model], key: str) -> Model:
    """The row with this id, held until the unit of work ends, so that check and act are one.

    Raises NotFound.
    """
    with write() as session:
        row = session.get(model, key, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound(model.__name__)
        return row


def hold(name: str) -> None:
    """Let nobody else past this name until the unit of work ends: for what no row stands for, like a count.

    SQLite has one writer, who holds everything.
    """
    with write() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.connection().execute(_HOLD, {"name": name})


def add_unless(there: SelectOfScalar[Model], row: Model) -> Model:
    """Insert `row` unless `there` finds one, also somebody else's meanwhile; gives the one that stands. A
    unique index must forbid the second.
    """
    with write() as session:
        standing = session.exec(there).first()
        if standing is not None:
            return standing
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            standing = session.exec(there).first()
            if standing is None:
                raise
            return standing
        return row


def expect(seen: int, stands: int) -> None:
    """Refuse to overwrite what the person has not seen. Raises Conflict when the versions differ."""
    if seen != stands:
        raise Conflict
