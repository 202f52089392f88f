"""Raising an alert, again if its form is changed; reading it; saying what was done. Every step is kept."""

from datetime import datetime

from sqlmodel import col, select

from student_portal.alerts.asking import ask_to_talk, take_back, will_talk
from student_portal.alerts.due import due_at
from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.alerts.queries import AnswerFacts, Said, pack
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, Refused
from student_portal.settings import queries as settings

__all__ = [
    "AnswerFacts", "Said", "acknowledge", "act", "ask_to_talk", "change_alert", "raise_alert", "take_back",
    "will_talk",
]  # fmt: skip


def raise_alert(
    *,
    person_id: str,
    response_id: str,
    session_id: str,
    owner_id: str,
    facts: AnswerFacts,
    sent_at: datetime,
    starts_at: datetime,
    by: Actor,
    at: datetime,
) -> str:
    """Make the one alert of a sent form, and its owner's task; gives its id.

    `owner_id` must read it; `starts_at` is where the session stands. The same form again gives the same
    alert.
    """
    with db.write():
        alert = AnswerAlert(
            service_id=by.service_id,
            person_id=person_id,
            response_id=response_id,
            session_id=session_id,
            owner_id=owner_id,
            raised_at=sent_at,
            due_at=_due(sent_at, starts_at, at=at),
        )
        alert.facts = pack(facts)
        standing = db.add_unless(select(AnswerAlert).where(AnswerAlert.response_id == response_id), alert)
        if standing is alert:
            _into(alert, AlertState.RAISED, by=by, at=at)
            _ask_owner(alert, by=by, at=at)
        return standing.id


def _due(sent_at: datetime, starts_at: datetime, *, at: datetime) -> datetime:
    return due_at(sent_at, starts_at, settings.current().alert_working_hours, duty.calendar(at))


def change_alert(
    *,
    person_id: str,
    response_id: str,
    session_id: str,
    owner_id: str,
    facts: AnswerFacts,
    rouses: bool,
    sent_at: datetime,
    starts_at: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """The student changed a sent form: its one alert now shows then and now.

    `response_id` is the form as first sent, `sent_at` when the change was. `rouses`: an answer is above "not
    at all" that was another before; then the same alert is to be read again, or raised if there was none.
    Without it an alert stays where it stands: a "not at all" beside what it was before reassures nobody.
    """
    with db.write() as unit:
        key = unit.exec(select(AnswerAlert.id).where(AnswerAlert.response_id == response_id)).first()
        if key:
            alert = db.locked(AnswerAlert, key)
            alert.facts = pack(facts)
            alert.version += 1
            _record("changed", alert, by=by, at=at)
            if rouses:
                _rouse(alert, owner_id, _due(sent_at, starts_at, at=at), by=by, at=at)
        elif rouses:
            raise_alert(
                person_id=person_id,
                response_id=response_id,
                session_id=session_id,
                owner_id=owner_id,
                facts=facts,
                sent_at=sent_at,
                starts_at=starts_at,
                by=by,
                at=at,
            )


def _rouse(alert: AnswerAlert, owner_id: str, due: datetime, *, by: Actor, at: datetime) -> None:
    """To be read once more, by whoever looks after the student now. What is still unread gains no time."""
    if alert.state == AlertState.RAISED:
        alert.due_at = min(alert.due_at, due)
    else:
        alert.due_at, alert.owner_id = due, owner_id
    _into(alert, AlertState.RAISED, by=by, at=at)
    _ask_owner(alert, by=by, at=at)


def _ask_owner(alert: AnswerAlert, *, by: Actor, at: datetime) -> None:
    tasks.raise_task(
        kind=duty.TaskKind.ANSWER_TO_READ,
        subject=("alert", alert.id),
        person_id=alert.person_id,
        owner_id=alert.owner_id,
        due_at=alert.due_at,
        by=by,
        at=at,
    )


def acknowledge(*, alert_id: str, by: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Somebody has read it. Doing so again, or after acting, changes nothing.

    `seen_version` is that of the alert on their page. Raises NotFound, and Conflict if the student has
    changed an answer since: nobody has read that yet.
    """
    with db.write():
        alert = db.locked(AnswerAlert, alert_id)
        if alert.state != AlertState.RAISED:
            return
        if seen_version not in (None, alert.version):
            raise Conflict
        _into(alert, AlertState.ACKNOWLEDGED, by=by, at=at)
        tasks.finish_task(kind=duty.TaskKind.ANSWER_TO_READ, subject_id=alert.id, note="", by=by, at=at)


def act(*, alert_id: str, note: str, by: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Record what was done, in words; whoever did something has read it. May be added to; the same words
    twice running are a button pressed twice.

    Raises as `acknowledge`, and Refused("empty") without words.
    """
    if not note.strip():
        raise Refused("empty")
    with db.write():
        acknowledge(alert_id=alert_id, seen_version=seen_version, by=by, at=at)
        alert = db.locked(AnswerAlert, alert_id)
        if _last_step(alert) != (AlertState.ACTED, by.person_id, note.strip()):
            _into(alert, AlertState.ACTED, by=by, at=at, note=note.strip())


def _last_step(alert: AnswerAlert) -> tuple[AlertState, str | None, str] | None:
    steps = select(AlertEvent).where(AlertEvent.alert_id == alert.id).order_by(col(AlertEvent.id).desc())
    with db.read() as unit:
        last = unit.exec(steps).first()
        return (last.state, last.by, last.note or "") if last else None


def _into(alert: AnswerAlert, state: AlertState, *, by: Actor, at: datetime, note: str = "") -> None:
    """Bring the alert into a state and keep the step."""
    with db.write() as unit:
        alert.state = state
        alert.version += 1
        event = AlertEvent(alert_id=alert.id, state=state, at=at, by=by.person_id)
        event.note = note or None
        unit.add(event)
        unit.flush()
        _record(state, alert, by=by, at=at)


def _record(step: str, alert: AnswerAlert, *, by: Actor, at: datetime) -> None:
    audit.record(verb=f"alerts.{step}", subject=("alert", alert.id), by=by, at=at, person_id=alert.person_id)
