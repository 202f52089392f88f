"""Who opened a student's record: one line for a person, a day and what they did, however often."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from student_portal.access.queries import Role, Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.audit import queries as audit
from student_portal.audit.queries import Activity
from student_portal.foundation import clock


class Opening(StrEnum):
    """What somebody did with the record, by the verb it has in the activity log."""

    REQUEST = "referral.open"
    RECORD = "caseload.open"
    SENT = "caseload.forms"
    NOTES = "caseload.notes"
    REACHING = "caseload.reaching"
    ANSWERS = "alerts.open"
    SEEN = "caseload.see_answers"
    DATES = "episodes.look"
    FORM = "measures.look_at_form"
    COPY = "caseload.export"
    LIST = "caseload.export_list"


@dataclass(frozen=True)
class Opened:
    """`who` is a first name, or the whole one where that is only an initial; `at` the last time that day."""

    who: str
    role: Role
    what: Opening
    at: datetime
    times: int


def opened(viewer: Viewer, person_id: str) -> list[Opened]:
    """Newest first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    days: dict[tuple[str, str, date], list[Activity]] = {}
    for found in audit.done_by_others(person_id, list(Opening)):
        days.setdefault((str(found.actor_id), found.verb, clock.london(found.at).date()), []).append(found)
    return [_opened(actor_id, Opening(verb), same) for (actor_id, verb, _), same in days.items()]


def _opened(actor_id: str, what: Opening, same: list[Activity]) -> Opened:
    last = same[0]
    return Opened(accounts.staff_first_name(actor_id), Role(last.actor_role), what, last.at, len(same))
