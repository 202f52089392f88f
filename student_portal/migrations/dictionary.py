"""The data dictionary: one line for every column, written from what each column declares about itself."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Enum, LargeBinary, MetaData, Table

from student_portal.foundation.columns import Row, UtcTime

_ABOUT = """# Data dictionary

Every column of every table, as the code declares it. Do not edit: change the column's declaration, then
write this file again:

    .venv/bin/python -m student_portal.cli data-dictionary > docs/data-dictionary.md

- **Protection.** *sealed*: encrypted for this one cell, under a key outside the database. *blind index*: a
  keyed mark for exact look-up. *one-way hash*: cannot be turned back. *plain*: as it is.
- **Kept** names a retention class: `docs/privacy/README.md`.
- **?** after a kind: may be empty. **→** another table's id.
"""
_HEAD = "| column | kind | holds | protection | kept | read by |\n|---|---|---|---|---|---|"


def markdown(metadata: MetaData) -> str:
    """The whole dictionary, room by room, tables and columns in the order a reader looks for them."""
    homes = {str(model.__tablename__): model for model in _models(Row)}
    tables = sorted(metadata.tables.values(), key=lambda table: (_room(homes[table.name]), table.name))
    parts = [_ABOUT]
    for room, here in groupby(tables, key=lambda table: _room(homes[table.name])):
        parts.append(f"## {room}\n")
        parts += [_table(table, homes[table.name]) for table in here]
    return "\n".join(parts)


def _models(base: type[Row]) -> Iterator[type[Row]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _room(model: type[Row]) -> str:
    return model.__module__.split(".")[1]


def _table(table: Table, model: type[Row]) -> str:
    meaning = " ".join((model.__doc__ or "").split())
    return "\n".join([f"### {table.name}\n", f"{meaning}\n", _HEAD, *_lines(table.columns), ""])


def _lines(columns: Iterable[Column[Any]]) -> Iterator[str]:
    for column in columns:
        told = column.info
        cells = (
            f"`{column.name}`",
            _kind(column) + (" ?" if column.nullable else ""),
            told["purpose"],
            told["protection"],
            told["retention"],
            told["readers"],
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _kind(column: Column[Any]) -> str:
    """What sort of value it is, as a person would say it."""
    if column.primary_key:
        return "id"
    if column.foreign_keys:
        return "→ " + " and ".join(sorted(key.column.table.name for key in column.foreign_keys))
    if isinstance(column.type, Enum):
        return "one of " + ", ".join(column.type.enums)
    if isinstance(column.type, LargeBinary):
        return "bytes"
    if isinstance(column.type, UtcTime):
        return "moment"
    words = {"str": "text", "int": "number", "bool": "yes/no", "dict": "document"}
    kind = column.type.python_type.__name__
    return words.get(kind, kind)
