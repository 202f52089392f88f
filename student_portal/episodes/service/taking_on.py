"""An episode that began before the portal: its sessions so far, as staff enter them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import NamedTuple

from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.episodes import queries
from student_portal.episodes.models import Booking, Mode, SessionState, TherapySession
from student_portal.episodes.service.dates import DateRefused, into
from student_portal.episodes.service.opening import begin
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Refused

NOON = time(12)  # only the day is known


class Held(NamedTuple):
    """One session before the portal, and the day on which they met."""

    number: int
    on: date


def take_over(*, referral_id: str, person_id: str, held: Sequence[Held], by: Viewer, at: datetime) -> str:
    """Begin the episode of a student whom this therapist sees already; gives the episode's id.

    Raises DateRefused("past") for a session that is still to come, DateRefused("order") when the dates do not
    follow the numbers, and Refused("number") for a session that the programme does not have or named twice.
    """
    _must_follow(held, at)
    with db.write():
        first = clock.in_london(held[0].on, NOON) if held else at
        episode_id = begin(person_id, referral_id, by, at, since=first)
        access.begin_care(
            person_id=person_id, kind=access.CareKind.THERAPY, staff_id=by.person_id, by=by, at=at
        )
        sessions = {facts.number: facts.id for facts in queries.sessions_of(episode_id)}
        for one in held:
            if one.number not in sessions:
                raise Refused("number")
            _went(sessions[one.number], one, by=by, at=at)
        audit.record(
            verb="episodes.take_over",
            subject=("episode", episode_id),
            by=by,
            at=at,
            person_id=person_id,
            detail={"held": [one.number for one in held]},
        )
        return episode_id


def _must_follow(held: Sequence[Held], at: datetime) -> None:
    for one in held:
        if one.on >= clock.london(at).date():
            raise DateRefused("past", one.number)
    for earlier, later in pairwise(held):
        if later.number <= earlier.number:
            raise Refused("number")
        if later.on <= earlier.on:
            raise DateRefused("order", later.number)


def _went(session_id: str, one: Held, *, by: Actor, at: datetime) -> None:
    """The session's booking on that day, at which they met. Only the day is known; it stands at noon."""
    _programme_id, minutes, _steps = queries.programme()
    row = db.locked(TherapySession, session_id)
    with db.write() as unit:
        unit.add(
            Booking(
                session_id=session_id,
                therapist_id=str(by.person_id),
                starts_at=clock.in_london(one.on, NOON),
                minutes=minutes,
                mode=Mode.CAMPUS,
                booked_at=at,
                booked_by=by.person_id,
            )
        )
    into(row, SessionState.ATTENDED, reason="before the portal", by=by, at=at)
