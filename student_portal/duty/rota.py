"""Who works, who stands in for whom, who is the manager on duty, at any moment. Pure: knows ids, not names.

Whoever looks after a student works whenever the service is open and they are not away. A cover stands in for
one person or for everybody; the first in the order who is not away is the one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock

NOON = time(12)
FURTHEST = timedelta(days=92)
"""How far ahead a reader is looked for; nobody is told that something is read in four months."""
AHEAD = timedelta(weeks=4)
"""How far ahead a rota must have no gap."""


class DayHalf(StrEnum):
    """London's noon divides the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class DutyRole(StrEnum):
    """What somebody is on duty for."""

    COVER = "cover"  # reads in the owner's stead
    MANAGER = "manager"  # is told when nobody has read


@dataclass(frozen=True)
class Span:
    """From `since` to before `until`, or for good; perhaps only one weekday (0 is Monday) or half day."""

    since: datetime
    until: datetime | None = None
    weekday: int | None = None
    half: DayHalf | None = None

    def holds(self, at: datetime) -> bool:
        wall = clock.london(at)
        half = DayHalf.MORNING if wall.time() < NOON else DayHalf.AFTERNOON
        return (
            self.since <= at
            and (self.until is None or at < self.until)
            and self.weekday in (None, wall.weekday())
            and self.half in (None, half)
        )


@dataclass(frozen=True)
class Away:
    """When somebody does not work. Nobody is asked why."""

    person_id: str
    span: Span
    id: str = ""


@dataclass(frozen=True)
class Turn:
    """When somebody is on duty. `owner_id`: whom a cover stands in for, None: everybody; `place` 1 first."""

    role: DutyRole
    person_id: str
    span: Span
    owner_id: str | None = None
    place: int = 1
    id: str = ""


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, and from when."""

    at: datetime
    person_id: str


@dataclass(frozen=True)
class Window:
    """Time on one working day in which somebody reads what a student of one owner sent.

    `by_owner`: the owner works when it opens. `by_cover`: a cover works at some time in it.
    """

    opens_at: datetime
    closes_at: datetime
    by_owner: bool
    by_cover: bool


@dataclass(frozen=True)
class Gap:
    """Service hours from one moment to another, nights and closed days left out, in which nobody is there."""

    owner_id: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Rota:
    """Everything that decides who is there."""

    calendar: WorkingCalendar
    away: tuple[Away, ...] = ()
    turns: tuple[Turn, ...] = ()

    def is_away(self, person_id: str, at: datetime) -> bool:
        return any(away.person_id == person_id and away.span.holds(at) for away in self.away)

    def works(self, person_id: str, at: datetime) -> bool:
        """Whether the service is open and this person is not away."""
        return self.calendar.is_open(at) and not self.is_away(person_id, at)

    def covers(self, owner_id: str, at: datetime) -> list[str]:
        """Who stands in for this person then, the first in the order first, none of them away, never they."""
        own = self._on_duty(DutyRole.COVER, at, owner_id)
        rest = self._on_duty(DutyRole.COVER, at, None)
        return [person for person in dict.fromkeys([*own, *rest]) if person != owner_id]

    def managers(self, at: datetime) -> list[str]:
        """The managers on duty then, in their order, none of them away."""
        return list(dict.fromkeys(self._on_duty(DutyRole.MANAGER, at, None)))

    def _on_duty(self, role: DutyRole, at: datetime, owner_id: str | None) -> list[str]:
        turns = [turn for turn in self.turns if turn.role == role and turn.owner_id == owner_id]
        return [
            turn.person_id
            for turn in sorted(turns, key=lambda turn: turn.place)
            if turn.span.holds(at) and not self.is_away(turn.person_id, at)
        ]

    def next_reader(self, owner_id: str, at: datetime) -> Reader | None:
        """The owner or else a cover, at the first moment from `at` on at which one of them works.

        None: nobody within `FURTHEST`, or the service has no hours.
        """
        for begins, _ in self.pieces(at, at + FURTHEST):
            if not self.is_away(owner_id, begins):
                return Reader(begins, owner_id)
            if covers := self.covers(owner_id, begins):
                return Reader(begins, covers[0])
        return None

    def windows(self, owner_id: str, at: datetime) -> Iterator[Window]:
        """When somebody reads, from `at` on: unbroken stretches of working days, the soonest first."""
        found: Window | None = None
        for begins, ends in self.pieces(at, at + FURTHEST):
            owner, cover = not self.is_away(owner_id, begins), bool(self.covers(owner_id, begins))
            if found and (found.closes_at != begins or not (owner or cover)):
                yield found
                found = None
            if found:
                found = Window(found.opens_at, ends, found.by_owner, found.by_cover or cover)
            elif owner or cover:
                found = Window(begins, ends, owner, cover)
        if found:
            yield found

    def gaps(self, owner_id: str, since: datetime, until: datetime) -> list[Gap]:
        """When neither the owner nor a cover works although the service does."""
        return self._gaps(owner_id, since, until, lambda at: self._reads(owner_id, at))

    def _reads(self, owner_id: str, at: datetime) -> bool:
        return not self.is_away(owner_id, at) or bool(self.covers(owner_id, at))

    def uncovered(self, owner_id: str, since: datetime, until: datetime) -> list[Gap]:
        """When nobody would stand in, whether the owner works or not."""
        return self._gaps(owner_id, since, until, lambda at: bool(self.covers(owner_id, at)))

    def lone(self, owner_id: str, since: datetime, until: datetime) -> list[Gap]:
        """When the owner works and nobody would follow if they did not."""
        return self._gaps(
            owner_id, since, until, lambda at: self.is_away(owner_id, at) or bool(self.covers(owner_id, at))
        )

    def unmanaged(self, since: datetime, until: datetime) -> list[Gap]:
        """When no manager is on duty; the gaps are nobody's, `owner_id` is empty."""
        return self._gaps("", since, until, lambda at: bool(self.managers(at)))

    def _gaps(
        self, owner_id: str, since: datetime, until: datetime, is_held: Callable[[datetime], bool]
    ) -> list[Gap]:
        gaps: list[Gap] = []
        goes_on = False
        for begins, ends in self.pieces(since, until):
            if is_held(begins):
                goes_on = False
            elif goes_on:
                gaps[-1] = Gap(owner_id, gaps[-1].since, ends)
            else:
                gaps.append(Gap(owner_id, begins, ends))
                goes_on = True
        return gaps

    def pieces(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Service hours, cut wherever somebody may come or go: inside a piece nothing changes."""
        edges = self._edges()
        for opens, closes in self.calendar.spans(since):
            begins, ends = max(opens, since), min(closes, until)
            if begins >= ends:
                return
            noon = clock.in_london(clock.london(opens).date(), NOON)
            cuts = sorted({edge for edge in (*edges, noon) if begins < edge < ends})
            yield from zip([begins, *cuts], [*cuts, ends], strict=True)

    def _edges(self) -> set[datetime]:
        spans = [away.span for away in self.away] + [turn.span for turn in self.turns]
        return {edge for span in spans for edge in (span.since, span.until) if edge}
