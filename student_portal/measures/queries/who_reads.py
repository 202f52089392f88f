"""Who reads what is sent, on which day and from when, as every page of a form says it."""

from datetime import datetime

from student_portal.access import queries as access
from student_portal.accounts import queries as accounts
from student_portal.duty import queries as duty
from student_portal.episodes import queries as episodes


def who_reads(session_id: str, at: datetime, *, by_name: bool = True) -> str:
    """The one sentence about what is sent at that moment for this session; without a name for whoever proved
    less than the student. Raises NotFound.
    """
    facts = episodes.session(session_id)
    owner_id = facts.therapist_id or access.therapist_of(facts.person_id, at=at)
    reader = accounts.staff_first_name(owner_id) if owner_id and by_name else ""
    return duty.reading_words(duty.next_reading(owner_id, at, facts.starts_at), reader)
