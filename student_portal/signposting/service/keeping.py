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

    signpost_id: str
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


def routes(session: Session, signpost_id: str | None = None) -> frozenset[Route]:
    """What stands now, of all contacts or of one. Being overdue for a check takes nothing away: no date is
    asked.
    """
    found = select(SignpostVersion).where(SignpostVersion.state == VersionState.PUBLISHED)
    if signpost_id is not None:
        found = found.where(SignpostVersion.signpost_id == signpost_id)
    return frozenset().union(*(route(row) for row in session.exec(found)))


def route(row: SignpostVersion) -> frozenset[Route]:
    """The route that a version makes when it is published; none if it closes, or is for some people only."""
    if not row.always_open or row.for_whom or row.takes_off:
        return frozenset()
    return frozenset({Route(row.signpost_id, row.way, row.organisation_id, row.language)})


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
