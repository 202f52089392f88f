"""People as others read them: names, addresses, what they prefer; and links and codes as they stand."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from student_portal.access.queries import Role, Viewer, require_sight, visible_people
from student_portal.accounts.models import (
    AccessLink,
    CodePurpose,
    ContactPoint,
    NameWord,
    OneTimeCode,
    Person,
    PinChange,
    StaffAccount,
)
from student_portal.foundation import addresses, clock, crypto, db
from student_portal.foundation.addresses import AddressError
from student_portal.foundation.errors import NotFound
from student_portal.messaging.queries import Channel, address_mark

__all__ = ["CodePurpose", "Contact", "Found", "LinkFacts", "PinFacts", "Preferences", "Staff"]

TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "miss", "mx"})


@dataclass(frozen=True)
class Contact:
    """One present address of a student. `shown` is the address as people write it, `value` as it is kept."""

    channel: Channel
    value: str
    shown: str
    safety: str
    since: datetime
    text_word: str | None
    text_hour: int | None


@dataclass(frozen=True)
class Preferences:
    """What a student chose about messages; None: the service's own."""

    text_word: str | None
    text_hour: int | None
    language: str


@dataclass(frozen=True)
class Found:
    """One student a search found."""

    id: str
    name: str
    since: datetime


@dataclass(frozen=True)
class Staff:
    """One member of staff whose account is open."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True)
class LinkFacts:
    """What a link serves. `about` is the thing's id, `target` the path it leads to."""

    id: str
    person_id: str
    about: str
    target: str


@dataclass(frozen=True)
class PinFacts:
    """How a student's PIN stands. `since`: its last change, by the student or `by_team`; None: none yet."""

    is_set: bool
    since: datetime | None
    by_team: bool


def name_of(viewer: Viewer, person_id: str) -> str:
    """What a student asked to be called. Raises NotFound for a viewer without access."""
    return _seen(viewer, person_id).name


def born_of(viewer: Viewer, person_id: str) -> date:
    """A student's date of birth. Raises NotFound for a viewer without access."""
    return date.fromisoformat(_seen(viewer, person_id).born)


def pin(viewer: Viewer, person_id: str) -> PinFacts:
    """How a student's PIN stands. Raises NotFound for a viewer without access."""
    is_set = _seen(viewer, person_id).pin_hash is not None
    theirs = select(PinChange).where(PinChange.person_id == person_id)
    with db.read() as session:
        last = session.exec(theirs.order_by(col(PinChange.id).desc())).first()
    return PinFacts(is_set, last.at if last else None, by_team=bool(last and last.by != person_id))


def asks_pin(link_id: str) -> bool:
    """Whether the student this link was sent to set a PIN; for the page that follows Continue."""
    with db.read() as session:
        theirs = select(Person.pin_hash).join(AccessLink, col(AccessLink.person_id) == Person.id)
        return session.exec(theirs.where(AccessLink.id == link_id)).first() is not None


def _seen(viewer: Viewer, person_id: str) -> Person:
    require_sight(viewer, person_id)
    with db.read() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound("person")
        return person


