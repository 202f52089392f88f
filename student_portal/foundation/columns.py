"""Tables and columns that say what they hold.

Every column declares its purpose, its protection, how long it is kept and who reads it; the data dictionary
is written from these declarations and a column without one cannot be made here. A package starts with
`care = Declare(keep=Keep.RECORD, readers="care team")` and then writes `care.text("why", ...)`.
"""

import re
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Time,
    TypeDecorator,
    text,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from student_portal.foundation import ids
from student_portal.foundation.sealed import Sealed

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Keep(StrEnum):
    """Retention classes. The deploying service sets the years; see docs/privacy."""

    RECORD = "clinical record"
    DRAFT = "until sent or 14 days"
    ANSWERS = "until sent or 14 days after the form closes"
    LOCKED = "one hour, or until used"
    DAY = "24 hours"
    SECURITY = "13 months"
    MESSAGE = "message log, 2 years"
    LEDGER = "permission and activity ledger, outlives the record"
    SERVICE = "as long as the service runs"


class UtcTime(TypeDecorator[datetime]):
    """A moment: stored as UTC, given back aware on SQLite and PostgreSQL alike."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware: take it from clock.now()")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:  # a page has hundreds, and `replace` takes six times as long
            return datetime.combine(value, value.time(), UTC)
        return value.astimezone(UTC)


class Row(SQLModel):
    """What every table inherits: a snake-case name, and sealed cells that can be assigned."""

    model_config = {"ignored_types": (Sealed,)}

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __setattr__(self, name: str, value: Any) -> None:
        cell = getattr(type(self), name, None)
        if isinstance(cell, Sealed):
            cell.__set__(self, value)
        else:
            super().__setattr__(name, value)


class Declare:
    """Makes the columns of one package, each with its line of the data dictionary."""

    def __init__(self, *, keep: Keep, readers: str) -> None:
        self.keep = keep
        self.readers = readers

    def key(self) -> Any:
        """The row's own id, made in Python before the insert so that sealed cells can be bound to it."""
        column = {"default": None, "info": self._info("identifies the row")}
        parts: dict[str, Any] = {"sa_type": String(ids.LENGTH), "sa_column_kwargs": column}
        return Field(default_factory=ids.new, primary_key=True, **parts)

    def ref(self, target: str, purpose: str, *, null: bool = False, index: bool = True) -> Any:
        """A reference to another table, named as a string: "person.id"."""
        parts = (String(ids.LENGTH), ForeignKey(target))
        return self._field(purpose, *parts, null=null, index=index)

    def mark(self, purpose: str, *, null: bool = False, **kw: Any) -> Any:
        """An id kept without a foreign key, where the row must outlive what it names."""
        return self._field(purpose, String(ids.LENGTH), null=null, **kw)

    def text(
        self, purpose: str, *, length: int = 80, null: bool = False, default: str | None = None, **kw: Any
    ) -> Any:
        """Plain text that tells nothing about a person."""
        return self._field(purpose, String(length), null=null, default=default, **kw)

    def number(self, purpose: str, *, null: bool = False, default: int | None = None, **kw: Any) -> Any:
        return self._field(purpose, Integer(), null=null, default=default, **kw)

    def flag(self, purpose: str, *, default: bool = False) -> Any:
        return self._field(purpose, Boolean(), default=default)

    def moment(self, purpose: str, *, null: bool = False, index: bool = False) -> Any:
        """A time of the world: aware in Python, UTC in the database."""
        return self._field(purpose, UtcTime(), null=null, index=index)

    def day(self, purpose: str, *, null: bool = False, index: bool = False) -> Any:
        return self._field(purpose, Date(), null=null, index=index)

    def wall(self, purpose: str, *, null: bool = False) -> Any:
        """A time on the wall clock in London, without a date."""
        return self._field(purpose, Time(), null=null)

    def choice(
        self, words: type[Enum], purpose: str, *, null: bool = False, default: Any = None, index: bool = False
    ) -> Any:
        """One of a closed set of words, stored as its value and checked by the database."""
        kind = SqlEnum(
            words,
            native_enum=False,
            create_constraint=True,
            length=40,
            name=re.sub(r"(?<!^)(?=[A-Z])", "_", words.__name__).lower(),
            values_callable=lambda members: [member.value for member in members],
        )
        return self._field(purpose, kind, null=null, default=default, index=index)

    def document(self, purpose: str, *, null: bool = False) -> Any:
        """A JSON document of codes and ids. Assign a new one; a change in place is not noticed."""
        return self._field(purpose, JSON(), null=null)

    def sealed(self, purpose: str, *, null: bool = False) -> Any:
        """Encrypted bytes; read and written through a `Sealed` descriptor beside it."""
        return self._field(purpose, LargeBinary(), null=null, protection="sealed")

    def blind(self, purpose: str, *, null: bool = False, index: bool = True, unique: bool = False) -> Any:
        """A keyed mark for exact look-up (crypto.blind)."""
        parts = {"null": null, "index": index, "unique": unique}
        return self._field(purpose, LargeBinary(16), protection="blind index", **parts)

    def hashed(self, purpose: str, *, unique: bool = True, null: bool = False) -> Any:
        """The digest of a secret that only the browser or the text message holds."""
        return self._field(purpose, LargeBinary(32), protection="one-way hash", unique=unique, null=null)

    def _field(
        self,
        purpose: str,
        kind: Any,
        *parts: Any,
        protection: str = "plain",
        null: bool = False,
        default: Any = None,
        **kw: Any,
    ) -> Any:
        """Each table that inherits the field makes its own column of it. The default is the row's alone."""
        column = {"nullable": null, "default": None, "info": self._info(purpose, protection), **kw}
        made: dict[str, Any] = {"sa_type": kind, "sa_column_args": parts, "sa_column_kwargs": column}
        return Field(**made) if default is None and not null else Field(default=default, **made)

    def _info(self, purpose: str, protection: str = "plain") -> dict[str, str]:
        return {
            "purpose": purpose,
            "protection": protection,
            "retention": self.keep.value,
            "readers": self.readers,
        }


def only_one(name: str, *columns: str, where: str) -> Index:
    """A partial unique index: at most one row for these columns while `where` holds, on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def check(name: str, rule: str) -> CheckConstraint:
    """A rule that the database itself keeps."""
    return CheckConstraint(rule, name=name)
