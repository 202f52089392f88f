"""How an episode ends: completed by the therapist, or left by the student. Never by the machine."""

from datetime import datetime

from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Viewer, require_sight, therapist_of
from student_portal.accounts import service as accounts
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.consent import queries as consents
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.duty import queries as tasks
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind, calendar
from student_portal.episodes import queries
from student_portal.episodes.models import (
    EpisodeEvent,
    EpisodeOfCare,
    EpisodeState,
    SessionState,
    TherapySession,
)
from student_portal.episodes.service.dates import EndedWhy, free
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound, Refused
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.referral import service as referral

HUMANE_CONTACT_HOURS = 16  # working hours, about two days: one kind contact, not a chase


def complete(*, episode_id: str, seen_version: int, by: Viewer, at: datetime) -> None:
    """The therapist ends the course; from then on the record is closed to them.

    Raises NotFound, Conflict, Refused("ended"), Refused("booked") while a session still stands as booked,
    and Refused("unread") while answers wait to be read.
    """
    with db.write():
        episode = db.locked(EpisodeOfCare, episode_id)
        db.expect(seen_version, episode.version)
        if episode.state != EpisodeState.OPEN:
            raise Refused("ended")
        if any(facts.state == SessionState.BOOKED for facts in queries.sessions_of(episode_id)):
            raise Refused("booked")
        _require_read(episode.person_id)
        _end(episode, EpisodeState.COMPLETED, reason="completed", by=by, at=at)
        for kind in (access.CareKind.THERAPY, access.CareKind.COVER):
            access.end_care(person_id=episode.person_id, kind=kind, by=by, at=at)


def leave(*, person_id: str, by: Viewer, at: datetime) -> None:
    """The student withdraws from the service: dates, texts and links end; one person gets in touch once.

    Whoever could open the record keeps that for the one contact. Leaving twice changes nothing more, and
    where nothing was going on any more nobody gets in touch. Raises NotFound for another student.
    """
    require_sight(by, person_id)
    with db.write():
        if not consents.allows(Scope.SERVICE, "", person_id, at):
            return
        consent.record(person_id=person_id, scope=Scope.SERVICE, decision=Decision.WITHDRAWN, by=by, at=at)
        owner_id = therapist_of(person_id, at=at)
        had_request = referral.withdraw(person_id=person_id, by=by, at=at)
        had_sessions = _leave_sessions(person_id, by=by, at=at)
        accounts.end_links_of(person_id=person_id, by=by, at=at)
        for channel in Channel:
            messaging.drop_for(recipient_id=person_id, channel=channel, reason="left", by=by, at=at)
        if had_request or had_sessions:
            duty.raise_task(
                kind=TaskKind.HUMANE_CONTACT,
                subject=("person", person_id),
                person_id=person_id,
                owner_id=owner_id,
                due_at=calendar(at).after(at, HUMANE_CONTACT_HOURS),
                by=by,
                at=at,
            )


def _leave_sessions(person_id: str, *, by: Actor, at: datetime) -> bool:
    """End the open episode, if there is one: sessions to come lose their date, those that began keep it."""
    open_one = select(EpisodeOfCare).where(
        EpisodeOfCare.person_id == person_id, EpisodeOfCare.state == EpisodeState.OPEN
    )
    with db.write() as unit:
        episode = unit.exec(open_one.with_for_update()).first()
        if episode is None:
            return False
        for facts in queries.sessions_of(episode.id):
            if facts.state == SessionState.BOOKED and facts.starts_at and facts.starts_at > at:
                free(db.locked(TherapySession, facts.id), EndedWhy.LEFT, by=by, at=at)
        _end(episode, EpisodeState.LEFT, reason="student", by=by, at=at)
        return True


def contacted(*, person_id: str, note: str, by: Viewer, at: datetime) -> None:
    """The one contact after leaving was made, or could not be; the record closes.

    Raises Refused("empty"), Refused("unread") while answers wait to be read, and NotFound for a student who
    did not leave: their record must not close.
    """
    if not note.strip():
        raise Refused("empty")
    with db.write():
        if tasks.task_for(TaskKind.HUMANE_CONTACT, person_id) is None:
            raise NotFound("task")
        _require_read(person_id)
        duty.finish_task(kind=TaskKind.HUMANE_CONTACT, subject_id=person_id, note=note.strip(), by=by, at=at)
        for kind in access.CareKind:
            access.end_care(person_id=person_id, kind=kind, by=by, at=at)


def _require_read(person_id: str) -> None:
    """Nobody could open an answer or a wish to talk once the record closes, whoever's it is.

    Raises Refused("unread").
    """
    if any(tasks.is_waiting(kind, person_id) for kind in (TaskKind.ANSWER_TO_READ, TaskKind.ASKED_TO_TALK)):
        raise Refused("unread")


def _end(episode: EpisodeOfCare, state: EpisodeState, *, reason: str, by: Actor, at: datetime) -> None:
    with db.write() as unit:
        episode.state = state
        episode.version += 1
        unit.add(EpisodeEvent(episode_id=episode.id, state=state, at=at, by=by.person_id, reason=reason))
        audit.record(
            verb=f"episodes.{state}",
            subject=("episode", episode.id),
            by=by,
            at=at,
            person_id=episode.person_id,
        )
