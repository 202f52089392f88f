"""Back to how the database stood a moment ago, and what has changed in it since."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import make_url

from student_portal.foundation import db
from tests.support.world import World

Contents = dict[str, str]


@dataclass
class Rewind:
    """A mark on a world's SQLite file: `back()` makes everything as it was then. One mark for each `name`."""

    world: World
    name: str = "seeded"
    _marked: Contents = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mark()

    @property
    def _file(self) -> Path:
        return Path(make_url(self.world.config.database_url).database or "")

    @property
    def _copy(self) -> Path:
        return self._file.with_name(f"{self.name}.sqlite")

    def mark(self) -> None:
        """Remember how everything stands now."""
        db.engine().dispose()
        with sqlite3.connect(self._file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self._file, self._copy)
        self._marked = _contents(self._file)

    def back(self) -> None:
        """Undo everything since the mark."""
        db.engine().dispose()
        for left in self._file.parent.glob(self._file.name + "-*"):
            left.unlink()
        shutil.copyfile(self._copy, self._file)

    def changed(self) -> set[str]:
        """The tables whose rows are not as they were at the mark; quick when nothing was written at all."""
        log = self._file.with_name(self._file.name + "-wal")
        if not log.exists() or not log.stat().st_size:
            return set()
        now = _contents(self._file)
        return {table for table, digest in now.items() if digest != self._marked.get(table)}


def _contents(file: Path) -> Contents:
    """A digest of the rows of every table."""
    connection = sqlite3.connect(file)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for (name,) in names
        }
    finally:
        connection.close()
    return {name: sha256(repr(found).encode()).hexdigest() for name, found in rows.items()}
