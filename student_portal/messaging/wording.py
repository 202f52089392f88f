"""The words of every kind of message. Nothing here may tell what the service is, or why somebody uses it.

A text is one part of the GSM alphabet, at most 160 characters with its link, and begins with the word the
student chose. An e-mail's first line is its subject. A kind may have several wordings: the first is used for
which every value is at hand, so that a link can be left out when nothing is left to fill in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from student_portal.foundation.i18n import lazy_gettext as _l
from student_portal.messaging.models import Channel


@dataclass(frozen=True)
class Kind:
    """One kind of message, its wordings as texts and as e-mails.

    `any_hour`: quiet hours do not hold it back. `urgent`: goes before all others and is never tried twice.
    `to_unproved`: may go where no code has come back from. `secret`: holds digits nobody else may see.
    `to_staff`: goes to somebody on duty; whoever queued it finds out itself what became of it.
    """

    texts: tuple[Any, ...]
    emails: tuple[Any, ...]
    any_hour: bool = False
    urgent: bool = False
    to_unproved: bool = False
    secret: bool = False
    to_staff: bool = False

    def wordings(self, channel: Channel) -> tuple[Any, ...]:
        return self.texts if channel is Channel.SMS else self.emails


KINDS: Mapping[str, Kind] = {
    "code": Kind(
        texts=(_l("%(word)s: your code is %(code)s. It works for 10 minutes. Do not share it."),),
        emails=(
            _l(
                "%(word)s: your code\n\nYour code is %(code)s\n\nIt works for 10 minutes. Do not share it.\n"
                "If you did not ask for it, you do not need to do anything."
            ),
        ),
        any_hour=True,
        urgent=True,
        to_unproved=True,
        secret=True,
    ),
    "received": Kind(
        texts=(_l("%(word)s: we have your request. You will hear from us by %(day)s."),),
        emails=(
            _l(
                "%(word)s: we have your request\n\n"
                "We have your request. You will hear from us by %(day)s.\n\n"
                "To change what we send you: %(base)s/choices"
            ),
        ),
    ),
    "booked": Kind(
        texts=(_l("%(word)s: your next appointment is %(day)s at %(hour)s. More: %(base)s/dates"),),
        emails=(
            _l(
                "%(word)s: your next appointment\n\nYour next appointment is %(day)s at %(hour)s.\n\n"
                "All your dates: %(base)s/dates\nTo change what we send you: %(base)s/choices"
            ),
        ),
    ),
    "changed": Kind(
        texts=(
            _l("%(word)s: your appointment is now %(day)s at %(hour)s. More: %(base)s/dates"),
            _l("%(word)s: your appointment has changed. More: %(base)s/dates"),
        ),
        emails=(
            _l(
                "%(word)s: your appointment has changed\n\nYour appointment is now %(day)s at %(hour)s.\n\n"
                "All your dates: %(base)s/dates\nTo change what we send you: %(base)s/choices"
            ),
            _l(
                "%(word)s: your appointment has changed\n\nThe day you had does not stand any more.\n\n"
                "All your dates: %(base)s/dates\nTo change what we send you: %(base)s/choices"
            ),
        ),
    ),
    "form_link": Kind(
        texts=(_l("%(word)s: there is something to fill in before %(day)s: %(link)s"),),
        emails=(
            _l(
                "%(word)s: something to fill in before %(day)s\n\n"
                "There is something to fill in before %(day)s at %(hour)s:\n%(link)s\n\n"
                "To change what we send you: %(base)s/choices"
            ),
        ),
    ),
    "day_before": Kind(
        texts=(
            _l("%(word)s: your appointment is tomorrow at %(hour)s. To fill in first: %(link)s"),
            _l("%(word)s: your appointment is tomorrow at %(hour)s. More: %(base)s/dates"),
        ),
        emails=(
            _l(
                "%(word)s: your appointment tomorrow\n\n"
                "Your appointment is tomorrow, %(day)s, at %(hour)s.\n\n"
                "There is something to fill in first:\n%(link)s\n\n"
                "To change what we send you: %(base)s/choices"
            ),
            _l(
                "%(word)s: your appointment tomorrow\n\n"
                "Your appointment is tomorrow, %(day)s, at %(hour)s.\n\n"
                "All your dates: %(base)s/dates\nTo change what we send you: %(base)s/choices"
            ),
        ),
    ),
    "help_numbers": Kind(  # asked for on the help page, where every word of it was shown first
        texts=(_l("%(word)s: text %(text)s or call %(calls)s, 111 or 999."),),
        emails=(
            _l(
                "%(word)s: what you asked for\n\nText %(text)s\nCall %(calls)s, 111 or 999\n\n"
                "To change what we send you: %(base)s/choices"
            ),
        ),
        any_hour=True,
        urgent=True,
    ),
    "auto_reply": Kind(
        texts=(
            _l(
                "%(word)s: nobody reads replies to this number. Need help now? Call 111, "
                "or 999 if life is in danger."
            ),
        ),
        emails=(
            _l(
                "%(word)s: nobody reads replies here\n\nNobody reads replies to this address. "
                "If you need help now, call 111, or 999 if life is in danger.\n\n"
                "More ways to get help: %(base)s/help"
            ),
        ),
        any_hour=True,
        urgent=True,
        to_unproved=True,
    ),
    "staff_read": Kind(
        texts=(
            _l(
                "%(word)s: there is something to read in the staff pages. "
                "Due %(day)s at %(hour)s. %(base)s/staff"
            ),
        ),
        emails=(
            _l(
                "%(word)s: something to read in the staff pages\n\n"
                "There is something to read in the staff pages. Due %(day)s at %(hour)s.\n\n%(base)s/staff"
            ),
        ),
        any_hour=True,
        to_unproved=True,
        to_staff=True,
    ),
}


class _Asked(dict[str, str]):
    """Gives an empty value for every name it is asked for, and so comes to know the names."""

    def __missing__(self, name: str) -> str:
        self[name] = ""
        return ""


def placeholders(wording: Any) -> frozenset[str]:
    """The names of the values that a wording needs."""
    asked = _Asked()
    str(wording) % asked
    return frozenset(asked)


def words(kind: str, channel: Channel, values: Mapping[str, str]) -> str:
    """The finished message. Raises LookupError when no wording of the kind can be filled from `values`."""
    for wording in KINDS[kind].wordings(channel):
        if placeholders(wording) <= values.keys():
            return str(str(wording) % values)
    raise LookupError(f"{kind} needs more than {', '.join(sorted(values))}")
