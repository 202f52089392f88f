"""Booking, moving and cancelling. A date is changed by ending its booking and adding another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from sqlmodel import col, select

from student_portal.access.queries import therapist_of
from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.episodes import queries
from student_portal.episodes.models import (
    Booking,
    EpisodeOfCare,
    EpisodeState,
    Mode,
    SessionEvent,
    SessionState,
    TherapySession,
)
from student_portal.episodes.service.telling import drop_texts, tell
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.settings import queries as settings


class Slot(NamedTuple):
    """One date asked for. `place` is a room, or how to join."""

    session_id: str
    starts_at: datetime
    minutes: int
    mode: Mode
    place: str = ""


class DateRefused(Refused):
    """A date that cannot be: why, and of which session number."""

    def __init__(self, code: str, number: int) -> None:
        super().__init__(code)
        self.number = number


class EndedWhy(StrEnum):
    """Why a booking stands no more."""

    MOVED = "moved"
    MISSED = "missed"
    BY_STUDENT = "cancelled by student"
    BY_STAFF = "cancelled by staff"
    LEFT = "left"


def book(*, bookings: Sequence[Slot], by: Actor, at: datetime) -> int:
    """Give one or more sessions of one episode their dates; gives how many are new.

    One act is one text, however many dates. Booking again what already stands so changes nothing. Raises
    NotFound, and Refused: "empty", "ended" (the episode), "other_episode", "booked" (already has another
    date), "past", "order" (a later number before an earlier one), "clash" (the therapist is busy then).
    """
    slots = [Slot(*slot) for slot in bookings]
    if not slots:
        raise Refused("empty")
    with db.write():
        episode = _open_episode(slots[0].session_id)
        new = [slot for slot in slots if not _stands_so(slot)]
        for slot in new:
            row = db.locked(TherapySession, slot.session_id)
            if row.episode_id != episode.id:
                raise Refused("other_episode")
            if row.state not in queries.UNDATED:
                raise DateRefused("booked", row.number)
            _put(row, slot, reason="booked", by=by, at=at)
        if new:
            _require_order(episode.id)
            tell("booked", new[0].session_id, by=by, at=at)
        return len(new)


def move(*, slot: Slot, seen_version: int, by: Actor, at: datetime) -> None:
    """Give a booked session another date, length, way or place.

    Moving to where it already stands changes nothing. Raises NotFound, Conflict, and Refused as `book`, or
    "not_booked".
    """
    with db.write():
        _open_episode(slot.session_id)
        if _stands_so(slot):
            return
        row = db.locked(TherapySession, slot.session_id)
        db.expect(seen_version, row.version)
        if row.state != SessionState.BOOKED:
            raise Refused("not_booked")
        end_booking(row.id, EndedWhy.MOVED, at=at)
        _put(row, slot, reason="moved", by=by, at=at)
        _require_order(row.episode_id)
        drop_texts(row.id, reason="moved", by=by, at=at)
        tell("changed", row.id, by=by, at=at)


def cancel(*, session_id: str, by_student: bool, seen_version: int, by: Actor, at: datetime) -> None:
    """Take a session's date away; its number stays for the next one.

    `by_student`: they asked for it. Raises NotFound, Conflict, and Refused("not_booked").
    """
    with db.write():
        row = db.locked(TherapySession, session_id)
        db.expect(seen_version, row.version)
        if row.state != SessionState.BOOKED:
            raise Refused("not_booked")
        free(row, EndedWhy.BY_STUDENT if by_student else EndedWhy.BY_STAFF, by=by, at=at)
        tell("changed", row.id, by=by, at=at)


def free(row: TherapySession, why: EndedWhy, *, by: Actor, at: datetime) -> None:
    """Bring a booked session back to having no date, and drop what was to be sent about it."""
    end_booking(row.id, why, at=at)
    into(row, SessionState.PLANNED, reason=why, by=by, at=at)
    drop_texts(row.id, reason="cancelled", by=by, at=at)


def end_booking(session_id: str, why: EndedWhy, *, at: datetime) -> None:
    """End the standing booking, if there is one; the row stays."""
    with db.write() as unit:
        standing = select(Booking).where(Booking.session_id == session_id, col(Booking.ended_at).is_(None))
        for booking in unit.exec(standing):
            booking.ended_at = at
            booking.ended_why = why
        unit.flush()  # before another is added: at most one may stand


def into(row: TherapySession, state: SessionState, *, reason: str, by: Actor, at: datetime) -> None:
    """Bring a session into a state, with its history row and its line in the activity log."""
    with db.write() as unit:
        row.state = state
        row.version += 1
        unit.add(SessionEvent(session_id=row.id, state=state, at=at, by=by.person_id, reason=reason))
        audit.record(
            verb=f"episodes.session_{state}",
            subject=("session", row.id),
            by=by,
            at=at,
            person_id=row.person_id,
            detail={"reason": reason},
        )


def _open_episode(session_id: str) -> EpisodeOfCare:
    """The session's episode, held, so that two booking acts on it follow one another."""
    episode = db.locked(EpisodeOfCare, queries.session(session_id).episode_id)
    if episode.state != EpisodeState.OPEN:
        raise Refused("ended")
    return episode


def _stands_so(slot: Slot) -> bool:
    facts = queries.session(slot.session_id)
    stands = (facts.starts_at, facts.minutes, facts.mode, facts.place)
    return facts.state == SessionState.BOOKED and stands == tuple(slot[1:])


def _put(row: TherapySession, slot: Slot, *, reason: str, by: Actor, at: datetime) -> None:
    """Add the booking, once nothing speaks against it."""
    if slot.starts_at <= at:
        raise DateRefused("past", row.number)
    therapist_id = therapist_of(row.person_id, at=at)
    if therapist_id is None:
        raise Refused("ended")
    if queries.therapist_busy(therapist_id, slot.starts_at, slot.starts_at + timedelta(minutes=slot.minutes)):
        raise DateRefused("clash", row.number)
    end_booking(row.id, EndedWhy.MISSED, at=at)
    with db.write() as unit:
        booking = Booking(
            session_id=row.id,
            therapist_id=therapist_id,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            mode=slot.mode,
            booked_at=at,
            booked_by=by.person_id,
        )
        booking.place = slot.place or None
        unit.add(booking)
        into(row, SessionState.BOOKED, reason=reason, by=by, at=at)
        unit.flush()
    # No form can be sent later than this; a link in a text already sent follows its session.
    last = slot.starts_at + timedelta(days=settings.current().late_days)
    accounts.redate_links(about=row.id, closes_at=last, by=by, at=at)


def _require_order(episode_id: str) -> None:
    """Dates follow the numbers. Raises DateRefused("order")."""
    dated = [facts for facts in queries.sessions_of(episode_id) if facts.starts_at]
    for earlier, later in pairwise(dated):
        if earlier.starts_at and later.starts_at and later.starts_at <= earlier.starts_at:
            raise DateRefused("order", later.number)
