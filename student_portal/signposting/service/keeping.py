"""Two routes that can never be lost: for every university's students and every language of the contacts, one
number to call and one to text that are open day and night and for everybody (SAFE-07).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, select

from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.signposting.models import ENGLISH, SignpostVersion, VersionState, Way

NEEDED = frozenset({Way.TEXT, Way.CALL})


@dataclass(frozen=True)
class Route:
    """A published contact that never closes and turns nobody away. No organisation: everybody sees it."""

    way: Way
    organisation_id: str | None
    language: str


@dataclass(frozen=True)
class Readers:
    """Students of one university, or whoever has not signed in (None), in one language."""

    organisation_id: str | None
    language: str

    def see(self, route: Route) -> bool:
        return route.language == self.language and route.organisation_id in {None, self.organisation_id}


def routes(session: Session) -> frozenset[Route]:
    """What stands now. Being overdue for a check takes nothing away, so no date is asked."""
    rows = session.exec(
        select(SignpostVersion).where(
            SignpostVersion.state == VersionState.PUBLISHED,
            SignpostVersion.always_open,
            SignpostVersion.for_whom == "",
        )
    )
    return frozenset(Route(row.way, row.organisation_id, row.language) for row in rows)


def alone() -> None:
    """Until the unit of work ends nobody else publishes: two people at once could each leave the other's."""
    db.hold("signposting floor")


def keep(before: frozenset[Route], after: frozenset[Route]) -> None:
    """Raises Refused("floor") if somebody who had a call and a text route would have them no longer."""
    if any(has_floor(one, before) and not has_floor(one, after) for one in readers(before | after)):
        raise Refused("floor")


def has_floor(them: Readers, standing: Iterable[Route]) -> bool:
    """Whether these readers see a route to call and one to text."""
    return {route.way for route in standing if them.see(route)} >= NEEDED


def readers(standing: Iterable[Route]) -> set[Readers]:
    """Everybody whom these routes could reach; a university without any of its own is like no university."""
    standing = list(standing)
    places = {None, *(route.organisation_id for route in standing)}
    languages = {ENGLISH, *(route.language for route in standing)}
    return {Readers(place, language) for place in places for language in languages}
