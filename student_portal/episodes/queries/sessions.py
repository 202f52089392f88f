"""Sessions, their dates and the episode around them, as others read them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from student_portal.access.queries import Viewer, looked_after, require_sight, visible_people
from student_portal.episodes.models import (
    Booking,
    EpisodeOfCare,
    EpisodeState,
    Mode,
    SessionState,
    TherapySession,
)
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound
from student_portal.foundation.prepared import Columns, Plain, columns, prepared, prepared_as

UNDATED = (SessionState.PLANNED, SessionState.MISSED)  # waiting for a date; a missed session keeps its number

# Sessions of any episode, each with where its episode stands and with its standing booking if it has one: the
# columns of `SessionFacts`.
_STANDING = and_(col(Booking.session_id) == TherapySession.id, col(Booking.ended_at).is_(None))
_SESSIONS = (
    columns(
        TherapySession.id,
        TherapySession.person_id,
        TherapySession.episode_id,
        TherapySession.number,
        TherapySession.definition_id,
        TherapySession.state,
        TherapySession.version,
        Booking.starts_at,
        Booking.minutes,
        Booking.mode,
        Booking.place_sealed,
        col(Booking.id).label("booking_id"),
        Booking.therapist_id,
        col(EpisodeOfCare.state).label("course"),
    )
    .select_from(TherapySession)
    .join(EpisodeOfCare, col(EpisodeOfCare.id) == TherapySession.episode_id)
    .join(Booking, _STANDING, isouter=True)
)
_EPISODE = (
    EpisodeOfCare.id,
    EpisodeOfCare.person_id,
    EpisodeOfCare.referral_id,
    EpisodeOfCare.programme_id,
    EpisodeOfCare.opened_at,
    EpisodeOfCare.state,
    EpisodeOfCare.version,
)
_HERE = aliased(TherapySession)
_LATER = (
    _SESSIONS.join(_HERE, col(_HERE.episode_id) == TherapySession.episode_id)
    .where(col(TherapySession.number) > col(_HERE.number), col(TherapySession.definition_id).is_not(None))
    .order_by(col(TherapySession.number))
)


class SessionFacts(NamedTuple):
    """One numbered session as it stands; everything about its date is None while it has none. `course`: where
    its episode stands.
    """

    id: str
    person_id: str
    episode_id: str
    number: int
    definition_id: str | None
    state: SessionState
    version: int
    starts_at: datetime | None
    minutes: int | None
    mode: Mode | None
    place_sealed: bytes | None
    booking_id: str | None
    therapist_id: str | None
    course: EpisodeState

    @property
    def place(self) -> str:
        """Where they meet; empty: not said."""
        return Booking.place.opened(self.place_sealed, self.booking_id or "")

    @property
    def has_ended(self) -> bool:
        """Whether the course is over, so that nobody reads what its student would send."""
        return self.course != EpisodeState.OPEN


@dataclass(frozen=True)
class EpisodeFacts:
    """One course of sessions, with its sessions in the order of their numbers."""

    id: str
    person_id: str
    referral_id: str
    programme_id: str
    opened_at: datetime
    state: EpisodeState
    version: int
    sessions: tuple[SessionFacts, ...]


def session(session_id: str) -> SessionFacts:
    """One session, for verbs and the worker that have settled who may know. Raises NotFound."""
    for facts in _session(session_id=session_id):
        return facts
    raise NotFound("session")


@prepared_as(SessionFacts)
def _session(session_id: str) -> Columns:
    return _SESSIONS.where(col(TherapySession.id) == session_id)


def one_session(viewer: Viewer, session_id: str) -> SessionFacts:
    """One session of a student whose record the viewer may open. Raises NotFound."""
    facts = session(session_id)
    require_sight(viewer, facts.person_id)
    return facts


def upcoming(at: datetime) -> list[SessionFacts]:
    """Every booked session of an open episode that starts after `at`, soonest first: the worker's list."""
    to_come = select(Booking.session_id).where(col(Booking.starts_at) > at, col(Booking.ended_at).is_(None))
    dated = _SESSIONS.where(col(TherapySession.id).in_(to_come))
    with db.read() as unit:
        found = _read(unit.execute(dated.order_by(col(Booking.starts_at), col(TherapySession.id))))
    # Chosen here: asked for the open ones, SQLite walks over every open course, and not by the date.
    return [facts for facts in found if facts.state == SessionState.BOOKED and not facts.has_ended]


def following(session_id: str) -> SessionFacts | None:
    """The next session of the same episode that has a form, dated or not: its opening closes this one's."""
    return next(iter(_after(session_id=session_id)), None)


@prepared_as(SessionFacts)
def _after(session_id: str) -> Columns:
    return _LATER.where(col(_HERE.id) == session_id).limit(1)


def after(facts: SessionFacts, sessions: Iterable[SessionFacts]) -> SessionFacts | None:
    """`following`, for a caller that holds all sessions of the episode in the order of their numbers."""
    later = (each for each in sessions if each.number > facts.number and each.definition_id is not None)
    return next(later, None)


