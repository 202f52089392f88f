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
from student_portal.settings.queries import IN_FORCE


def set_up(*, at: datetime) -> str:
    """Create the service this installation runs; gives its id."""
    with db.write() as session:
        made = Service(created_at=at)
        session.add(made)
        session.flush()
        db.forget(IN_FORCE)
        audit.record(verb="settings.set_up", subject=("service", made.id), by=machine(made.id), at=at)
        return made.id


def typed(key: str, text: str) -> Any:
    """What somebody typed as the value of this setting. Raises Refused as `decide`."""
    kinds = {f.name: type(f.default) for f in fields(ServiceSettings)}
    if key not in kinds:
        raise Refused("unknown")
    if kinds[key] is bool and text in ("on", "off"):
        return text == "on"
    if kinds[key] is int and text.isascii() and text.isdigit():
        return int(text)
    if kinds[key] is str:
        return text
    raise Refused("type")


def decide(*, key: str, value: Any, reason: str, by: Actor, at: datetime) -> None:
    """Change one setting. Raises Refused("unknown") for a name that is not in the catalogue, Refused("type")
    for a value of another type than the default's and Refused("among") for one that it cannot have (yet).
    """
    known = {f.name: f for f in fields(ServiceSettings)}
    if key not in known:
        raise Refused("unknown")
    if type(value) is not type(known[key].default):
        raise Refused("type")
    if known[key].metadata["among"] and value not in known[key].metadata["among"]:
        raise Refused("among")
    with db.write() as session:
        change = SettingChange(
            service_id=by.service_id, key=key, value=value, at=at, by=by.person_id, reason=reason
        )
        session.add(change)
        session.flush()
        db.forget(IN_FORCE)
        audit.record(
            verb="settings.decide", subject=("setting", change.id), by=by, at=at, detail={"key": key}
        )
