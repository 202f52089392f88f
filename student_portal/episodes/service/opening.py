"""From an accepted request to an episode with its numbered sessions."""

from datetime import datetime

from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import service as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import queries
from student_portal.episodes.models import (
    EpisodeEvent,
    EpisodeOfCare,
    EpisodeState,
    SessionEvent,
    SessionState,
    TherapySession,
)
from student_portal.foundation import db
from student_portal.referral import service as referral


def open_from_referral(
    *, referral_id: str, therapist_id: str, seen_version: int, by: Viewer, at: datetime
) -> str:
    """Accept a request and begin its episode with one therapist; gives the episode's id.

    Pressing the button twice opens one. Raises NotFound, and Conflict if somebody decided otherwise since.
    """
    with db.write():
        opened = queries.opened_from(referral_id)
        if opened:
            return queries.episode(by, opened).id
        person_id = referral.accept(referral_id=referral_id, seen_version=seen_version, by=by, at=at)
        episode_id = begin(person_id, referral_id, by, at)
        access.begin_care(
            person_id=person_id, kind=access.CareKind.THERAPY, staff_id=therapist_id, by=by, at=at
        )
        access.end_care(person_id=person_id, kind=access.CareKind.TRIAGE, by=by, at=at)
        duty.finish_task(kind=TaskKind.NEW_REFERRAL, subject_id=referral_id, note="", by=by, at=at)
        audit.record(
            verb="episodes.open",
            subject=("episode", episode_id),
            by=by,
            at=at,
            person_id=person_id,
            detail={"referral": referral_id, "therapist": therapist_id},
        )
        return episode_id


def begin(person_id: str, referral_id: str, by: Actor, at: datetime, *, since: datetime | None = None) -> str:
    """The rows of the episode and its sessions, none of which has a date yet. `since`: it began earlier."""
    programme_id, _minutes, steps = queries.programme()
    with db.write() as unit:
        episode = EpisodeOfCare(
            service_id=by.service_id,
            person_id=person_id,
            referral_id=referral_id,
            programme_id=programme_id,
            opened_at=since or at,
            state=EpisodeState.OPEN,
        )
        unit.add(episode)
        unit.flush()
        unit.add(EpisodeEvent(episode_id=episode.id, state=EpisodeState.OPEN, at=at, by=by.person_id))
        for step in steps:
            session = TherapySession(
                service_id=by.service_id,
                episode_id=episode.id,
                person_id=person_id,
                number=step.number,
                definition_id=step.definition_id,
            )
            unit.add(session)
            unit.flush()
            planned = SessionState.PLANNED
            unit.add(SessionEvent(session_id=session.id, state=planned, at=at, by=by.person_id))
        return episode.id
