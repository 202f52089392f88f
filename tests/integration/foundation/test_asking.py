"""What goes straight to the driver gives, writes and refuses what SQLAlchemy's own way does."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import column, event, select, table, text
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError, ProgrammingError
from sqlmodel import col
from sqlmodel import select as select_rows

from student_portal import migrations
from student_portal.audit.models import AuditEvent
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, db, ids
from student_portal.foundation.asking import Question
from student_portal.foundation.prepared import Columns, columns, prepared, prepared_addition, prepared_as
from student_portal.institutions.models import Organisation, OrganisationKind
from tests.support.records import Records
from tests.support.striking import failing

NAMES = ("Alder", "Beech", "Cedar", "Damson")


def test_every_table_comes_out_as_it_does_the_usual_way(app: Flask, service_id: str) -> None:
    """Whatever kinds of cells the portal has: times are aware, words are enums, documents are read."""
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    Records(app).of_mine(6)
    auditing(service_id, detail={"people": []})
    kinds: set[type] = set()
    with db.read() as unit:
        connection = unit.connection()
        for each in migrations.metadata().sorted_tables:
            usual = [tuple(row) for row in connection.execute(select(each))]
            assert Question(select(each), tuple).ask(connection, {}) == usual, each.name
            cells = [cell for row in usual for cell in row]
            assert all(cell.tzinfo is UTC for cell in cells if isinstance(cell, datetime)), each.name
            kinds |= {kind for cell in cells for kind in type(cell).__mro__}
    assert {datetime, date, Enum, bool, bytes, dict, int, str, type(None)} <= kinds


@prepared
def _among(names: Collection[str], kinds: Collection[OrganisationKind]) -> Columns:
    named = columns(Organisation.name).where(col(Organisation.name).in_(names))
    return named.where(col(Organisation.kind).in_(kinds)).order_by(col(Organisation.name))


@given(
    names=st.lists(st.sampled_from(NAMES), max_size=6),
    kinds=st.sets(st.sampled_from(OrganisationKind), max_size=3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_of_every_length_find_what_is_in_them(
    service_id: str, names: list[str], kinds: set[OrganisationKind]
) -> None:
    stand = dict(zip(NAMES, OrganisationKind, strict=False))
    with db.write():
        for name, kind in stand.items():
            made = Organisation(kind=kind, name=name, short_name=name)
            db.add_unless(select_rows(Organisation).where(Organisation.name == name), made)
    found = [name for (name,) in _among(names=names, kinds=kinds)]
    assert found == [name for name in NAMES if name in names and stand[name] in kinds]


@prepared
def _nowhere(name: str) -> Columns:
    nowhere = table("no_such_table", column("name"))
    return columns(nowhere.c.name).where(nowhere.c.name == name)


def _fails(ask: Callable[[], object]) -> Exception:
    with pytest.raises(Exception, match="no_such_table") as met, db.read():
        ask()
    return met.value


def test_an_error_is_the_one_sqlalchemy_raises_and_holds_no_value(service_id: str) -> None:
    error = _fails(lambda: _nowhere(name="Sam Ashby"))
    assert isinstance(error, OperationalError | ProgrammingError)
    assert "Sam Ashby" not in str(error)
    with _watched():
        assert type(_fails(lambda: _nowhere(name="Sam Ashby"))) is type(error)


def test_a_connection_that_broke_is_not_used_again(postgres_url: str) -> None:
    """It is the database that ends it, so PostgreSQL; the next page works."""
    db.connect(postgres_url)
    with db.read() as unit:
        mine = unit.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        with closing(psycopg.connect(postgres_url, autocommit=True)) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [mine])
        with pytest.raises(db.Unreachable):
            _among(names=NAMES, kinds=list(OrganisationKind))
    assert _among(names=NAMES, kinds=list(OrganisationKind)) == []
    db.engine().dispose()


def test_a_file_that_broke_is_a_database_that_cannot_be_reached(sqlite_url: str) -> None:
    """The driver has a kind of error of its own for it; the pages of an outage know one."""
    db.connect(sqlite_url)
    assert _among(names=NAMES, kinds=list(OrganisationKind)) == []
    db.engine().dispose()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    page = 4096  # the first one, with the names of all tables, stays
    file.write_bytes(file.read_bytes()[:page].ljust(file.stat().st_size, b"x"))
    with pytest.raises(db.Unreachable):
        _among(names=NAMES, kinds=list(OrganisationKind))
    db.engine().dispose()


def test_whoever_listens_to_the_engine_hears_it(service_id: str) -> None:
    with _watched() as said:
        _among(names=NAMES, kinds=())
        auditing(service_id)
    assert [words.split()[0] for words in said if not words.startswith("BEGIN")] == ["SELECT", "INSERT"]


@contextmanager
def _watched() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, words: str, *_rest: object) -> None:
        said.append(words)

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)


_add = prepared_addition(AuditEvent)


def auditing(service_id: str, **cells: Any) -> dict[str, Any]:
    made = {
        "id": ids.new(), "service_id": service_id, "at": clock.now(), "actor_id": None,
        "actor_role": "machine", "verb": "test.happened", "subject_kind": "thing", "subject_id": "1",
        "person_id": "p", "detail": None, **cells,
    }  # fmt: skip
    _add(**made)
    return made


@pytest.mark.parametrize("detail", [None, {}, {"people": ["a", "b"]}])
def test_a_row_is_added_as_a_session_adds_it(service_id: str, detail: object) -> None:
    """To the byte: the seals of the activity log are made of what is stored."""
    made = auditing(service_id, detail=detail)
    with db.write() as unit:
        unit.add(AuditEvent(**(made | {"id": ids.new()})))
    with db.read() as unit:
        stored = "SELECT *, CAST(detail AS TEXT) AS stored FROM audit_event WHERE verb = 'test.happened'"
        raw = unit.connection().execute(text(stored))
        one, other = [{**row} for row in raw.mappings()]
    assert one.pop("id") != other.pop("id")
    assert one == other


def test_a_row_that_may_not_be_is_refused_and_takes_its_unit_with_it(service_id: str) -> None:
    first = auditing(service_id)

    def both() -> None:
        with db.write():
            auditing(service_id)
            auditing(service_id, id=first["id"])

    with pytest.raises(IntegrityError):
        both()
    with db.read() as unit:
        kept = unit.connection().execute(text("SELECT id FROM audit_event WHERE verb = 'test.happened'"))
        assert [row.id for row in kept] == [first["id"]]


def test_nothing_outlives_a_unit_that_has_failed_already(service_id: str) -> None:
    """Somebody let its error pass, and SQLite would store what comes after by itself, for good."""
    stands = Organisation(kind=OrganisationKind.PROVIDER, name="Alder", short_name="A")
    with db.write() as unit:
        unit.add(stands)

    def goes_on() -> None:
        with db.write() as unit:
            auditing(service_id)
            unit.add(Organisation(id=stands.id, kind=OrganisationKind.PROVIDER, name="Alder", short_name="A"))
            with suppress(IntegrityError):
                unit.flush()
            auditing(service_id)

    with pytest.raises(PendingRollbackError):
        goes_on()
    with db.read() as unit:
        kept = unit.connection().execute(text("SELECT id FROM audit_event WHERE verb = 'test.happened'"))
        assert kept.all() == []


def test_a_row_has_every_cell_and_no_other(service_id: str) -> None:
    for cells in ({"verb": "test.happened"}, {**auditing(service_id), "id": ids.new(), "verbs": "x"}):
        with pytest.raises(TypeError, match="not the columns"):
            _add(**cells)


def test_where_the_database_is_made_to_fail_it_fails_at_the_driver(service_id: str) -> None:
    """Else the tests of an outage would only try the way that is taken while somebody listens."""
    with db.read() as unit:
        connection = unit.connection()  # and its BEGIN
        with failing(1) as fault:
            assert not connection.dispatch.before_cursor_execute
            with pytest.raises(db.Unreachable):
                _among(names=NAMES, kinds=())
            assert fault.struck


def test_a_reading_part_adds_nothing(service_id: str) -> None:
    with db.read(), pytest.raises(RuntimeError, match="cannot write"):
        auditing(service_id)


def test_columns_that_are_not_the_fields_are_noticed(service_id: str) -> None:
    class Named(NamedTuple):
        name: str
        kind: OrganisationKind

    @prepared_as(Named)
    def turned_round() -> Columns:
        return columns(Organisation.kind, Organisation.name)

    with pytest.raises(TypeError, match="does not select the fields of Named"):
        turned_round()
