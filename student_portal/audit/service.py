"""The verb of the activity log, for one line and for several."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import insert

from student_portal.audit.models import AuditEvent
from student_portal.audit.queries import Actor
from student_portal.foundation import db, ids
from student_portal.foundation.prepared import prepared_addition


def record(
    *,
    verb: str,
    subject: tuple[str, str],
    by: Actor,
    at: datetime,
    person_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one line, in the transaction of the change or the reading that it records.

    `verb` is "room.verb" ("referral.accept", "caseload.open"); `subject` is (kind, id); `person_id` is the
    student it concerns; `detail` holds codes only.
    """
    _add(**_line(verb, subject, person_id, detail, by=by, at=at))


def record_each(
    *, verb: str, subjects: Iterable[tuple[tuple[str, str], str]], by: Actor, at: datetime
) -> None:
    """`record` for each (subject, person_id), in one statement."""
    lines = [_line(verb, subject, person_id, None, by=by, at=at) for subject, person_id in subjects]
    if lines:
        with db.write() as unit:
            unit.execute(insert(AuditEvent), lines)


def _line(
    verb: str,
    subject: tuple[str, str],
    person_id: str | None,
    detail: dict[str, Any] | None,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    kind, key = subject
    return {
        "id": ids.new(),
        "service_id": by.service_id,
        "at": at,
        "actor_id": by.person_id,
        "actor_role": by.role,
        "verb": verb,
        "subject_kind": kind,
        "subject_id": key,
        "person_id": person_id,
        "detail": detail,
    }


_add = prepared_addition(AuditEvent)
