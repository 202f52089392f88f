"""Organisations, which pathway lists them, and dated facts about a person's university and GP."""

from datetime import date, datetime
from enum import StrEnum

from student_portal.foundation.columns import Declare, Keep, Row, only_one
from student_portal.foundation.sealed import Sealed

public = Declare(keep=Keep.SERVICE, readers="everybody")
care = Declare(keep=Keep.RECORD, readers="care team; the student")


class OrganisationKind(StrEnum):
    PROVIDER = "provider"  # a university or college
    NHS_TRUST = "nhs_trust"
    GP_PRACTICE = "gp_practice"
    OTHER = "other"


class Organisation(Row, table=True):
    """A university, trust, practice or other body."""

    id: str = public.key()
    kind: OrganisationKind = public.choice(OrganisationKind, "what it is")
    name: str = public.text("its full name", length=120, unique=True)
    short_name: str = public.text("how students call it", length=60)
    ukprn: str | None = public.text("UK Provider Reference Number", length=8, null=True)
    ods: str | None = public.text("NHS organisation code", length=10, null=True)
    verified_on: date | None = public.day("when a person last checked this row", null=True)


class Pathway(StrEnum):
    THERAPY = "therapy"
    LIAISON = "liaison"


class Listing(Row, table=True):
    """An organisation on one pathway's list, dated."""

    __table_args__ = (only_one("uq_listing_now", "pathway", "organisation_id", where="until IS NULL"),)

    id: str = public.key()
    service_id: str = public.ref("service.id", "whose list", index=False)
    pathway: Pathway = public.choice(Pathway, "which list")
    organisation_id: str = public.ref("organisation.id", "which organisation")
    since: datetime = public.moment("from when")
    until: datetime | None = public.moment("until when", null=True)


class Enrolment(Row, table=True):
    """Where a person studies, as they said, from a date on. The newest counts."""

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "who")
    organisation_id: str | None = care.ref(
        "organisation.id", "a listed university; empty: another", null=True
    )
    since: datetime = care.moment("from when we know it")
    source: str = care.text("who said so: student, staff", length=20)
    other_sealed: bytes | None = care.sealed("another university, in the student's words", null=True)

    other = Sealed.text("other_sealed")


class GpAnswer(StrEnum):
    """Whether a person has a GP. Never decides anything."""

    LIVERPOOL = "liverpool"
    ELSEWHERE = "elsewhere"
    NONE = "none"
    NOT_SURE = "not_sure"


class GpRegistration(Row, table=True):
    """A person's GP status as they said, from a date on. The newest counts."""

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "who")
    answer: GpAnswer = care.choice(GpAnswer, "what they said")
    since: datetime = care.moment("from when we know it")
    source: str = care.text("who said so: student, staff", length=20)
