"""Raising the alert of a sent form, and again when the student changes it; raising a wish to talk."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.alerts.due import due_at, in_time
from student_portal.alerts.models import AlertHandOver, AlertState, AnswerAlert
from student_portal.alerts.queries import AnswerFacts, pack
from student_portal.alerts.queries.asking import unread_wish
from student_portal.alerts.service.record import into, record
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import db
from student_portal.settings import queries as settings


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
        same_form = select(AnswerAlert).where(AnswerAlert.response_id == response_id)
        return _stand(alert, same_form, by=by, at=at)


def _due(sent_at: datetime, starts_at: datetime, *, at: datetime) -> datetime:
    return due_at(sent_at, starts_at, settings.current().alert_working_hours, duty.calendar(at))


def _stand(alert: AnswerAlert, same: SelectOfScalar[AnswerAlert], *, by: Actor, at: datetime) -> str:
    """Keep it and ask its owner to read it, unless the same stands already; gives the id of the one."""
    standing = db.add_unless(same, alert)
    if standing is alert:
        into(alert, AlertState.RAISED, by=by, at=at)
        _ask_owner(alert, by=by, at=at)
    return standing.id


def raise_wish(*, person_id: str, owner_id: str, starts_at: datetime | None, by: Actor, at: datetime) -> None:
    """The student asked to talk; `owner_id` must read it. One that nobody has read is not raised again.

    `starts_at`: their next session, if one is booked. There it comes up by itself, so however soon it is,
    nobody else is told before.
    """
    hours, calendar = settings.current().alert_working_hours, duty.calendar(at)
    with db.write():
        wish = AnswerAlert(
            service_id=by.service_id,
            person_id=person_id,
            owner_id=owner_id,
            raised_at=at,
            due_at=in_time(at, starts_at, hours, calendar),
        )
        _stand(wish, unread_wish(person_id), by=by, at=at)


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
            record("changed", alert, by=by, at=at)
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
        alert.raising += 1
        alert.due_at = due
        _belongs_to(owner_id, alert, by=by, at=at)
    into(alert, AlertState.RAISED, by=by, at=at)
    _ask_owner(alert, by=by, at=at)


def _belongs_to(owner_id: str, alert: AnswerAlert, *, by: Actor, at: datetime) -> None:
    if owner_id != alert.owner_id:
        with db.write() as unit:
            unit.add(
                AlertHandOver(
                    alert_id=alert.id, from_id=alert.owner_id, to_id=owner_id, at=at, by=by.person_id,
                    why="raised_again",
                )
            )  # fmt: skip
        alert.owner_id = owner_id


def _ask_owner(alert: AnswerAlert, *, by: Actor, at: datetime) -> None:
    tasks.raise_task(
        kind=alert.task_kind,
        subject=("alert", alert.id),
        person_id=alert.person_id,
        owner_id=alert.owner_id,
        due_at=alert.due_at,
        by=by,
        at=at,
    )
