"""Setting up a service and deciding its settings."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor, machine
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.settings.catalogue import ServiceSettings
from student_portal.settings.models import Service, SettingChange

ONLY_OFF = frozenset({"alert_on_unsent_safety_answers"})
"""Nobody is told of an answer before Send yet; a service that could switch it on would rely on it."""


def set_up(*, at: datetime) -> str:
    """Create the service this installation runs; gives its id."""
    with db.write() as session:
        made = Service(created_at=at)
        session.add(made)
        session.flush()
        audit.record(verb="settings.set_up", subject=("service", made.id), by=machine(made.id), at=at)
        return made.id


def decide(*, key: str, value: Any, reason: str, by: Actor, at: datetime) -> None:
    """Change one setting. Raises Refused("unknown") for a name that is not in the catalogue, Refused("type")
    for a value of another type than the default's, and Refused("not_built") for one that would promise what
    the portal does not do.
    """
    defaults = {f.name: f.default for f in fields(ServiceSettings)}
    if key not in defaults:
        raise Refused("unknown")
    if type(value) is not type(defaults[key]):
        raise Refused("type")
    if key in ONLY_OFF and value:
        raise Refused("not_built")
    with db.write() as session:
        change = SettingChange(
            service_id=by.service_id, key=key, value=value, at=at, by=by.person_id, reason=reason
        )
        session.add(change)
        session.flush()
        audit.record(
            verb="settings.decide", subject=("setting", change.id), by=by, at=at, detail={"key": key}
        )
