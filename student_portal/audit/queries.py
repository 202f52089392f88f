"""Who is acting, and what was done about one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from student_portal.audit.models import AuditEvent
from student_portal.foundation import db

MACHINE = "machine"


@dataclass(frozen=True)
class Actor:
    """Whoever changes something: a person in one of their roles, or the machine (no person)."""

    service_id: str
    person_id: str | None
    role: str


@dataclass(frozen=True)
class Activity:
    """One line of the log, as read back."""

    at: datetime
    actor_id: str | None
    actor_role: str
    verb: str
    subject_kind: str
    subject_id: str
    detail: dict[str, Any] | None


def machine(service_id: str) -> Actor:
    """The worker, acting by itself."""
    return Actor(service_id, None, MACHINE)


def verbs(wanted: Collection[str]) -> set[str]:
    """Which of these verbs were ever recorded."""
    with db.read() as session:
        return set(session.exec(select(AuditEvent.verb).where(col(AuditEvent.verb).in_(wanted)).distinct()))


def done_by_others(person_id: str, wanted: Collection[str]) -> list[Activity]:
    """What people other than this student did of `wanted` with their record, newest first."""
    with db.read() as session:
        rows = session.exec(
            select(AuditEvent)
            .where(
                AuditEvent.person_id == person_id,
                col(AuditEvent.verb).in_(wanted),
                col(AuditEvent.actor_id).is_not(None),
                col(AuditEvent.actor_id) != person_id,
            )
            .order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
        )
        return [_activity(row) for row in rows]


def about(person_id: str) -> list[Activity]:
    """Everything recorded about one student, oldest first."""
    with db.read() as session:
        rows = session.exec(
            select(AuditEvent).where(AuditEvent.person_id == person_id).order_by(col(AuditEvent.id))
        )
        return [_activity(row) for row in rows]


def _activity(row: AuditEvent) -> Activity:
    return Activity(
        row.at, row.actor_id, row.actor_role, row.verb, row.subject_kind, row.subject_id, row.detail
    )
