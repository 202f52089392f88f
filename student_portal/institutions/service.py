"""Keeping the lists, and writing down where a person studies and whether they have a GP."""

from collections.abc import Collection
from datetime import datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, db
from student_portal.institutions.models import (
    Enrolment,
    GpAnswer,
    GpRegistration,
    Listing,
    Organisation,
    OrganisationKind,
    Pathway,
)
from student_portal.institutions.partners import SIX


def add(
    *, kind: OrganisationKind, name: str, short_name: str, pathways: list[Pathway], by: Actor, at: datetime
) -> str:
    """Add an organisation and put it on these lists; gives its id."""
    with db.write() as session:
        made = Organisation(kind=kind, name=name, short_name=short_name)
        session.add(made)
        session.flush()
        for pathway in pathways:
            session.add(Listing(service_id=by.service_id, pathway=pathway, organisation_id=made.id, since=at))
        audit.record(verb="institutions.add", subject=("organisation", made.id), by=by, at=at)
        return made.id


def add_partners(*, by: Actor, at: datetime) -> dict[str, str]:
    """Add the six partners on every pathway's list, where a service begins; gives their ids by name."""
    return {
        name: add(
            kind=OrganisationKind.PROVIDER,
            name=name,
            short_name=short,
            pathways=list(Pathway),
            by=by,
            at=at,
        )
        for name, short in SIX
    }


def check(*, organisation_ids: Collection[str], by: Actor, at: datetime) -> None:
    """A person checked the names of these organisations. Raises NotFound for an unknown one."""
    with db.write():
        for organisation_id in sorted(organisation_ids):
            row = db.locked(Organisation, organisation_id)
            row.verified_on = clock.london(at).date()
            audit.record(verb="institutions.check", subject=("organisation", row.id), by=by, at=at)


def record_enrolment(
    *, person_id: str, organisation_id: str | None, other: str, source: str, by: Actor, at: datetime
) -> None:
    """Write down where a person studies from now on; `other` in their words when it is not listed."""
    with db.write() as session:
        row = Enrolment(
            service_id=by.service_id,
            person_id=person_id,
            organisation_id=organisation_id,
            since=at,
            source=source,
        )
        row.other = other or None
        session.add(row)
        session.flush()
        audit.record(
            verb="institutions.record_enrolment",
            subject=("enrolment", row.id),
            by=by,
            at=at,
            person_id=person_id,
        )


def record_gp(*, person_id: str, answer: GpAnswer, source: str, by: Actor, at: datetime) -> None:
    """Write down what a person says about having a GP. It never decides anything."""
    with db.write() as session:
        row = GpRegistration(
            service_id=by.service_id, person_id=person_id, answer=answer, since=at, source=source
        )
        session.add(row)
        session.flush()
        audit.record(
            verb="institutions.record_gp",
            subject=("gp_registration", row.id),
            by=by,
            at=at,
            person_id=person_id,
        )
