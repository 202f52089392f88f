"""Settings that are weaker than the safer choice, or still invented. A person decides; the portal says so."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from student_portal.foundation.i18n import later as _
from student_portal.settings.catalogue import ServiceSettings

# Ofcom keeps these numbers for drama: nobody answers there.
DRAMA = (
    "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960",
    "01414960", "01514960", "01614960", "01914980", "02079460", "02896496", "02920180", "01632960",
    "07700900", "08081570", "09098790", "03069990",
)  # fmt: skip
# What a text may not begin with, nor come from: whoever sees the phone would know.
TELLING = re.compile(
    r"u-?cope|therap|counsel|psych|mental|self.?harm|suicid|crisis|clinic|nhs|hospital|wellbeing|session"
    r"|treatment|hurt|help|support|universit|college|student",
    re.IGNORECASE,
)

Weakness = Callable[[ServiceSettings], bool]

_WEAK: dict[str, Weakness] = {
    _("The number of the team is not a phone number that somebody answers: it is empty or invented."): (
        lambda decided: not _is_answered(decided.team_phone)
    ),
    _("The sender of the texts or their first word tells something to whoever sees the phone."): (
        lambda decided: any(_tells(decided, word) for word in (decided.text_sender, decided.text_word))
    ),
    _("Exit leads somewhere that is not a whole address beginning with https."): (
        lambda decided: not _leads_away(decided.exit_target)
    ),
    _("Reminders and confirmations may arrive later than 9pm or before 8am."): (
        lambda decided: decided.quiet_from_hour > 21 or decided.quiet_to_hour < 8
    ),
    _("People who ask for support are told they may wait longer than 14 days to hear."): (
        lambda decided: decided.reply_days > 14
    ),
    _("Answers to read may stay unread for more than 4 working hours."): (
        lambda decided: decided.alert_working_hours > 4
    ),
    _("Whoever stood in can open a record for more than two working days afterwards."): (
        lambda decided: decided.cover_record_hours > 16
    ),
    _("A screen left alone locks later than after 15 minutes."): lambda decided: decided.idle_minutes > 15,
    _("Staff stay signed in for longer than 12 hours."): lambda decided: decided.staff_hours > 12,
    _("Requests that were never sent are kept for longer than 14 days."): (
        lambda decided: decided.draft_days > 14
    ),
    _("Answers that were never sent are kept for longer than 14 days after their form closed."): (
        lambda decided: decided.unsent_answer_days > 14
    ),
    _("Forms open more than 3 days before their session, and say less about the week before it."): (
        lambda decided: decided.form_opens_days > 3
    ),
    _("A form counts as new although its session moved by more than 7 days."): (
        lambda decided: decided.stale_days > 7
    ),
    _("Forms may be sent more than 7 days after their session."): lambda decided: decided.late_days > 7,
    _("Contacts come up for their check less than 14 days before their review day."): (
        lambda decided: decided.review_notice_days < 14
    ),
    _("Whoever stops in the middle of a form has less than 20 hours to finish it."): (
        lambda decided: decided.finish_hours < 20
    ),
}


def weaknesses(decided: ServiceSettings) -> list[str]:
    """A sentence for each; the page that shows it translates it."""
    return [sentence for sentence, is_weak in _WEAK.items() if is_weak(decided)]


def _is_answered(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if digits.startswith("44"):
        digits = "0" + digits[2:].lstrip("0")
    return len(digits) >= 10 and not digits.startswith(DRAMA)


def _tells(decided: ServiceSettings, word: str) -> bool:
    own = decided.service_name.casefold()
    return not word.strip() or bool(TELLING.search(word)) or (bool(own) and own in word.casefold())


def _leads_away(target: str) -> bool:
    parts = urlsplit(target)
    return target == "" or (parts.scheme == "https" and bool(parts.hostname))
