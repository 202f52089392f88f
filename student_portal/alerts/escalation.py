"""Who is told of an unread answer, and when: the times of rules.md, "A safety answer". Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from student_portal.alerts.models import StepKind
from student_portal.duty.queries import WorkingCalendar
from student_portal.foundation import clock

MANAGER_AFTER = 2
"""Working hours after an answer was due until the manager is told."""

READER, MANAGER = "reader", "manager"
"""Who is told on a morning: whoever reads for the owner, and the manager on duty."""


@dataclass(frozen=True)
class Due:
    """One step and the moment it falls due. `slot` tells the mornings apart, and who is told on one."""

    at: datetime
    step: StepKind
    slot: str = ""


def steps(due_at: datetime, *, at_once: bool, calendar: WorkingCalendar, until: datetime) -> Iterator[Due]:
    """The steps of an alert that stays unread, due up to and including `until`, in their order.

    `at_once`: it was due the moment it was sent, so its owner is told too. Raises LookupError where the
    service has no working days.
    """
    return takewhile(lambda due: due.at <= until, _forever(due_at, at_once=at_once, calendar=calendar))


def _forever(due_at: datetime, *, at_once: bool, calendar: WorkingCalendar) -> Iterator[Due]:
    if at_once:
        yield Due(due_at, StepKind.OWNER)
    yield Due(due_at, StepKind.COVER)
    manager_at = calendar.after(due_at, MANAGER_AFTER)
    yield Due(manager_at, StepKind.MANAGER)
    for morning in _mornings(manager_at, calendar):
        day = clock.london(morning).date().isoformat()
        yield Due(morning, StepKind.AGAIN, f"{day} {READER}")
        yield Due(morning, StepKind.AGAIN, f"{day} {MANAGER}")


def _mornings(after: datetime, calendar: WorkingCalendar) -> Iterator[datetime]:
    """Each opening later than `after`."""
    return (opens for opens, _closes in calendar.spans(after) if opens > after)


def next_step(due_at: datetime, *, at_once: bool, calendar: WorkingCalendar, after: datetime) -> datetime:
    """When the next step falls due, later than `after`."""
    ahead = (due.at for due in _forever(due_at, at_once=at_once, calendar=calendar))
    return next(at for at in ahead if at > after)
