"""A student's own wishes: how the questions of a form stand on their phone, and whether they see scores."""

from datetime import datetime
from typing import Any

from sqlmodel import select

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import FormLayout, FormPreference


def choose_layout(*, layout: FormLayout, by: Actor, at: datetime) -> None:
    """For every form from now on; nothing that was saved changes. The same again changes nothing.

    Raises NotFound for the machine.
    """
    _prefer("layout", layout, verb="choose_layout", detail={"layout": layout}, by=by, at=at)


def hide_numbers(*, hidden: bool, by: Actor, at: datetime) -> None:
    """Whether no score is shown, anywhere on the student's side. The same again changes nothing.

    Raises NotFound for the machine.
    """
    verb = "hide_numbers" if hidden else "show_numbers"
    _prefer("hides_numbers", hidden, verb=verb, detail=None, by=by, at=at)


def _prefer(
    wish: str, value: object, *, verb: str, detail: dict[str, Any] | None, by: Actor, at: datetime
) -> None:
    if by.person_id is None:
        raise NotFound("person")
    made = FormPreference(service_id=by.service_id, person_id=by.person_id)
    with db.write() as unit:
        theirs = select(FormPreference).where(FormPreference.person_id == by.person_id)
        standing = db.locked(FormPreference, db.add_unless(theirs, made).id)
        if getattr(standing, wish) == value:
            return
        setattr(standing, wish, value)
        standing.version += 1
        unit.add(standing)
        audit.record(
            verb=f"measures.{verb}",
            subject=("person", by.person_id),
            person_id=by.person_id,
            by=by,
            at=at,
            detail=detail,
        )
