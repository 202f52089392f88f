"""Alerts as their readers see them: words, times and who did what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer, require_sight, visible_people
from student_portal.alerts.models import AlertEvent, AlertState, AnswerAlert
from student_portal.duty.queries import TaskKind
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.foundation.prepared import prepared_rows

OF_A_FORM = col(AnswerAlert.response_id).is_not(None)
"""Leaves out the wishes to talk, which `queries/asking.py` reads."""


@dataclass(frozen=True)
class Said:
    """One safety item and the label the student ticked; None: not answered. `before` is the last form's.

    `earlier`: what the same form said of it before the student changed it, oldest first; empty: unchanged.
    """

    item: int
    words: str
    chosen: str | None
    before: str | None = None
    was_asked_before: bool = False
    earlier: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class AnswerFacts:
    """What measures hands over at Send, in words: never a number that could be read as a level.

    `form` is the label people know, such as "CORE-34". `above` holds the items answered above "not at all",
    now or before the student changed them; `unanswered` those left blank, `others` the remaining safety
    items; each in the order of the form. `changed_at`: when the student last changed what they had sent.
    """

    form: str
    above: tuple[Said, ...]
    unanswered: tuple[Said, ...] = ()
    others: tuple[Said, ...] = ()
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Step:
    """One thing that happened to an alert."""

    state: AlertState
    at: datetime
    by: str | None
    note: str


@dataclass(frozen=True)
class AlertView:
    """One alert, opened."""

    id: str
    person_id: str
    response_id: str
    session_id: str
    owner_id: str
    raised_at: datetime
    due_at: datetime
    state: AlertState
    version: int
    facts: AnswerFacts
    steps: tuple[Step, ...]

    @property
    def is_read(self) -> bool:
        return self.state != AlertState.RAISED


def unread(viewer: Viewer) -> list[AlertView]:
    """Answers nobody has read yet of students whose records the viewer may open, soonest due first."""
    waiting = select(AnswerAlert).where(
        OF_A_FORM,
        AnswerAlert.state == AlertState.RAISED,
        col(AnswerAlert.person_id).in_(visible_people(viewer)),
    )
    with db.read() as unit:
        return _views(unit.exec(waiting.order_by(col(AnswerAlert.due_at), col(AnswerAlert.id))).all())


def of_person(viewer: Viewer, person_id: str) -> list[AlertView]:
    """All alerts of one student's forms, newest first. Raises NotFound."""
    require_sight(viewer, person_id)
    return _views([row for row in every_alert(person_id) if row.response_id])


def for_response(viewer: Viewer, response_id: str) -> AlertView | None:
    """The alert of one sent form, if it made one. Raises NotFound if the viewer may not see the student."""
    with db.read() as unit:
        row = unit.exec(select(AnswerAlert).where(AnswerAlert.response_id == response_id)).first()
        if row is None:
            return None
        require_sight(viewer, row.person_id)
        return _views([row])[0]


def every_alert(person_id: str) -> list[AnswerAlert]:
    """All alerts of one student, forms and wishes to talk, newest first, asked once a reading; for those who
    have settled who may know.
    """
    return db.once(f"alerts of {person_id}", lambda: _every_alert(person_id=person_id))


@prepared_rows
def _every_alert(person_id: str) -> SelectOfScalar[AnswerAlert]:
    theirs = select(AnswerAlert).where(col(AnswerAlert.person_id) == person_id)
    return theirs.order_by(col(AnswerAlert.id).desc())


def one(viewer: Viewer, alert_id: str) -> AlertView:
    """One alert of a form. Raises NotFound."""
    with db.read() as unit:
        row = unit.get(AnswerAlert, alert_id)
        if row is None or row.task_kind != TaskKind.ANSWER_TO_READ:
            raise NotFound("alert")
        require_sight(viewer, row.person_id)
        return _views([row])[0]


def pack(facts: AnswerFacts) -> dict[str, Any]:
    """The sealed document that `_unpack` reads back."""
    parts = {"above": facts.above, "unanswered": facts.unanswered, "others": facts.others}
    return {
        "form": facts.form,
        "changed_at": facts.changed_at.isoformat() if facts.changed_at else None,
        **{name: [vars(said) for said in part] for name, part in parts.items()},
    }


def _unpack(document: dict[str, Any]) -> AnswerFacts:
    above, unanswered, others = (
        tuple(Said(**{**said, "earlier": tuple(said.get("earlier", ()))}) for said in document[name])
        for name in ("above", "unanswered", "others")
    )
    changed_at = document.get("changed_at")
    return AnswerFacts(
        document["form"],
        above,
        unanswered,
        others,
        datetime.fromisoformat(changed_at) if changed_at else None,
    )


def _views(rows: Sequence[AnswerAlert]) -> list[AlertView]:
    """Alerts in their order, each with what happened to it, in as many statements as one."""
    steps: dict[str, list[Step]] = {row.id: [] for row in rows}
    for event in _events(alerts=list(steps)) if rows else ():
        steps[event.alert_id].append(Step(event.state, event.at, event.by, event.note or ""))
    return [_view(row, steps[row.id]) for row in rows]


@prepared_rows
def _events(alerts: Collection[str]) -> SelectOfScalar[AlertEvent]:
    of_these = select(AlertEvent).where(col(AlertEvent.alert_id).in_(alerts))
    return of_these.order_by(col(AlertEvent.id))


def _view(row: AnswerAlert, steps: Sequence[Step]) -> AlertView:
    return AlertView(
        id=row.id,
        person_id=row.person_id,
        response_id=str(row.response_id),
        session_id=str(row.session_id),
        owner_id=row.owner_id,
        raised_at=row.raised_at,
        due_at=row.due_at,
        state=row.state,
        version=row.version,
        facts=_unpack(row.facts),
        steps=tuple(steps),
    )
