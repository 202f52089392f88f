"""The settings in force."""

from dataclasses import fields

from sqlmodel import col, select

from student_portal.foundation import db
from student_portal.settings.catalogue import ServiceSettings
from student_portal.settings.models import Service, SettingChange
from student_portal.settings.weak import weaknesses

__all__ = ["ServiceSettings", "current", "go_live_blockers", "service_id"]

_KNOWN = frozenset(f.name for f in fields(ServiceSettings))


def service_id() -> str:
    """The service this installation runs. Raises LookupError before one is set up."""
    with db.read() as session:
        found = session.exec(select(Service.id).order_by(col(Service.id))).first()
        if found is None:
            raise LookupError("no service is set up: run the command 'migrate' first")
        return found


def current() -> ServiceSettings:
    """Defaults, with the service's own decisions over them; read once a page."""
    return db.once("settings", _decided)


def _decided() -> ServiceSettings:
    with db.read() as session:
        changes = session.exec(
            select(SettingChange.key, SettingChange.value).order_by(col(SettingChange.id))
        ).all()
    return ServiceSettings(**{key: value for key, value in changes if key in _KNOWN})


def go_live_blockers() -> list[str]:
    """A sentence for each setting that is weaker than the safer choice, or still invented."""
    return weaknesses(current())
