"""The one verb of the activity log."""

from datetime import datetime
from typing import Any

from student_portal.audit.models import AuditEvent
from student_portal.audit.queries import Actor
from student_portal.foundation import ids
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
    kind, key = subject
    _add(
        id=ids.new(),
        service_id=by.service_id,
        at=at,
        actor_id=by.person_id,
        actor_role=by.role,
        verb=verb,
        subject_kind=kind,
        subject_id=key,
        person_id=person_id,
        detail=detail,
    )


_add = prepared_addition(AuditEvent)
