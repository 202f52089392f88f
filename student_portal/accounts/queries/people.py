"""People as others read them: names, addresses, what they prefer; and members of staff."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Role, Viewer, require_sight, visible_people
from student_portal.accounts.models import ContactPoint, NameWord, Person, StaffAccount
from student_portal.foundation import addresses, crypto, db
from student_portal.foundation.addresses import AddressError
from student_portal.foundation.errors import NotFound
from student_portal.foundation.prepared import Columns, columns, prepared, prepared_rows
from student_portal.messaging.queries import Channel, address_mark

TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "miss", "mx"})


@dataclass(frozen=True)
class Contact:
    """One present address of a student. `shown` is the address as people write it, `value` as it is kept.

    `is_proved`: a code came back from there; otherwise staff were only told it.
    """

    channel: Channel
    value: str
    shown: str
    safety: str
    since: datetime
    text_word: str | None
    text_hour: int | None
    is_proved: bool


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


def name_of(viewer: Viewer, person_id: str) -> str:
    """What a student asked to be called. Raises NotFound for a viewer without access."""
    return record_of(viewer, person_id).name


def names_of(viewer: Viewer, people: Collection[str]) -> dict[str, str]:
    """The same for several students, by id. Raises NotFound if the viewer may not see one of them."""
    if not people:
        return {}
    seen = columns(Person.id, Person.name_sealed).where(
        col(Person.id).in_(people), col(Person.id).in_(visible_people(viewer))
    )
    with db.read() as session:
        names = {row.id: Person.name.opened(row.name_sealed, row.id) for row in session.execute(seen)}
    if set(people) - set(names):
        raise NotFound("person")
    return names


def born_of(viewer: Viewer, person_id: str) -> date:
    """A student's date of birth. Raises NotFound for a viewer without access."""
    return date.fromisoformat(record_of(viewer, person_id).born)


def record_of(viewer: Viewer, person_id: str) -> Person:
    """The row of a student, to be looked at. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return db.once(f"record of {person_id}", lambda: _record(person_id))


def _record(person_id: str) -> Person:
    for person in _records(person_id=person_id):
        return person
    raise NotFound("person")


@prepared_rows
def _records(person_id: str) -> SelectOfScalar[Person]:
    return select(Person).where(col(Person.id) == person_id)


def contact(viewer: Viewer, person_id: str) -> list[Contact]:
    """A student's present addresses, texts first. Raises NotFound for a viewer without access."""
    require_sight(viewer, person_id)
    return _present(person_id)


def contacts(viewer: Viewer, people: Collection[str]) -> dict[str, list[Contact]]:
    """The same of those of these students whom the viewer may see, in one statement."""
    theirs = select(ContactPoint).where(
        col(ContactPoint.person_id).in_(people),
        col(ContactPoint.until).is_(None),
        col(ContactPoint.person_id).in_(visible_people(viewer)),
    )
    found: dict[str, list[Contact]] = {}
    with db.read() as session:
        for row in session.exec(theirs):
            found.setdefault(row.person_id, []).append(_contact(row))
    return {person_id: _texts_first(of_one) for person_id, of_one in found.items()}


def channels(person_id: str) -> list[Channel]:
    """The channels on which a student has a proved address, texts first; for planning messages."""
    return [contact.channel for contact in _present(person_id) if contact.is_proved]


def address_of(person_id: str, channel: Channel) -> str | None:
    """Where to send a message now, for the worker alone; no page shows it."""
    return next((contact.value for contact in _present(person_id) if contact.channel == channel), None)


def preferences(person_id: str) -> Preferences:
    """What a student chose, for planning messages. Raises NotFound."""
    with db.read() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFound("person")
    theirs = _present(person_id)
    return Preferences(
        next((contact.text_word for contact in theirs if contact.text_word), None),
        next((contact.text_hour for contact in theirs if contact.text_hour is not None), None),
        person.language,
    )


def _present(person_id: str) -> list[Contact]:
    return _texts_first(map(_contact, _addresses(person_id=person_id)))


def _texts_first(found: Iterable[Contact]) -> list[Contact]:
    return sorted(found, key=lambda contact: contact.channel != Channel.SMS)


def _contact(row: ContactPoint) -> Contact:
    address = row.address
    return Contact(
        row.channel,
        address,
        addresses.shown(address),
        row.safety,
        row.since,
        row.text_word,
        row.text_hour,
        row.proved_at is not None,
    )


@prepared_rows
def _addresses(person_id: str) -> SelectOfScalar[ContactPoint]:
    theirs = select(ContactPoint).where(col(ContactPoint.person_id) == person_id)
    return theirs.where(col(ContactPoint.until).is_(None))


def is_alive(person_id: str) -> bool:
    """False once staff entered that somebody died: then nothing is ever sent to them again."""
    with db.read() as session:
        person = session.get(Person, person_id)
        return person is not None and person.died_at is None


def staff_name(person_id: str) -> str:
    """The name of a member of staff, which anybody they work with may know. Raises NotFound."""
    return staff_names([person_id])[person_id]


def staff_names(people: Collection[str]) -> dict[str, str]:
    """The names of several members of staff, by id. Raises NotFound if one is none."""
    if not people:
        return {}
    names = {
        row.id: Person.name.opened(row.name_sealed, row.id) for row in _of_staff(people=sorted(set(people)))
    }
    if set(people) - set(names):
        raise NotFound("staff")
    return names


@prepared
def _of_staff(people: Collection[str]) -> Columns:
    those = columns(Person.id, Person.name_sealed)
    return those.where(col(Person.id).in_(people), col(Person.is_staff).is_(True))


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
    return _found(visible.where(*asked))


def found(viewer: Viewer, people: Collection[str]) -> list[Found]:
    """Those of these students whom the viewer may open, newest first."""
    return _found(
        select(Person).where(col(Person.id).in_(people), col(Person.id).in_(visible_people(viewer)))
    )


def _found(wanted: SelectOfScalar[Person]) -> list[Found]:
    with db.read() as session:
        rows = session.exec(wanted.order_by(col(Person.created_at).desc(), col(Person.id).desc()))
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
