"""The settings in force."""

from dataclasses import dataclass, fields

from sqlmodel import col

from student_portal.foundation import db
from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.settings.catalogue import ServiceSettings
from student_portal.settings.models import Service, SettingChange
from student_portal.settings.weak import weaknesses

__all__ = ["ServiceSettings", "current", "go_live_blockers", "service_id"]

IN_FORCE = "settings in force"

_KNOWN = frozenset(f.name for f in fields(ServiceSettings))


@dataclass(frozen=True)
class _InForce:
    """The service, if one is set up, and what it decided."""

    service_id: str | None
    settings: ServiceSettings


def service_id() -> str:
    """The service this installation runs. Raises LookupError before one is set up."""
    found = _in_force().service_id
    if found is None:
        raise LookupError("no service is set up: run the command 'migrate' first")
    return found


def current() -> ServiceSettings:
    """Defaults, with the service's own decisions over them; read once a request."""
    return _in_force().settings


def _in_force() -> _InForce:
    return db.once_a_request(IN_FORCE, _read)


def _read() -> _InForce:
    rows = _decisions()
    decided = {key: value for _service, key, value in rows if key in _KNOWN}
    return _InForce(rows[0].id if rows else None, ServiceSettings(**decided))


@prepared
def _decisions() -> Columns:
    """The service, with each change of its settings, oldest first; once without any, before the first."""
    return (
        columns(Service.id, SettingChange.key, SettingChange.value)
        .join(SettingChange, col(SettingChange.service_id) == Service.id, isouter=True)
        .order_by(col(Service.id), col(SettingChange.id))
    )


def go_live_blockers() -> list[str]:
    """A sentence for each setting that is weaker than the safer choice, or still invented. Read afresh: a
    decision hangs on it.
    """
    return weaknesses(_read().settings)
