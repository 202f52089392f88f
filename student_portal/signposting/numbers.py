"""The one message with numbers that a student may ask for: what it says, and where it may go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.foundation import i18n, links
from student_portal.messaging import queries as messaging
from student_portal.messaging.queries import AddressKnown, Channel
from student_portal.settings import queries as settings
from student_portal.signposting import floor, queries
from student_portal.signposting.queries import Shown, Way

KIND = "help_numbers"
ROOM_FOR_CALLS = 55  # characters, so that with the longest word in front it is still one part


@dataclass(frozen=True)
class Offer:
    """The message as it would go to one address of the student's, `address` as people write it.

    `words` are exactly what is sent. It can go where a code came back from and nobody said STOP.
    """

    channel: Channel
    address: str
    words: str
    facts: dict[str, str]
    known: AddressKnown | None

    @property
    def can_go(self) -> bool:
        return self.known is AddressKnown.PROVED

    @property
    def is_stopped(self) -> bool:
        return self.known is AddressKnown.STOPPED


def offers(viewer: Viewer, person_id: str, at: datetime) -> list[Offer]:
    """One for each present address, texts first. Raises NotFound for a viewer without access."""
    facts = numbers(queries.shown(None, at, i18n.language()))
    word = accounts.preferences(person_id).text_word or settings.current().text_word
    values = {**facts, "word": word, "base": links.base()}
    return [
        Offer(
            contact.channel,
            contact.shown,
            messaging.words(KIND, contact.channel, values),
            facts,
            messaging.address_state(contact.channel, contact.value),
        )
        for contact in accounts.contact(viewer, person_id)
    ]


def numbers(contacts: Iterable[Shown]) -> dict[str, str]:
    """Pure: one to text and as many to call as there is room for, all open day and night.

    In the order of the help page, those for everybody first: nothing in the message says for whom one is.
    111 and 999 stand in its words.
    """
    always = [contact for contact in contacts if contact.opening.always]
    everybodys = [contact for contact in always if not contact.for_whom]
    texts = [contact.target for contact in everybodys if contact.way is Way.TEXT]
    called = [contact.target for contact in everybodys if contact.way is Way.CALL]
    calls = "" if called else floor.ROUTES[Way.CALL].target
    for contact in (*everybodys, *(one for one in always if one.for_whom)):
        longer = f"{calls}, {contact.target}" if calls else contact.target
        if contact.way is Way.CALL and len(longer) <= ROOM_FOR_CALLS:
            calls = longer
    return {
        "text": texts[0] if texts else floor.ROUTES[Way.TEXT].target,
        "calls": calls,
    }
