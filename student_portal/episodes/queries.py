"""Sessions, their dates and the episode around them, as others read them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from student_portal.access.queries import Viewer, looked_after, require_sight, visible_people
from student_portal.episodes.models import (
    Booking,
    EpisodeOfCare,
    EpisodeState,
    Mode,
    ProgrammeStep,
    ProgrammeVersion,
    SessionState,
    TherapySession,
)
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound

__all__ = ["EpisodeFacts", "EpisodeState", "Mode", "SessionFacts", "SessionState", "Step"]

UNDATED = (SessionState.PLANNED, SessionState.MISSED)  # waiting for a date; a missed session keeps its number

_Sessions = Select[TherapySession, str, Booking]

# Sessions of any episode, each with where its episode stands and with its standing booking if it has one.
_STANDING = and_(col(Booking.session_id) == TherapySession.id, col(Booking.ended_at).is_(None))
_SESSIONS: _Sessions = (
    select(TherapySession, EpisodeOfCare.state, Booking)
    .join(EpisodeOfCare, col(EpisodeOfCare.id) == TherapySession.episode_id)
    .join(Booking, _STANDING, isouter=True)
)
_HERE = aliased(TherapySession)
_LATER = (
    _SESSIONS.join(_HERE, col(_HERE.episode_id) == TherapySession.episode_id)
    .where(col(TherapySession.number) > _HERE.number, col(TherapySession.definition_id).is_not(None))
    .order_by(col(TherapySession.number))
)


@dataclass(frozen=True)
class SessionFacts:
    """One numbered session as it stands; everything about its date is None while it has none.

    `has_ended`: the course is over, so that nobody reads what its student would send.
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
    place: str
    therapist_id: str | None
    has_ended: bool


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


@dataclass(frozen=True)
class Step:
    """One session of a programme: its number, the form before it, its usual distance in days."""

    number: int
    definition_id: str | None
    days_after_previous: int


def session(session_id: str) -> SessionFacts:
    """One session, for verbs and the worker that have settled who may know. Raises NotFound."""
    with db.read() as unit:
        for facts in _facts(unit, _SESSIONS.where(TherapySession.id == session_id)):
            return facts
    raise NotFound("session")


def one_session(viewer: Viewer, session_id: str) -> SessionFacts:
    """One session of a student whose record the viewer may open. Raises NotFound."""
    facts = session(session_id)
    require_sight(viewer, facts.person_id)
    return facts


def upcoming(at: datetime) -> list[SessionFacts]:
    """Every booked session of an open episode that starts after `at`, soonest first: the worker's list."""
    booked = _SESSIONS.where(
        EpisodeOfCare.state == EpisodeState.OPEN,
        TherapySession.state == SessionState.BOOKED,
        Booking.starts_at > at,
    )
    with db.read() as unit:
        return _facts(unit, booked.order_by(col(Booking.starts_at), col(TherapySession.id)))


def following(session_id: str) -> SessionFacts | None:
    """The next session of the same episode that has a form, dated or not: its opening closes this one's."""
    with db.read() as unit:
        found = _facts(unit, _LATER.where(_HERE.id == session_id).limit(1))
    return found[0] if found else None


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
        found = {facts.id: facts for facts in _facts(unit, seen)} if sessions else {}
    if set(sessions) - set(found):
        raise NotFound("session")
    return found


def sessions_of(episode_id: str) -> list[SessionFacts]:
    """All sessions of one episode by number, for verbs that have settled who may know."""
    wanted = _SESSIONS.where(TherapySession.episode_id == episode_id)
    with db.read() as unit:
        return _facts(unit, wanted.order_by(col(TherapySession.number)))


def next_session(viewer: Viewer, person_id: str) -> SessionFacts | None:
    """The student's next booked session that is not over yet, or None. Raises NotFound."""
    return coming(of_person(viewer, person_id), at=clock.now())


def coming(sessions: Iterable[SessionFacts], *, at: datetime) -> SessionFacts | None:
    """The first of these, in the order of their dates, that is booked and not over at that moment."""
    booked = (facts for facts in sessions if facts.state == SessionState.BOOKED)
    return next((facts for facts in booked if not is_over(facts, at=at)), None)


def of_person(viewer: Viewer, person_id: str) -> list[SessionFacts]:
    """The sessions of the student's newest episode by number; none before one is opened. Raises NotFound."""
    newest = newest_episode(viewer, person_id)
    return list(newest.sessions) if newest else []


