"""The demo's past: fourteen invented students who between them stand in every state that exists so far.

Each story is a list of acts in the order of life; all stories are played together, in the order of time.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from student_portal.access.queries import Viewer
from student_portal.accounts import service as accounts
from student_portal.audit import queries as audit
from student_portal.audit import service as auditing
from student_portal.audit.queries import machine
from student_portal.demo import set_up
from student_portal.demo.people import STAFF, STUDENTS
from student_portal.demo.story import Life, Stage
from student_portal.episodes import service as care
from student_portal.foundation import addresses, clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.messaging import service as messaging
from student_portal.referral import service as referral
from student_portal.settings import queries as settings

Story = Callable[[Life], Iterator[datetime]]

_MORNING, _EVENING, _NIGHT = time(9, 30), time(19, 5), time(23, 40)


def plant(data_dir: Path) -> None:
    """Play the past, if this data folder has none yet, and leave the clock as it was."""
    demo_clock, today = clock.installed(), clock.today()
    standing = FrozenClock(clock.now())
    clock.install(standing)
    try:
        standing.at = clock.in_london(today - timedelta(days=365), time(8))
        if _begin():
            _play(_stage(data_dir, today=clock.london(demo_clock.now()).date(), standing=standing))
            _record("demo.planted")
    finally:
        clock.install(demo_clock)


def progress() -> str:
    """How far an earlier start came: "none", "half" (cut off, so that all must begin again) or "whole"."""
    done = audit.verbs(("demo.begin", "demo.planted"))
    return ("none", "half", "whole")[len(done)]


def _begin() -> bool:
    with db.write():
        first = set_up.first_time(at=clock.now())
        if first:
            _record("demo.begin")
        return first


def _record(verb: str) -> None:
    by = machine(settings.service_id())
    auditing.record(verb=verb, subject=("service", by.service_id), by=by, at=clock.now())


def _stage(data_dir: Path, *, today: date, standing: FrozenClock) -> Stage:
    by = machine(settings.service_id())
    staff = {}
    for person in STAFF:
        person_id = accounts.create_staff(
            name=person.name,
            email=person.email,
            password=person.password,
            role=person.role,
            totp=person.totp,
            by=by,
            at=clock.now(),
        )
        staff[person.name] = Viewer(by.service_id, person_id, person.role)
    places = {place.name: place.id for place in institutions.listed(Pathway.THERAPY)}
    return Stage(data_dir, today, standing, by.service_id, places, staff)


def _play(stage: Stage) -> None:
    """Every act of every story at its time, the earliest first."""
    acts = []
    for number, student in enumerate(STUDENTS):
        story = _STORIES[student.state](Life(stage, student))
        acts.append((next(story), number, story))
    heapq.heapify(acts)
    while acts:
        moment, number, story = acts[0]
        stage.pass_to(moment)
        following = next(story, None)
        if following is None:
            heapq.heappop(acts)
        else:
            heapq.heapreplace(acts, (following, number, story))
    stage.pass_to(stage.at(0, time(9, 59)))


def _late(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-20, _NIGHT)
    life.asks("University of Liverpool", harm="rather")


def _waiting(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-10, _EVENING)
    life.asks("Liverpool Hope University", gp="liverpool")


def _other_college(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-3, _EVENING)
    life.asks("another", waiting="yes", gp="elsewhere")


def _under_18(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-1, _EVENING)
    life.asks("University of Liverpool International College", harm="urges", safe="some_times")


def _signposted(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-15, _MORNING)
    life.asks("Liverpool School of Tropical Medicine", team="yes")
    yield life.stage.at(-9, _MORNING)
    therapist = life.stage.staff["Jo Lindqvist"]
    referral.signpost(
        referral_id=life.referral_id,
        reason="Talked on the phone. Stays with the team that knows her; they will call this week.",
        seen_version=1,
        by=therapist,
        at=clock.now(),
    )


def _took_back(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-8, _NIGHT)
    life.asks()
    yield life.stage.at(-7, _EVENING)
    care.leave(person_id=life.person_id, by=life.me, at=clock.now())


def _accepted(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-6, _EVENING)
    life.asks("Liverpool Institute for Performing Arts")
    yield life.stage.at(-1, _MORNING)
    life.is_accepted()


def _not_started(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-12, _NIGHT)
    life.asks("University of Liverpool", gp="elsewhere")
    yield life.stage.at(-9, _MORNING)
    life.is_accepted()
    life.is_booked(2, 9, 16, 23, 30, 51)


def _begun(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-11, _EVENING)
    life.asks()
    yield life.stage.at(-8, _MORNING)
    life.is_accepted()
    life.is_booked(1, 8, 15, 22, 29, 50, wall=time(11, 30))
    yield life.stage.at(-1, _EVENING)
    life.fills_in(1, [2, 3, 1, 1, 3, 0, 2, 1, 2, 3, None, 1])


def _sixth(life: Life) -> Iterator[datetime]:
    """All six: the line from the first form to the sixth, whose answers nobody has read yet."""
    days = (-49, -42, -35, -28, -21, 0)
    yield life.stage.at(-63, _NIGHT)
    life.asks()
    yield life.stage.at(-60, _MORNING)
    life.is_accepted()
    life.is_booked(*days)
    for number, answers in enumerate(_FIVE, start=1):
        yield life.stage.at(days[number - 1] - 1, _EVENING)
        life.sends(number, answers)
        yield life.stage.at(days[number - 1], time(13, 30))
        life.is_read("Talked about it first thing. Went through what helps at night.")
        yield life.stage.at(days[number - 1], time(15))
        life.comes(number)
    yield life.stage.at(0, time(8, 12))
    life.sends(6, _SIXTH)


def _acted(life: Life) -> Iterator[datetime]:
    """One missed, one declined, one moved after its form was sent."""
    yield life.stage.at(-50, _EVENING)
    life.asks("Liverpool Hope University")
    yield life.stage.at(-45, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(-37, -27, -20, -1, 6, 27, by="Jo Lindqvist")
    yield life.stage.at(-38, _EVENING)
    life.sends(1, _FIVE[0])
    yield life.stage.at(-37, time(13))
    life.is_read("Read with Lou at the start of the session.", "Jo Lindqvist")
    yield life.stage.at(-37, time(15))
    life.comes(1, "Jo Lindqvist")
    yield life.stage.at(-27, time(15))
    life.comes(2, "Jo Lindqvist", came=False)
    yield life.stage.at(-22, _EVENING)
    life.declines(3)
    yield life.stage.at(-20, time(15))
    life.comes(3, "Jo Lindqvist")
    yield life.stage.at(-3, _EVENING)
    life.sends(4, _FIVE[2])
    yield life.stage.at(-2, _MORNING)
    life.is_read(by="Jo Lindqvist")
    life.moves({6: 34, 5: 20, 4: 8}, by="Jo Lindqvist")


def _left(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-34, _EVENING)
    life.asks()
    yield life.stage.at(-30, _MORNING)
    life.is_accepted()
    life.is_booked(-21, -14, -7, 0, 7, 28, wall=time(16))
    for number, day in ((1, -21), (2, -14)):
        yield life.stage.at(day - 1, _EVENING)
        life.sends(number, _FIVE[number - 1])
        yield life.stage.at(day, time(15))
        life.is_read("Talked about it.")
        yield life.stage.at(day, time(17))
        life.comes(number)
    yield life.stage.at(-10, _NIGHT)
    care.leave(person_id=life.person_id, by=life.me, at=clock.now())


def _completed(life: Life) -> Iterator[datetime]:
    days = (-77, -70, -63, -56, -49, -28)
    yield life.stage.at(-90, _EVENING)
    life.asks("University of Liverpool", gp="liverpool")
    yield life.stage.at(-85, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(*days, by="Jo Lindqvist", wall=time(10))
    for number, day in enumerate(days, start=1):
        yield life.stage.at(day - 1, _EVENING)
        life.sends(number, _SIXTH if number == 6 else _FIVE[number - 1])
        yield life.stage.at(day, time(9, 45))
        life.is_read("Read together.", "Jo Lindqvist")
        yield life.stage.at(day, time(11))
        life.comes(number, "Jo Lindqvist")
    yield life.stage.at(-27, _MORNING)
    episode = life.episode
    care.complete(
        episode_id=episode.id,
        seen_version=episode.version,
        by=life.stage.staff["Jo Lindqvist"],
        at=clock.now(),
    )


def _stopped(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-20, _EVENING)
    life.asks(forms="no")
    yield life.stage.at(-16, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(-5, 2, 9, 16, 23, 44, by="Jo Lindqvist", wall=time(15, 30))
    yield life.stage.at(-6, _EVENING)
    address = addresses.parse(life.student.address).value
    messaging.receive(address=address, body="STOP", provider_id=None, by=life.me, at=clock.now())
    yield life.stage.at(-5, time(17))
    life.comes(1, "Jo Lindqvist")


_STORIES: dict[str, Story] = {
    "late": _late,
    "waiting": _waiting,
    "other_college": _other_college,
    "under_18": _under_18,
    "signposted": _signposted,
    "took_back": _took_back,
    "accepted": _accepted,
    "not_started": _not_started,
    "begun": _begun,
    "sixth": _sixth,
    "acted": _acted,
    "left": _left,
    "completed": _completed,
    "stopped": _stopped,
}

_FIVE: list[list[int | None]] = [
    # a CORE-34, with one safety answer above "not at all" and one left out
    [3, 3, 1, 1, 3, 0, 1, 2, 2, 3, 2, 1, 3, 2, 2, 0, 3, 3, 2, 2, 2, 0, 3, None, 2, 2, 3, 2, 2, 3, 1, 1, 2, 1],
    [3, 2, 1, 3, 2, 0, 3, 2, 3, 2],
    [3, 2, 2, 3, 2, 1, 2, 2, 3, 2],
    [2, 2, 2, 2, 2, 0, 2, 2, 2, 2],
    [2, 2, 2, 2, 1, 0, 2, 2, 2, None],
]
_SIXTH: list[int | None] = [
    *(1, 2, 3, 2, 1, 0, 2, 1, 1, 1, 1, 2, 2, 1, 1, 0, 1, 2, 3, 1, 3, 0, 1, 0, 1, 1, 1, 1, 1, 2, 2, 2, 1, 0)
]
