"""Sealed columns, read and written through one descriptor.

The column itself is bytes, and says so to the type checker; the descriptor beside it opens and seals::

    class Person(Row, table=True):
        id: str = person.key()
        name_sealed: bytes = person.sealed("what the student asks to be called")
        name = Sealed.text("name_sealed")
"""

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

from student_portal.foundation import crypto

Value = TypeVar("Value")


class Sealed(Generic[Value]):
    """One sealed cell. Reading opens it; assigning seals it; None is stored as NULL."""

    def __init__(
        self,
        column: str,
        pack: Callable[[Value], bytes],
        unpack: Callable[[bytes], Value],
        *,
        absent: Value,
    ) -> None:
        self.column = column
        self._pack = pack
        self._unpack = unpack
        self._absent = absent

    @staticmethod
    def text(column: str) -> "Sealed[str]":
        """A sealed text; an absent one reads as an empty string."""
        return Sealed(column, str.encode, bytes.decode, absent="")

    @staticmethod
    def document(column: str) -> "Sealed[Any]":
        """A sealed JSON document; an absent one reads as None."""
        return Sealed(column, lambda value: json.dumps(value).encode(), json.loads, absent=None)

    @staticmethod
    def file(column: str) -> "Sealed[bytes]":
        """A sealed file; an absent one reads as no bytes."""
        return Sealed(column, bytes, bytes, absent=b"")

    def __set_name__(self, model: Any, _name: str) -> None:
        self._table: str = model.__tablename__

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed[Value]": ...
    @overload
    def __get__(self, row: object, owner: type) -> Value: ...
    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        return self.opened(getattr(row, self.column), row.id)

    def opened(self, stored: bytes | None, row_id: str) -> Value:
        """What these stored bytes of the row with this id hold, for whoever read them as a plain column."""
        if stored is None:
            return self._absent
        return self._unpack(
            crypto.open(stored, table=self._table, column=self.column, row=row_id, key=crypto.keys())
        )

    def __set__(self, row: Any, value: Value | None) -> None:
        stored = (
            None
            if value is None
            else crypto.seal(
                self._pack(value),
                table=self._table,
                column=self.column,
                row=row.id,
                key=crypto.keys(),
            )
        )
        setattr(row, self.column, stored)