def newest_episode(viewer: Viewer, person_id: str) -> EpisodeFacts | None:
    """The student's newest episode, open or not. Raises NotFound if the viewer may not see them."""
    require_sight(viewer, person_id)
    newest = select(EpisodeOfCare).where(EpisodeOfCare.person_id == person_id)
    with db.read() as unit:
        row = unit.exec(newest.order_by(col(EpisodeOfCare.id).desc())).first()
        return _with_sessions(unit, [row])[0] if row else None


def episode(viewer: Viewer, episode_id: str) -> EpisodeFacts:
    """One episode with its sessions. Raises NotFound."""
    with db.read() as unit:
        row = unit.get(EpisodeOfCare, episode_id)
        if row is None:
            raise NotFound("episode")
        require_sight(viewer, row.person_id)
        return _with_sessions(unit, [row])[0]


def of_therapist(viewer: Viewer) -> list[EpisodeFacts]:
    """The open episodes of the students this viewer looks after, oldest first."""
    seen = select(EpisodeOfCare).where(
        col(EpisodeOfCare.person_id).in_(looked_after(viewer)), EpisodeOfCare.state == EpisodeState.OPEN
    )
    with db.read() as unit:
        return _with_sessions(unit, unit.exec(seen.order_by(col(EpisodeOfCare.id))).all())


def opened_from(referral_id: str) -> str | None:
    """The id of the episode that came from this request, if it was accepted."""
    with db.read() as unit:
        return unit.exec(select(EpisodeOfCare.id).where(EpisodeOfCare.referral_id == referral_id)).first()


def therapist_busy(therapist_id: str, starts_at: datetime, ends_at: datetime) -> list[SessionFacts]:
    """This therapist's booked sessions that overlap the time from `starts_at` to `ends_at`."""
    before = _SESSIONS.where(
        Booking.therapist_id == therapist_id,
        TherapySession.state == SessionState.BOOKED,
        Booking.starts_at < ends_at,
    )
    with db.read() as unit:
        return [facts for facts in _facts(unit, before) if not is_over(facts, at=starts_at)]


def programme(programme_id: str | None = None) -> tuple[str, int, tuple[Step, ...]]:
    """A programme's id, usual minutes and steps; without an id, the one new episodes follow.

    Raises LookupError before one is set up.
    """
    with db.read() as unit:
        newest = select(ProgrammeVersion).order_by(col(ProgrammeVersion.number).desc())
        row = unit.get(ProgrammeVersion, programme_id) if programme_id else unit.exec(newest).first()
        if row is None:
            raise LookupError("no programme is set up: run the command 'migrate' first")
        steps = select(ProgrammeStep).where(ProgrammeStep.programme_id == row.id)
        found = unit.exec(steps.order_by(col(ProgrammeStep.number))).all()
        laid_out = (Step(step.number, step.definition_id, step.days_after_previous) for step in found)
        return row.id, row.minutes, tuple(laid_out)


def is_over(facts: SessionFacts, *, at: datetime) -> bool:
    """Whether the session's booked time has passed; False while it has no date."""
    if facts.starts_at is None or facts.minutes is None:
        return False
    return (at - facts.starts_at).total_seconds() >= facts.minutes * 60


def _facts(unit: Session, wanted: _Sessions) -> list[SessionFacts]:
    return [_joined(row, state, booking) for row, state, booking in unit.exec(wanted)]


def _joined(row: TherapySession, state: str, booking: Booking | None) -> SessionFacts:
    return SessionFacts(
        id=row.id,
        person_id=row.person_id,
        episode_id=row.episode_id,
        number=row.number,
        definition_id=row.definition_id,
        state=row.state,
        version=row.version,
        starts_at=booking.starts_at if booking else None,
        minutes=booking.minutes if booking else None,
        mode=booking.mode if booking else None,
        place=(booking.place or "") if booking else "",
        therapist_id=booking.therapist_id if booking else None,
        has_ended=state != EpisodeState.OPEN,
    )


def _with_sessions(unit: Session, rows: Iterable[EpisodeOfCare]) -> list[EpisodeFacts]:
    episodes = list(rows)
    wanted = _SESSIONS.where(col(TherapySession.episode_id).in_([row.id for row in episodes]))
    sessions = _facts(unit, wanted.order_by(col(TherapySession.number)))
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
