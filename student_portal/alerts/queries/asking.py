"""A student asked their therapist to talk about it next time: an alert without words, which says only that.

Asked, then read by the therapist ("We will talk about it"); it stands until a session has been held since.
Until it is read, the student can take it back.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight, therapist_of, visible_people
from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.alerts.queries.alerts import every_alert
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeState, SessionState
from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared

A_WISH = col(AnswerAlert.response_id).is_(None)


@dataclass(frozen=True)
class Asked:
    """One wish that stands, and whose it is to read. `read_at` and `read_by` are None until somebody has."""

    id: str
    person_id: str
    owner_id: str
    asked_at: datetime
    due_at: datetime
    read_at: datetime | None = None
    read_by: str | None = None


def asked_to_talk(viewer: Viewer, person_id: str) -> Asked | None:
    """The student's wish, while it stands. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    asked = _newest(person_id)
    if (
        asked
        and asked.read_at
        and any(
            facts.state is SessionState.ATTENDED and facts.starts_at and facts.starts_at > asked.asked_at
            for facts in episodes.of_person(viewer, person_id)
        )
    ):
        return None
    return asked


def _newest(person_id: str) -> Asked | None:
    """Their newest wish, unless it was taken back."""
    wish = next((row for row in every_alert(person_id) if row.response_id is None), None)
    if wish is None or wish.state == AlertState.TAKEN_BACK:
        return None
    read_at, read_by = next(iter(_readings(alert_id=wish.id)), (None, None))
    return Asked(wish.id, person_id, wish.owner_id, wish.raised_at, wish.due_at, read_at, read_by)


@prepared
def _readings(alert_id: str) -> Columns:
    read = columns(AlertEvent.at, AlertEvent.by).where(col(AlertEvent.alert_id) == alert_id)
    return read.where(col(AlertEvent.state) == AlertState.ACKNOWLEDGED)


def unread_wish(person_id: str) -> SelectOfScalar[AnswerAlert]:
    """Their wish that nobody has read yet, if there is one."""
    return select(AnswerAlert).where(
        A_WISH, AnswerAlert.person_id == person_id, AnswerAlert.state == AlertState.RAISED
    )


def unread_wishes(viewer: Viewer) -> list[Asked]:
    """What nobody has read yet of students whose records the viewer may open, soonest due first."""
    waiting = select(AnswerAlert).where(
        A_WISH,
        AnswerAlert.state == AlertState.RAISED,
        col(AnswerAlert.person_id).in_(visible_people(viewer)),
    )
    with db.read() as unit:
        rows = unit.exec(waiting.order_by(col(AnswerAlert.due_at), col(AnswerAlert.id)))
        return [Asked(row.id, row.person_id, row.owner_id, row.raised_at, row.due_at) for row in rows]


def whom_to_ask(viewer: Viewer, person_id: str, *, at: datetime) -> str | None:
    """The id of the therapist who would read it; None outside a course of sessions. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    is_open = episode is not None and episode.state == EpisodeState.OPEN
    return therapist_of(person_id, at=at) if is_open else None
