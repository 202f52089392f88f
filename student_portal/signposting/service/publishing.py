"""The life of a version that two people share: one writes it, another publishes exactly that.

Whatever the version says. A table of versions brings the columns of `Versioned` and a `Life` that knows it;
the verbs of its room check what is written, and call these inside their own unit of work.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.signposting.models import VersionState

_WAITING = (VersionState.DRAFT, VersionState.PROPOSED)


class Versioned(Protocol):
    """What a table of versions must have; besides, the column that says whose version it is."""

    id: str
    number: int  # 1, 2, 3 within its owner
    state: VersionState
    drafted_by: str | None
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    version: int  # counts saves, so that two editors lose nothing


Row = TypeVar("Row", bound=Versioned)


class Life(Generic[Row]):
    """Draft, propose, approve or send back, for one table of versions."""

    def __init__(self, owner: type[SQLModel], table: type[Row], column: str, *, room: str) -> None:
        """`column` of `table` names the owner; `room` begins each verb in the activity log."""
        self._owner, self._table, self._column, self._room = owner, table, column, room

    def draft(
        self,
        *,
        owner_id: str,
        columns: Mapping[str, Any],
        seen: int,
        by: Actor,
        at: datetime,
        verb: str = "draft",
    ) -> Row:
        """Save what waits, or begin a new version. What is published stays.

        `seen` is the save count the editor was shown (0: nothing waited). Raises NotFound without such an
        owner, and Conflict if someone saved in between.
        """
        with db.write() as session:
            db.locked(self._owner, owner_id)
            row = self._waiting(session, owner_id)
            db.expect(seen, row.version if row else 0)
            if row is None:
                row = self._new(session, owner_id, columns, at)
            for name, value in columns.items():
                setattr(row, name, value)
            row.state, row.drafted_by, row.drafted_at = VersionState.DRAFT, by.person_id, at
            row.version += 1
            session.add(row)
            session.flush()
            self._record(verb, row, by, at)
            return row

    def propose(self, *, owner_id: str, by: Actor, at: datetime) -> Row:
        """Ask a second person to publish what waits. Raises NotFound if nothing does."""
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            row.state = VersionState.PROPOSED
            self._record("propose", row, by, at)
            return row

    def approve(
        self,
        *,
        owner_id: str,
        seen: int,
        by: Actor,
        at: datetime,
        becomes: Callable[[Row], VersionState] = lambda _row: VersionState.PUBLISHED,
    ) -> Row:
        """Publish what was proposed, as shown to the approver; what was published before steps back.

        `becomes` says what the version is then. Raises NotFound if nothing waits, Conflict if it was changed
        since it was shown, Refused("not_proposed") for a draft, Refused("second_person") for its author.
        """
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            db.expect(seen, row.version)
            if row.state is not VersionState.PROPOSED:
                raise Refused("not_proposed")
            if row.drafted_by == by.person_id:
                raise Refused("second_person")
            for old in session.exec(self._of(owner_id, VersionState.PUBLISHED)):
                old.state = VersionState.REPLACED
            session.flush()  # the database allows one published version; the old one steps back first
            row.state, row.approved_by, row.approved_at = becomes(row), by.person_id, at
            session.flush()
            self._record("approve", row, by, at)
            return row

    def send_back(self, *, owner_id: str, seen: int, by: Actor, at: datetime) -> Row:
        """Say no to what waits. It stays readable as a returned version. Raises NotFound and Conflict."""
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            db.expect(seen, row.version)
            row.state = VersionState.RETURNED
            self._record("send_back", row, by, at)
            return row

    def published(self, session: Session, owner_id: str) -> Row | None:
        """The version that students see."""
        return session.exec(self._of(owner_id, VersionState.PUBLISHED)).first()

    def numbered(self, session: Session, owner_id: str, number: int) -> Row:
        """One version, whatever became of it. Raises NotFound."""
        row = session.exec(self._of(owner_id).where(col(self._table.number) == number)).first()
        if row is None:
            raise NotFound("version")
        return row

    def waits(self, session: Session, owner_id: str) -> bool:
        """Whether a draft stands, or a version that was proposed."""
        return self._waiting(session, owner_id) is not None

    def _waiting(self, session: Session, owner_id: str) -> Row | None:
        return session.exec(self._of(owner_id, *_WAITING)).first()

    def _the_waiting(self, session: Session, owner_id: str) -> Row:
        """What waits; until the unit of work ends nobody else decides about it. Raises NotFound."""
        db.locked(self._owner, owner_id)
        row = self._waiting(session, owner_id)
        if row is None:
            raise NotFound("draft")
        return row

    def _new(self, session: Session, owner_id: str, columns: Mapping[str, Any], at: datetime) -> Row:
        newest = session.exec(self._of(owner_id).order_by(col(self._table.number).desc())).first()
        begun: dict[str, Any] = {
            self._column: owner_id,
            "number": newest.number + 1 if newest else 1,
            "state": VersionState.DRAFT,
            "version": 0,
            "drafted_at": at,
        }
        return self._table(**begun, **columns)

    def _of(self, owner_id: str, *states: VersionState) -> SelectOfScalar[Row]:
        found: SelectOfScalar[Row] = select(self._table).where(getattr(self._table, self._column) == owner_id)
        return found.where(col(self._table.state).in_(states)) if states else found

    def _record(self, verb: str, row: Row, by: Actor, at: datetime) -> None:
        audit.record(
            verb=f"{self._room}.{verb}",
            subject=(f"{self._column.removesuffix('_id')}_version", row.id),
            by=by,
            at=at,
            detail={"number": row.number, "state": row.state},
        )
