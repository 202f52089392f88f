"""The life of a version that two people share: one writes it, another publishes exactly that.

Whatever the version says. A `Life` knows one table of versions; the verbs of contacts and of written pages
check what is particular to them, and call these inside their own unit of work.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.signposting.lint import stopping
from student_portal.signposting.models import TwoPersonVersion, VersionState

REVIEW_DAYS = 90

_WAITING = (VersionState.DRAFT, VersionState.PROPOSED)
_UNCHECKED = {"verified_on": None, "verified_by": None, "checked_how": "", "review_by": None}

Row = TypeVar("Row", bound=TwoPersonVersion)


class Life(Generic[Row]):
    """Draft, propose, approve or send back, take off, bring back, check again: for one table of versions."""

    def __init__(
        self,
        owner: type[SQLModel],
        table: type[Row],
        column: str,
        *,
        said: Callable[[Row], Mapping[str, Any]],
        text: Callable[[Row], str],
    ) -> None:
        """`column` of `table` names the owner. `said`: the columns of what a version says; `text`: all of
        that as one text, for the list of words.
        """
        self._owner, self._table, self._column = owner, table, column
        self._said, self._text = said, text

    def draft(self, *, owner_id: str, columns: Mapping[str, Any], seen: int, by: Actor, at: datetime) -> None:
        """Save what its author has just checked, or begin a new version. What is published stays.

        `seen` is the save count the editor was shown (0: nothing waited). Raises NotFound without such an
        owner, Conflict if someone saved in between, and Refused("review") as `judge_review` does.
        """
        judge_review(columns["review_by"], at)
        checked = {"takes_off": False, "verified_on": clock.london(at).date(), "verified_by": by.person_id}
        self._write("draft", owner_id, {**columns, **checked}, seen, by, at)

    def propose(self, *, owner_id: str, by: Actor, at: datetime) -> Row:
        """Ask a second person to publish what waits.

        Raises NotFound if nothing does, Refused("unchecked" | "review") as `_judge_check` does, and
        Refused("words") while it names a method or says "commit".
        """
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            _judge_check(row, at)
            if not row.takes_off and stopping(self._text(row)):
                raise Refused("words")
            row.state = VersionState.PROPOSED
            self._record("propose", row, by, at)
            return row

    def approve(self, *, owner_id: str, seen: int, by: Actor, at: datetime) -> None:
        """Publish what was proposed, as shown to the approver, or take what students read away, if it says
        so. What was published before steps back, and the task to check it again is done.

        Raises NotFound if nothing waits, Conflict if it was changed since it was shown,
        Refused("not_proposed") for a draft, Refused("second_person") for its author, and Refused("review")
        if it waited until the day of its own next check.
        """
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            db.expect(seen, row.version)
            if row.state is not VersionState.PROPOSED:
                raise Refused("not_proposed")
            if row.drafted_by == by.person_id:
                raise Refused("second_person")
            _judge_check(row, at)
            if old := self._published(session, owner_id):
                old.state = VersionState.REPLACED
            session.flush()  # the database allows one published version; the old one steps back first
            row.state = VersionState.WITHDRAWN if row.takes_off else VersionState.PUBLISHED
            row.approved_by, row.approved_at = by.person_id, at
            session.flush()
            self._record("approve", row, by, at)
            self._is_checked(owner_id, by, at)

    def send_back(self, *, owner_id: str, seen: int, by: Actor, at: datetime) -> None:
        """Say no to what waits. It stays readable as a returned version. Raises NotFound and Conflict."""
        with db.write() as session:
            row = self._the_waiting(session, owner_id)
            db.expect(seen, row.version)
            row.state = VersionState.RETURNED
            self._record("send_back", row, by, at)

    def withdraw(self, *, owner_id: str, why: str, by: Actor, at: datetime) -> None:
        """Write a version that takes what students read away; it is to be proposed like any.

        Raises NotFound if they read nothing of it, and Refused("waits") while another version waits.
        """
        with db.write() as session:
            db.locked(self._owner, owner_id)
            standing = self._published(session, owner_id)
            if standing is None:
                raise NotFound("published")
            if self._waiting(session, owner_id):
                raise Refused("waits")
            reason = {**_UNCHECKED, "takes_off": True, "checked_how": why}
            self._write("withdraw", owner_id, {**self._said(standing), **reason}, 0, by, at)

    def bring_back(self, *, owner_id: str, number: int, seen: int, by: Actor, at: datetime) -> None:
        """Make a draft of what version `number` said. It is to be checked and proposed like any.

        Raises NotFound without such a version, and Conflict as `draft` does.
        """
        with db.write() as session:
            old = session.exec(self._of(owner_id).where(col(self._table.number) == number)).first()
            if old is None:
                raise NotFound("version")
            said = {**self._said(old), **_UNCHECKED, "takes_off": False}
            self._write("bring_back", owner_id, said, seen, by, at)

    def verify(
        self, *, owner_id: str, number: int, how: str, review_by: date, by: Actor, at: datetime
    ) -> None:
        """Write down that somebody checked what students read, and by when to check again.

        Students see no difference, so one person may. `number` is the version that was checked: raises
        Conflict if students read another one by now, or none, and Refused("review") as `judge_review` does.
        """
        judge_review(review_by, at)
        with db.write() as session:
            db.locked(self._owner, owner_id)
            row = self._published(session, owner_id)
            if row is None or row.number != number:
                raise Conflict
            row.verified_on, row.verified_by = clock.london(at).date(), by.person_id
            row.checked_how, row.review_by = how, review_by
            session.add(row)
            self._record("verify", row, by, at, review_by=review_by.isoformat())
            self._is_checked(owner_id, by, at)

    def _write(
        self, verb: str, owner_id: str, columns: Mapping[str, Any], seen: int, by: Actor, at: datetime
    ) -> None:
        """Into what waits, or into a new version."""
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

    def _the_waiting(self, session: Session, owner_id: str) -> Row:
        """What waits; until the unit of work ends nobody else decides about it. Raises NotFound."""
        db.locked(self._owner, owner_id)
        row = self._waiting(session, owner_id)
        if row is None:
            raise NotFound("draft")
        return row

    def _waiting(self, session: Session, owner_id: str) -> Row | None:
        return session.exec(self._of(owner_id, *_WAITING)).first()

    def _published(self, session: Session, owner_id: str) -> Row | None:
        return session.exec(self._of(owner_id, VersionState.PUBLISHED)).first()

    def _of(self, owner_id: str, *states: VersionState) -> SelectOfScalar[Row]:
        found: SelectOfScalar[Row] = select(self._table).where(getattr(self._table, self._column) == owner_id)
        return found.where(col(self._table.state).in_(states)) if states else found

    def _record(self, verb: str, row: Row, by: Actor, at: datetime, **more: str) -> None:
        audit.record(
            verb=f"signposting.{verb}",
            subject=(f"{self._column.removesuffix('_id')}_version", row.id),
            by=by,
            at=at,
            detail={"number": row.number, "state": row.state, **more},
        )

    def _is_checked(self, owner_id: str, by: Actor, at: datetime) -> None:
        """Nobody has to be asked for a check any more."""
        duty.finish_task(kind=TaskKind.CONTENT_REVIEW, subject_id=owner_id, note="", by=by, at=at)


def _judge_check(row: TwoPersonVersion, at: datetime) -> None:
    """Raises Refused("unchecked") until somebody checked what a version says, and Refused("review") when it
    would have to be checked again already. What takes something off says nothing that could be checked.
    """
    if row.takes_off:
        return
    if row.verified_on is None:
        raise Refused("unchecked")
    judge_review(row.review_by, at)


def judge_review(review_by: date | None, at: datetime) -> None:
    """Raises Refused("review") unless the day is ahead, and at most REVIEW_DAYS away."""
    today = clock.london(at).date()
    if review_by is None or not today < review_by <= today + timedelta(days=REVIEW_DAYS):
        raise Refused("review")
