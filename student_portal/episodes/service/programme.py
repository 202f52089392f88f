"""The programme: which form goes with which session, and how far apart they usually are."""

from datetime import datetime

from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.episodes.models import ProgrammeStep, ProgrammeVersion
from student_portal.foundation import db

# Session number, the form before it, usual days after the session before. CORE-34 at 1 and 6, CORE-10 at 2
# to 5: Office for Students case study, 2022. Weekly, with three weeks before the sixth: Mersey Care magazine,
# 2020-21, and the sister service COPESS.
SIX_SESSIONS = (
    (1, "core_om", 0),
    (2, "core_10", 7),
    (3, "core_10", 7),
    (4, "core_10", 7),
    (5, "core_10", 7),
    (6, "core_om", 21),
)


def set_up_programme(*, by: Actor, at: datetime) -> str:
    """Create version 1 of the six-session programme; gives its id."""
    with db.write() as unit:
        made = ProgrammeVersion(service_id=by.service_id, number=1, since=at, minutes=50)
        unit.add(made)
        unit.flush()
        for number, definition_id, days in SIX_SESSIONS:
            unit.add(
                ProgrammeStep(
                    programme_id=made.id,
                    number=number,
                    definition_id=definition_id,
                    days_after_previous=days,
                )
            )
        audit.record(verb="episodes.set_up_programme", subject=("programme", made.id), by=by, at=at)
        return made.id
