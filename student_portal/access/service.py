"""Beginning and ending the reasons for which staff may open a record; and who is acting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlmodel import col, select

from student_portal.access.models import CareKind, CareRelation
from student_portal.access.queries import Viewer, _acting, may_open
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db

__all__ = ["CareKind", "acting", "begin_care", "end_care", "set_acting", "stand_in", "stop_standing_in"]


@contextmanager
def acting(viewer: Viewer) -> Iterator[None]:
    """Make `viewer` the person behind everything inside the block."""
    mark = _acting.set(viewer)
    try:
        yield
    finally:
        _acting.reset(mark)


def set_acting(viewer: Viewer | None) -> None:
    """Make `viewer` the person behind the present request; None when it ends."""
    _acting.set(viewer)


def begin_care(*, person_id: str, kind: CareKind, staff_id: str | None, by: Actor, at: datetime) -> None:
    """Let one therapist, or for triage the whole team, open this student's record from now on."""
    with db.write() as session:
        relation = CareRelation(
            service_id=by.service_id, person_id=person_id, staff_id=staff_id, kind=kind, since=at
        )
        session.add(relation)
        session.flush()
        audit.record(
            verb="access.begin_care",
            subject=("care_relation", relation.id),
            by=by,
            at=at,
            person_id=person_id,
            detail={"kind": kind, "staff": staff_id},
        )


def stand_in(*, person_id: str, staff_id: str, by: Actor, at: datetime) -> None:
    """Let a therapist open this student's record in another's stead. Whoever may already: nothing happens."""
    with db.write():
        db.hold(f"stand in {person_id}")
        if not may_open(staff_id, person_id):
            begin_care(person_id=person_id, kind=CareKind.COVER, staff_id=staff_id, by=by, at=at)


def stop_standing_in(*, person_id: str, staff_id: str, by: Actor, at: datetime) -> None:
    """Close the record again to somebody who opened it in another's stead. Twice is harmless."""
    with db.write() as session:
        present = select(CareRelation).where(
            CareRelation.person_id == person_id,
            CareRelation.staff_id == staff_id,
            CareRelation.kind == CareKind.COVER,
            col(CareRelation.until).is_(None),
        )
        for relation in session.exec(present):
            _end(relation, by=by, at=at)


def end_care(*, person_id: str, kind: CareKind, by: Actor, at: datetime) -> None:
    """End every present relation of this kind; the ended rows stay."""
    with db.write() as session:
        present = select(CareRelation).where(
            CareRelation.person_id == person_id,
            CareRelation.kind == kind,
            col(CareRelation.until).is_(None),
        )
        for relation in session.exec(present):
            _end(relation, by=by, at=at)


def _end(relation: CareRelation, *, by: Actor, at: datetime) -> None:
    relation.until = at
    audit.record(
        verb="access.end_care",
        subject=("care_relation", relation.id),
        by=by,
        at=at,
        person_id=relation.person_id,
    )