def contact(viewer: Viewer, person_id: str) -> list[Contact]:
    """A student's present addresses, texts first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return [
        Contact(
            row.channel,
            row.address,
            addresses.shown(row.address),
            row.safety or "",
            row.since,
            row.text_word,
            row.text_hour,
        )
        for row in _present(person_id)
    ]


def channels(person_id: str) -> list[Channel]:
    """The channels on which a student has a proved address, texts first; for planning messages."""
    return [row.channel for row in _present(person_id)]


def address_of(person_id: str, channel: Channel) -> str | None:
    """Where to send a message now, for the worker alone; no page shows it."""
    return next((row.address for row in _present(person_id) if row.channel == channel), None)


def preferences(person_id: str) -> Preferences:
    """What a student chose, for planning messages. Raises NotFound."""
    with db.read() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound("person")
    rows = _present(person_id)
    return Preferences(
        next((row.text_word for row in rows if row.text_word), None),
        next((row.text_hour for row in rows if row.text_hour is not None), None),
        person.language,
    )


def _present(person_id: str) -> Sequence[ContactPoint]:
    with db.read() as session:
        rows = session.exec(
            select(ContactPoint).where(ContactPoint.person_id == person_id, col(ContactPoint.until).is_(None))
        ).all()
    return sorted(rows, key=lambda row: row.channel != Channel.SMS)


def is_alive(person_id: str) -> bool:
    """False once staff entered that somebody died: then nothing is ever sent to them again."""
    with db.read() as session:
        person = session.get(Person, person_id)
        return person is not None and person.died_at is None


def staff_name(person_id: str) -> str:
    """The name of a member of staff, which anybody they work with may know. Raises NotFound."""
    with db.read() as session:
        person = session.get(Person, person_id)
        if person is None or not person.is_staff:
            raise NotFound("staff")
        return person.name


def staff_first_name(person_id: str) -> str:
    """What a student calls a member of staff: the first name; the whole one where that is only an initial.

    Raises NotFound.
    """
    whole = staff_name(person_id)
    words = [word for word in whole.split() if word.rstrip(".").lower() not in TITLES]
    return words[0] if words and len(words[0].rstrip(".")) > 1 else whole


def staff(*roles: Role) -> list[Staff]:
    """Members of staff with one of these roles and an open account, by when they joined."""
    with db.read() as session:
        rows = session.exec(
            select(Person, StaffAccount)
            .join(StaffAccount, col(StaffAccount.person_id) == Person.id)
            .where(col(StaffAccount.role).in_(roles), col(StaffAccount.disabled_at).is_(None))
            .order_by(col(Person.created_at), col(Person.id))
        ).all()
        return [Staff(person.id, person.name, account.role) for person, account in rows]


def therapists() -> list[Staff]:
    """Everybody who can be given a student."""
    return staff(Role.THERAPIST)


def find_student(viewer: Viewer, text: str) -> list[Found]:
    """Students the viewer may open, newest first, by whole words of the name, a number or an e-mail.

    Exact only: nothing is found by the beginning of a word.
    """
    visible = select(Person).where(col(Person.id).in_(visible_people(viewer)))
    try:
        address = addresses.parse(text)
        mark = address_mark(Channel(address.channel), address.value)
        having = select(ContactPoint.person_id).where(
            ContactPoint.address_index == mark, col(ContactPoint.until).is_(None)
        )
        asked = [col(Person.id).in_(having)]
    except AddressError:
        asked = [
            col(Person.id).in_(select(NameWord.person_id).where(NameWord.word_index == word_mark(word)))
            for word in name_words(text)
        ]
    if not asked:
        return []
    with db.read() as session:
        rows = session.exec(visible.where(*asked).order_by(col(Person.created_at).desc()))
        return [Found(row.id, row.name, row.created_at) for row in rows]


def name_words(name: str) -> frozenset[str]:
    """The words of a name as they are looked up: without case, accents or marks."""
    bare = (
        char for char in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(char)
    )
    return frozenset(re.findall(r"\w+", "".join(bare)))


def word_mark(word: str) -> bytes:
    """The blind index of one word of a name."""
    return crypto.blind(word, purpose="name word")


def email_mark(email: str) -> bytes:
    """The blind index under which a member of staff signs in."""
    return crypto.blind(email.strip().lower(), purpose="staff e-mail")


def holders(channel: Channel, address: str) -> list[str]:
    """The ids of everybody who has this address now, for signing in."""
    return holders_of_mark(channel, address_mark(channel, address))


def holders_of_mark(channel: Channel, mark: bytes) -> list[str]:
    """The same by the address's blind index."""
    with db.read() as session:
        found = select(ContactPoint.person_id).where(
            ContactPoint.channel == channel,
            ContactPoint.address_index == mark,
            col(ContactPoint.until).is_(None),
        )
        return list(session.exec(found.order_by(col(ContactPoint.id))))


def code_is_live(code_id: str) -> bool:
    """Whether a code may still be sent: neither used, replaced nor ten minutes old."""
    with db.read() as session:
        row = session.get(OneTimeCode, code_id)
        return row is not None and is_live(row)


def is_live(row: OneTimeCode) -> bool:
    return row.used_at is None and clock.real() < row.expires_at


def find_link(token: str, at: datetime) -> LinkFacts | None:
    """What the link with this token serves; None when it is unknown or closed, without saying which."""
    with db.read() as session:
        link = session.exec(select(AccessLink).where(AccessLink.token_hash == crypto.digest(token))).first()
        return link_facts(link) if link and is_open(link, at) else None


def link_facts(link: AccessLink) -> LinkFacts:
    return LinkFacts(link.id, link.person_id, link.about, link.target)


def is_open(link: AccessLink, at: datetime) -> bool:
    return link.ended_at is None and at < link.closes_at
