"""The activity log's one table. It has no foreign keys: it outlives what it names."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, event

from student_portal.foundation.columns import Declare, Keep, Row

ledger = Declare(keep=Keep.LEDGER, readers="privacy lead; the student, about their own record")


class AuditEvent(Row, table=True):
    """One thing that somebody did or opened. Never updated, never deleted: triggers refuse both."""

    id: str = ledger.key()
    service_id: str = ledger.mark("the service it happened in")
    at: datetime = ledger.moment("when it happened, by the service's time", index=True)
    actor_id: str | None = ledger.mark("who did it; empty for the machine", null=True, index=True)
    actor_role: str = ledger.text("in which role they did it", length=20)
    verb: str = ledger.text("what was done, as room.verb", length=60)
    subject_kind: str = ledger.text("what kind of thing it was done to", length=40)
    subject_id: str = ledger.mark("which one")
    person_id: str | None = ledger.mark("the student it concerns, if any", null=True, index=True)
    detail: Any = ledger.document("codes only: never an answer, a name, a number or a token", null=True)


_SQLITE = """CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the activity log is only ever added to'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION audit_event_append_only() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the activity log is only ever added to'; END $$ LANGUAGE plpgsql"""
_POSTGRES = """CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_append_only()"""


def triggers(dialect: str) -> list[str]:
    """The statements that make the table append-only on this database; the migration runs them too."""
    if dialect == "sqlite":
        return [_SQLITE.format(verb=verb) for verb in ("UPDATE", "DELETE")]
    return [_POSTGRES_FUNCTION, *(_POSTGRES.format(verb=verb) for verb in ("UPDATE", "DELETE"))]


for _dialect in ("sqlite", "postgresql"):
    for _statement in triggers(_dialect):
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(
            AuditEvent.__table__,  # type: ignore[attr-defined]
            "after_create",
            _ddl.execute_if(dialect=_dialect),
        )
