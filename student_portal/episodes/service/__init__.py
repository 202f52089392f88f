"""The verbs of this room, by what they are about: the programme, opening, dates, how it went, the end."""

from student_portal.episodes.service.dates import DateRefused, Slot, book, cancel, move
from student_portal.episodes.service.ending import complete, contacted, leave
from student_portal.episodes.service.meeting import attended, missed
from student_portal.episodes.service.opening import open_from_referral
from student_portal.episodes.service.programme import set_up_programme
from student_portal.episodes.service.taking_on import Held, take_over

__all__ = [
    "DateRefused",
    "Held",
    "Slot",
    "attended",
    "book",
    "cancel",
    "complete",
    "contacted",
    "leave",
    "missed",
    "move",
    "open_from_referral",
    "set_up_programme",
    "take_over",
]
