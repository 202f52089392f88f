"""One history of the tables, for SQLite and PostgreSQL alike (Alembic)."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, MetaData
from sqlmodel import SQLModel

import student_portal


def metadata() -> MetaData:
    """Every table of every room, as the code has it."""
    for room in pkgutil.iter_modules(student_portal.__path__):
        if room.ispkg and (Path(student_portal.__path__[0]) / room.name / "models.py").exists():
            importlib.import_module(f"student_portal.{room.name}.models")
    return SQLModel.metadata


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring a database to a step of the history; "head" is the newest."""
    with _rebuilding(engine) as connection:
        command.upgrade(_alembic(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take a database back to an earlier step; "base" is before the first."""
    with _rebuilding(engine) as connection:
        command.downgrade(_alembic(connection), to)


def check(engine: Engine) -> None:
    """Raise alembic.util.CommandError if the code's tables and the history's differ."""
    with engine.begin() as connection:
        command.check(_alembic(connection))


def revise(engine: Engine, message: str) -> None:
    """Write the next step from what the code's tables have and the database has not."""
    number = len(list((Path(__file__).parent / "versions").glob("*.py"))) + 1
    with engine.begin() as connection:
        command.revision(_alembic(connection), message, autogenerate=True, rev_id=f"{number:04}")


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction in which a table may be rebuilt while others refer to it.

    SQLite changes a table by copying it and dropping the old one, which must not count as taking its rows
    away. Raises RuntimeError, and changes nothing, if afterwards some row refers to nothing.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys=OFF")  # heard only outside a transaction
        try:
            with connection.begin():
                yield connection
                if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"rows refer to nothing: {sorted({row[0] for row in lost})}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _alembic(connection: object) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
