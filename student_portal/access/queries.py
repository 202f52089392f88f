"""The person behind the present request, and whom they may see.

Every query about a student takes a viewer first and joins `visible_people(viewer)` or asks `require_sight`.
"""

from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.models import CareKind, CareRelation
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotAllowed, NotFound
from student_portal.foundation.prepared import Columns, prepared


class Role(StrEnum):
    """What somebody is to the portal in one browser session."""

    ANYONE = "anyone"  # not signed in
    DRAFT = "draft"  # has an unsent request open on this device
    LINK = "link"  # proved date of birth or PIN on a text's link; limited to that target
    STUDENT = "student"  # signed in with a code and date of birth or PIN
    THERAPIST = "therapist"
    LIAISON = "liaison"
    ADMIN = "admin"
    MANAGER = "manager"


STAFF = frozenset({Role.THERAPIST, Role.LIAISON, Role.ADMIN, Role.MANAGER})

LENT = "lent"
"""What a member of staff is while their device is lent to a student: no role of theirs, so nothing opens to
it but the page that asks for their own six digits."""


@dataclass(frozen=True)
class Viewer(Actor):
    """An actor with a browser session. `about` is the one thing a link, draft or lent device is limited to.

    `is_here`: a student on the device their therapist lent them for one form.
    """

    session_id: str | None = None
    about: str | None = None
    is_here: bool = False

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


_acting: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def present() -> Viewer | None:
    """Whoever makes the present request, or None before that is known."""
    return _acting.get()


def current() -> Viewer:
    """Whoever makes the present request. Raises NotAllowed outside one."""
    viewer = present()
    if viewer is None:
        raise NotAllowed
    return viewer


def permits(allowed: frozenset[str], viewer: Viewer) -> bool:
    """Whether a route open to these roles is open to this viewer."""
    return Role.ANYONE in allowed or viewer.role in allowed


@lru_cache(maxsize=1024)  # what to ask, never what was answered
def visible_people(viewer: Viewer) -> SelectOfScalar[str]:
    """The ids of the students whose records this viewer may open, as a sub-query to join."""
    if viewer.role != Role.THERAPIST:
        own = viewer.person_id if viewer.role in (Role.STUDENT, Role.LINK) else None
        return select(CareRelation.person_id).where(CareRelation.person_id == own)
    return _in_care_of(viewer.service_id, viewer.person_id)


def _in_care_of(service_id: str, staff_id: str | None) -> SelectOfScalar[str]:
    """Whose records this therapist may open now: their own students, those they stand in for, everybody's."""
    return select(CareRelation.person_id).where(
        CareRelation.service_id == service_id,
        col(CareRelation.until).is_(None),
        or_(col(CareRelation.staff_id) == staff_id, col(CareRelation.staff_id).is_(None)),
    )


@dataclass(frozen=True)
class StandIn:
    """Somebody who may open a student's record in another's stead, and since when."""

    person_id: str
    staff_id: str
    since: datetime


def stand_ins() -> list[StandIn]:
    """Everybody who stands in now, for the worker's round."""
    with db.read() as session:
        rows = session.exec(
            select(CareRelation)
            .where(CareRelation.kind == CareKind.COVER, col(CareRelation.until).is_(None))
            .order_by(col(CareRelation.id))
        )
        return [StandIn(row.person_id, str(row.staff_id), row.since) for row in rows]


def looked_after(viewer: Viewer) -> SelectOfScalar[str]:
    """The ids of the students whose therapist this viewer is; not of those they only stand in for."""
    return select(CareRelation.person_id).where(
        CareRelation.service_id == viewer.service_id,
        CareRelation.kind == CareKind.THERAPY,
        CareRelation.staff_id == viewer.person_id,
        col(CareRelation.until).is_(None),
    )


def require_sight(viewer: Viewer, person_id: str) -> None:
    """Pass silently if the viewer may open this student's record (students: their own).

    Raises NotFound, so that nobody learns from the answer whether the person exists.
    """
    if viewer.role in (Role.STUDENT, Role.LINK) and viewer.person_id == person_id:
        return
    asked = f"sight of {person_id} by {viewer.person_id} as {viewer.role} in {viewer.service_id}"
    if not db.once(asked, lambda: _sees(viewer, person_id)):
        raise NotFound("person")


def _sees(viewer: Viewer, person_id: str) -> bool:
    if viewer.role == Role.THERAPIST and viewer.person_id:
        who = {"service_id": viewer.service_id, "staff_id": viewer.person_id}
        return bool(_is_in_care_of(person_id=person_id, **who))
    with db.read() as session:
        seen = visible_people(viewer).where(CareRelation.person_id == person_id)
        return session.exec(seen).first() is not None


@prepared
def _is_in_care_of(person_id: str, service_id: str, staff_id: str) -> Columns:
    return _in_care_of(service_id, staff_id).where(CareRelation.person_id == person_id)


def seen_among(viewer: Viewer, people: Collection[str]) -> frozenset[str]:
    """Those of these students whose records this viewer may open."""
    if not people:
        return frozenset()
    if viewer.role == Role.THERAPIST and viewer.person_id:
        who = {"service_id": viewer.service_id, "staff_id": viewer.person_id}
        return frozenset(person_id for (person_id,) in _in_care_among(people=people, **who))
    with db.read() as session:
        return frozenset(session.exec(visible_people(viewer).where(col(CareRelation.person_id).in_(people))))


@prepared
def _in_care_among(people: Collection[str], service_id: str, staff_id: str) -> Columns:
    return _in_care_of(service_id, staff_id).where(col(CareRelation.person_id).in_(people))


def therapist_of(person_id: str, *, at: datetime) -> str | None:
    """The id of the therapist who looks after this student at that moment, if one does."""
    with db.read() as session:
        return session.exec(
            select(CareRelation.staff_id).where(
                CareRelation.person_id == person_id,
                CareRelation.kind == CareKind.THERAPY,
                CareRelation.since <= at,
                or_(col(CareRelation.until).is_(None), col(CareRelation.until) > at),
            )
        ).first()


def may_open(staff_id: str, person_id: str) -> bool:
    """Whether this therapist may open this student's record, by whatever reason."""
    with db.read() as session:
        reason = select(CareRelation.id).where(
            CareRelation.person_id == person_id,
            col(CareRelation.until).is_(None),
            or_(CareRelation.staff_id == staff_id, col(CareRelation.staff_id).is_(None)),
        )
        return session.exec(reason).first() is not None


def is_in_care(person_id: str) -> bool:
    """Whether anybody may open this student's record now."""
    with db.read() as session:
        present = select(CareRelation.id).where(
            CareRelation.person_id == person_id, col(CareRelation.until).is_(None)
        )
        return session.exec(present).first() is not None
