"""Who reads an answer, who stands in, who is the manager: the rota, without those whose account is closed."""

from datetime import datetime

from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.duty import queries as duty


def is_there(person_id: str, at: datetime) -> bool:
    """Whether this member of staff works here still and is not away."""
    return not (accounts.has_left(person_id) or duty.is_away(person_id, at))


def cover(owner_id: str, at: datetime) -> str | None:
    """Who stands in for this person at that moment."""
    return next(iter(covers(owner_id, at)), None)


def covers(owner_id: str, at: datetime) -> list[str]:
    """Everybody who would stand in at that moment, the first in the order first."""
    return [person for person in duty.rota(at).covers(owner_id, at) if not accounts.has_left(person)]


def reader(owner_id: str, at: datetime) -> str | None:
    """Who reads what is this person's to read: they themselves, or whoever stands in while they are away."""
    return owner_id if is_there(owner_id, at) else cover(owner_id, at)


def manager(at: datetime) -> str | None:
    """The manager on duty, or any who is there where the rota names none who is."""
    named = (*duty.rota(at).managers(at), *_managers())
    return next((person for person in named if is_there(person, at)), None)


def _managers() -> list[str]:
    return [person.id for person in accounts.staff(Role.MANAGER)]


def answerable(at: datetime) -> str | None:
    """Whose a task is that nobody else could own: the manager on duty, or else any manager, even one away;
    None only where the service has none.
    """
    return manager(at) or next(iter(_managers()), None)