def each_session(viewer: Viewer, sessions: Collection[str]) -> dict[str, SessionFacts]:
    """Several sessions by their ids. Raises NotFound if the viewer may not see one of them."""
    seen = _SESSIONS.where(
        col(TherapySession.id).in_(sessions), col(TherapySession.person_id).in_(visible_people(viewer))
    )
    with db.read() as unit:
        found = {facts.id: facts for facts in _read(unit.execute(seen))} if sessions else {}
    if set(sessions) - set(found):
        raise NotFound("session")
    return found


def sessions_of(episode_id: str) -> list[SessionFacts]:
    """All sessions of one episode by number, for verbs that have settled who may know."""
    return _sessions(episodes=[episode_id])


@prepared_as(SessionFacts)
def _sessions(episodes: Collection[str]) -> Columns:
    wanted = _SESSIONS.where(col(TherapySession.episode_id).in_(episodes))
    return wanted.order_by(col(TherapySession.number))


def next_session(viewer: Viewer, person_id: str) -> SessionFacts | None:
    """The student's next booked session that is not over yet, or None. Raises NotFound."""
    return coming(of_person(viewer, person_id), at=clock.now())


def coming(sessions: Iterable[SessionFacts], *, at: datetime) -> SessionFacts | None:
    """The first of these, in the order of their dates, that is booked and not over at that moment."""
    booked = (facts for facts in sessions if facts.state == SessionState.BOOKED)
    return next((facts for facts in booked if not is_over(facts, at=at)), None)


def placed(sessions: Sequence[SessionFacts]) -> list[SessionFacts]:
    """Those of a course that have a place in time: each with a date, and what comes after the last of them.

    One that lost its date between two others is not drawn there.
    """
    last_dated = max((facts.number for facts in sessions if facts.starts_at), default=0)
    return [facts for facts in sessions if facts.starts_at or facts.number > last_dated]


def of_person(viewer: Viewer, person_id: str) -> list[SessionFacts]:
    """The sessions of the student's newest episode by number; none before one is opened. Raises NotFound."""
    newest = newest_episode(viewer, person_id)
    return list(newest.sessions) if newest else []


def newest_episode(viewer: Viewer, person_id: str) -> EpisodeFacts | None:
    """The student's newest episode, open or not. Raises NotFound if the viewer may not see them."""
    require_sight(viewer, person_id)
    newest = _episodes(person_id=person_id)[:1]
    return _with_sessions(newest)[0] if newest else None


@prepared
def _episodes(person_id: str) -> Columns:
    """A student's episodes, newest first."""
    theirs = columns(*_EPISODE).where(col(EpisodeOfCare.person_id) == person_id)
    return theirs.order_by(col(EpisodeOfCare.id).desc())


def episode(viewer: Viewer, episode_id: str) -> EpisodeFacts:
    """One episode with its sessions. Raises NotFound."""
    with db.read() as unit:
        row = unit.get(EpisodeOfCare, episode_id)
        if row is None:
            raise NotFound("episode")
        require_sight(viewer, row.person_id)
        return _with_sessions([row])[0]


def of_therapist(viewer: Viewer) -> list[EpisodeFacts]:
    """The open episodes of the students this viewer looks after, oldest first."""
    theirs = columns(*_EPISODE).where(col(EpisodeOfCare.person_id).in_(looked_after(viewer)))
    with db.read() as unit:
        rows = unit.execute(theirs.order_by(col(EpisodeOfCare.id))).all()
    # Chosen here: asked for the open ones, SQLite walks over everybody's.
    return _with_sessions([row for row in rows if row.state == EpisodeState.OPEN])


def opened_from(referral_id: str) -> str | None:
    """The id of the episode that came from this request, if it was accepted."""
    with db.read() as unit:
        return unit.exec(select(EpisodeOfCare.id).where(EpisodeOfCare.referral_id == referral_id)).first()


def therapist_busy(therapist_id: str, starts_at: datetime, ends_at: datetime) -> list[SessionFacts]:
    """This therapist's booked sessions that overlap the time from `starts_at` to `ends_at`."""
    before = _SESSIONS.where(
        col(Booking.therapist_id) == therapist_id,
        col(TherapySession.state) == SessionState.BOOKED,
        col(Booking.starts_at) < ends_at,
    )
    with db.read() as unit:
        found = _read(unit.execute(before))
    return [facts for facts in found if not is_over(facts, at=starts_at)]


def is_over(facts: SessionFacts, *, at: datetime) -> bool:
    """Whether the session's booked time has passed; False while it has no date."""
    if facts.starts_at is None or facts.minutes is None:
        return False
    return (at - facts.starts_at).total_seconds() >= facts.minutes * 60


def _read(rows: Iterable[Row[Any]]) -> list[SessionFacts]:
    return [SessionFacts._make(row) for row in rows]


def _with_sessions(episodes: Sequence[EpisodeOfCare | Plain | Row[Any]]) -> list[EpisodeFacts]:
    ids = [row.id for row in episodes]
    sessions = _sessions(episodes=ids) if ids else []
    return [
        EpisodeFacts(
            id=row.id,
            person_id=row.person_id,
            referral_id=row.referral_id,
            programme_id=row.programme_id,
            opened_at=row.opened_at,
            state=row.state,
            version=row.version,
            sessions=tuple(facts for facts in sessions if facts.episode_id == row.id),
        )
        for row in episodes
    ]
