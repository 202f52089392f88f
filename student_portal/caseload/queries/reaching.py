"""How to reach one student, what they permit, and what was sent to them."""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.caseload.queries.head import Head, head
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import GpAnswer
from student_portal.messaging import queries as messaging
from student_portal.messaging.queries import SentMessage


@dataclass(frozen=True)
class ReachingPage:
    """The page's facts. `messages` are newest first; `wrong_tries` are those of the last week."""

    head: Head
    gp: GpAnswer | None
    has_pin: bool
    wrong_tries: int
    messages: tuple[SentMessage, ...]


def reaching_page(viewer: Viewer, person_id: str, *, at: datetime) -> ReachingPage:
    """The page at this moment; the caller records the reading with it. Raises NotFound."""
    return ReachingPage(
        head=head(viewer, person_id, at=at),
        gp=institutions.gp(viewer, person_id),
        has_pin=accounts.pin(viewer, person_id).is_set,
        wrong_tries=accounts.wrong_tries(viewer, person_id),
        messages=tuple(messaging.messages_to(viewer, person_id)),
    )
