"""What the help page holds at one moment.

Text first, then calls, then the web. What is open stands before what is closed, and nowhere stands only what
is closed. It never fails: without the database it is what stands in code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from student_portal.foundation import db, i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import cards, queries
from student_portal.signposting.cards import Card
from student_portal.signposting.queries import Shown, Way

OWN = "own"


@dataclass(frozen=True)
class Start:
    """A sentence to begin a text with, and the link that writes it into the phone."""

    href: str
    action: str
    words: str


@dataclass(frozen=True)
class Group:
    """One way of getting in touch, the one to suggest at its head. `kind` is a Way, or "own"."""

    kind: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class HelpPage:
    """`groups` are text, call and web; `own` is for one university's students, if there is anything.

    `starts` go with the first card of all. `checked`: the oldest day on which a person checked a contact;
    None where one never was.
    """

    groups: tuple[Group, ...]
    own: Group | None
    starts: tuple[Start, ...]
    checked: date | None


def contents(organisation_id: str | None, at: datetime) -> HelpPage:
    """The page for everybody and, with an id, also with what one university offers its students."""
    language = i18n.language()
    try:
        everyone = queries.shown(None, at, language)
        both = queries.shown(organisation_id, at, language) if organisation_id else everyone
        checked = queries.checked_on()
    except db.Unreachable:
        everyone = both = []
        checked = None
    texts, calls, pages = (_of(way, everyone) for way in Way)
    theirs = [contact for contact in both if contact not in everyone]
    nhs = cards.nhs_111()
    text = _group(Way.TEXT, texts, at, otherwise=cards.floor_card(Way.TEXT))
    call = _group(Way.CALL, calls, at, otherwise=cards.floor_card(Way.CALL), also=(nhs,))
    web = _group(Way.WEB, pages, at, otherwise=nhs) if pages else None
    return HelpPage(
        groups=(text, call, web) if web else (text, call),
        own=_group(OWN, theirs, at, otherwise=nhs) if theirs else None,
        starts=_starts(text.cards[0]),
        checked=checked,
    )


def _of(way: Way, contacts: Sequence[Shown]) -> list[Shown]:
    return [contact for contact in contacts if contact.way is way]


def _group(
    kind: str, contacts: Sequence[Shown], at: datetime, *, otherwise: Card, also: tuple[Card, ...] = ()
) -> Group:
    """What is open, then `also`, then what is closed; `otherwise` at the head when nothing else is open."""
    is_open = [cards.card(contact, at) for contact in contacts if contact.opening.open_now]
    is_closed = [cards.card(contact, at) for contact in contacts if not contact.opening.open_now]
    return Group(kind, (*(is_open or [otherwise]), *also, *is_closed))


def _starts(card: Card) -> tuple[Start, ...]:
    """Phones differ in what they want between number and words; "?&" is read by the old and by the new."""
    sentences = (_("I am not okay"), _("Can I talk to someone"), _("I do not know what to say"))
    return tuple(Start(f"{card.href}?&body={quote(words)}", card.action, words) for words in sentences)
