"""The rota with names: a week of every therapist, what is missing ahead, what leave would leave."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Staff
from student_portal.alerts.queries.escalation import unread_anywhere
from student_portal.duty import queries as duty
from student_portal.duty.queries import AHEAD, Away, Gap, Rota, Turn
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock

WEEK = 7


class Lack(StrEnum):
    """What is missing in a gap."""

    READER = "reader"  # neither the therapist nor anybody for them
    COVER = "cover"  # the therapist works, and nobody would follow
    MANAGER = "manager"


@dataclass(frozen=True)
class Missing:
    """One gap of the rota. `name`: the therapist's; empty where a manager is missing."""

    lack: Lack
    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Stretch:
    """Part of one day in which nothing changes. `names`: who stands in, or the managers, the first first."""

    opens_at: datetime
    closes_at: datetime
    works: bool
    names: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """One day of one person; without stretches the service is closed."""

    day: date
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Line:
    """A week of one therapist; `person_id` empty: of the managers on duty."""

    person_id: str
    name: str
    days: tuple[Day, ...]


@dataclass(frozen=True)
class AwayLine:
    """One absence with the name."""

    away: Away
    name: str


@dataclass(frozen=True)
class TurnLine:
    """One turn with the names; `owner` empty: for everybody, or as manager."""

    turn: Turn
    name: str
    owner: str


@dataclass(frozen=True)
class LeftBehind:
    """What leave would leave: gaps that were not there, sessions that are booked, answers not read."""

    missing: tuple[Missing, ...]
    sessions: int
    unread: int

    @property
    def is_nothing(self) -> bool:
        return not (self.missing or self.sessions or self.unread)


def therapists() -> list[Staff]:
    """Everybody who reads what students send."""
    return accounts.therapists()


def managers() -> list[Staff]:
    """Everybody who can be the manager on duty."""
    return accounts.staff(Role.MANAGER)


def week(monday: date, at: datetime) -> list[Line]:
    """Each therapist's week, then the managers'."""
    begins = clock.in_london(monday, time(0))
    who = duty.rota(min(begins, at))
    lines = [_line(who, person, monday) for person in therapists()]
    return [*lines, Line("", "", tuple(_days(who, "", monday)))]


def _line(who: Rota, person: Staff, monday: date) -> Line:
    return Line(person.id, person.name, tuple(_days(who, person.id, monday)))


def _days(who: Rota, person_id: str, monday: date) -> Iterator[Day]:
    for number in range(WEEK):
        day = monday + timedelta(days=number)
        begins, ends = (clock.in_london(midnight, time(0)) for midnight in (day, day + timedelta(days=1)))
        yield Day(day, _stretches(who, person_id, begins, ends))


def _stretches(who: Rota, person_id: str, begins: datetime, ends: datetime) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for opens, closes in who.pieces(begins, ends):
        ids = who.covers(person_id, opens) if person_id else who.managers(opens)
        names = tuple(accounts.staff_name(person) for person in ids)
        works = bool(person_id) and not who.is_away(person_id, opens)
        if found and (found[-1].works, found[-1].names) == (works, names):
            found[-1] = replace(found[-1], closes_at=closes)
        else:
            found.append(Stretch(opens, closes, works, names))
    return tuple(found)


def missing(at: datetime) -> list[Missing]:
    """Every gap of the coming weeks: first where nobody reads, then where nobody would follow."""
    return list(_missing(duty.rota(at), therapists(), at, at + AHEAD))


def _missing(who: Rota, people: list[Staff], since: datetime, until: datetime) -> Iterator[Missing]:
    for person in people:
        yield from _named(Lack.READER, person.name, who.gaps(person.id, since, until))
    for person in people:
        yield from _named(Lack.COVER, person.name, who.lone(person.id, since, until))
    yield from _named(Lack.MANAGER, "", who.unmanaged(since, until))


def _named(lack: Lack, name: str, gaps: list[Gap]) -> Iterator[Missing]:
    return (Missing(lack, name, gap.since, gap.until) for gap in gaps)


def left_behind(leave: Away, at: datetime) -> LeftBehind:
    """What this absence would leave, looked at for the weeks after it begins."""
    since = max(leave.span.since, at)
    until = since + AHEAD
    if leave.span.until:
        until = min(until, leave.span.until)
    who = duty.rota(at)
    without = replace(who, away=(*who.away, leave))
    before, people = set(_missing(who, therapists(), since, until)), therapists()
    return LeftBehind(
        missing=tuple(gap for gap in _missing(without, people, since, until) if gap not in before),
        sessions=sum(
            leave.span.holds(session.starts_at)
            for session in episodes.therapist_busy(leave.person_id, since, until)
            if session.starts_at
        ),
        unread=sum(alert.owner_id == leave.person_id for alert in unread_anywhere()),
    )


def absences(at: datetime) -> list[AwayLine]:
    """Who is or will be away, the soonest first; those who left the service are not named."""
    names = {person.id: person.name for person in accounts.staff(*Role)}
    return [AwayLine(away, names[away.person_id]) for away in duty.absences(at) if away.person_id in names]


def turns(at: datetime) -> list[TurnLine]:
    """Who stands in for whom and who is the manager on duty, in the order in which they are asked."""
    return [
        TurnLine(
            turn,
            accounts.staff_name(turn.person_id),
            accounts.staff_name(turn.owner_id) if turn.owner_id else "",
        )
        for turn in duty.turns(at)
    ]
