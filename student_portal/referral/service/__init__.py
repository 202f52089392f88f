"""Writing a request, sending it, and what the team decides about it."""

from student_portal.referral.service.deciding import accept, signpost, take, withdraw
from student_portal.referral.service.sending import reply_by, submit
from student_portal.referral.service.taking_on import take_on
from student_portal.referral.service.writing import (
    Started,
    contact_proved,
    destroy_old_drafts,
    discard,
    opens_with,
    save_answer,
    start,
)

__all__ = [
    "Started",
    "accept",
    "contact_proved",
    "destroy_old_drafts",
    "discard",
    "opens_with",
    "reply_by",
    "save_answer",
    "signpost",
    "start",
    "submit",
    "take",
    "take_on",
    "withdraw",
]
