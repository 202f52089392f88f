"""Which organisations a pathway lists, and what a person said of their university and GP."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from student_portal.access import queries as access
from student_portal.access.queries import Viewer
from student_portal.foundation import db
from student_portal.foundation.i18n import later as _
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.institutions.models import (
    Enrolment,
    GpAnswer,
    GpRegistration,
    Listing,
    Organisation,
    OrganisationKind,
    Pathway,
)

__all__ = [
    "GpAnswer", "Listed", "OrganisationKind", "Pathway", "StudiesAt", "enrolment", "go_live_blockers", "gp",
    "listed", "organisation", "unchecked",
]  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """One organisation on a pathway's list."""

    id: str
    name: str
    short_name: str


@dataclass(frozen=True)
class StudiesAt:
    """Where a person studies: a known organisation, or another in their own words."""

    organisation_id: str | None
    name: str
    since: datetime


def listed(pathway: Pathway) -> list[Listed]:
    """The organisations now on this list, by name."""
    return [Listed(*row) for row in _listed(pathway=pathway)]


@prepared
def _listed(pathway: Pathway) -> Columns:
    return (
        columns(Organisation.id, Organisation.name, Organisation.short_name)
        .join(Listing, col(Listing.organisation_id) == Organisation.id)
        .where(col(Listing.pathway) == pathway, col(Listing.until).is_(None))
        .order_by(col(Organisation.name))
    )


def unchecked() -> list[Listed]:
    """The organisations on any list now that no person has checked, by name."""
    with db.read() as session:
        now = select(Listing.organisation_id).where(col(Listing.until).is_(None))
        rows = session.exec(
            select(Organisation)
            .where(col(Organisation.id).in_(now), col(Organisation.verified_on).is_(None))
            .order_by(Organisation.name)
        )
        return [Listed(row.id, row.name, row.short_name) for row in rows]


def go_live_blockers() -> list[str]:
    """A sentence for what a person must settle first; the page that shows it translates it."""
    return [_("Nobody has checked the names on the list of universities.")] if unchecked() else []


def organisation(organisation_id: str) -> Listed | None:
    """One organisation, on a list or not."""
    with db.read() as session:
        row = session.get(Organisation, organisation_id)
        return Listed(row.id, row.name, row.short_name) if row else None


def enrolment(viewer: Viewer, person_id: str) -> StudiesAt | None:
    """Where this student studies, as last said. Raises NotFound for a viewer without access."""
    access.require_sight(viewer, person_id)
    for row in _enrolments(person_id=person_id):
        name = row.name or Enrolment.other.opened(row.other_sealed, row.id)
        return StudiesAt(row.organisation_id, name, row.since)
    return None


@prepared
def _enrolments(person_id: str) -> Columns:
    said = columns(
        Enrolment.id, Enrolment.organisation_id, Enrolment.other_sealed, Enrolment.since, Organisation.name
    )
    known = said.join(Organisation, col(Organisation.id) == Enrolment.organisation_id, isouter=True)
    theirs = known.where(col(Enrolment.person_id) == person_id)
    return theirs.order_by(col(Enrolment.id).desc()).limit(1)


def gp(viewer: Viewer, person_id: str) -> GpAnswer | None:
    """What this student last said about a GP. Raises NotFound for a viewer without access."""
    access.require_sight(viewer, person_id)
    return next((answer for (answer,) in _gp_answers(person_id=person_id)), None)


@prepared
def _gp_answers(person_id: str) -> Columns:
    theirs = columns(GpRegistration.answer).where(col(GpRegistration.person_id) == person_id)
    return theirs.order_by(col(GpRegistration.id).desc()).limit(1)
