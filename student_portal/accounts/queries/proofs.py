"""How somebody proves who they are: links, codes, PINs, and whose an address is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from student_portal.access.queries import Viewer
from student_portal.accounts.models import AccessLink, ContactPoint, OneTimeCode, Person, PinChange
from student_portal.accounts.queries.people import name_words, record_of
from student_portal.foundation import clock, crypto, db
from student_portal.foundation.prepared import Columns, columns, prepared, prepared_rows
from student_portal.messaging.queries import Channel, address_mark


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


def pin(viewer: Viewer, person_id: str) -> PinFacts:
    """How a student's PIN stands. Raises NotFound for a viewer without access."""
    is_set = any(record.pin_hash for record in same_student(record_of(viewer, person_id)))
    for last in _pin_changes(person_id=person_id):
        return PinFacts(is_set, last.at, by_team=last.by != person_id)
    return PinFacts(is_set, None, by_team=False)


@prepared
def _pin_changes(person_id: str) -> Columns:
    theirs = columns(PinChange.at, PinChange.by).where(col(PinChange.person_id) == person_id)
    return theirs.order_by(col(PinChange.id).desc()).limit(1)


def asks_pin(link_id: str) -> bool:
    """Whether the student this link was sent to set a PIN; for the page that follows Continue."""
    with db.read() as session:
        whose = select(Person).join(AccessLink, col(AccessLink.person_id) == Person.id)
        person = session.exec(whose.where(AccessLink.id == link_id)).first()
        return person is not None and any(record.pin_hash for record in same_student(person))


def same_student(person: Person) -> list[Person]:
    """This record, and every other of the same name and birthday that has one of its addresses now; to be
    looked at.
    """
    return db.once(f"records of the student {person.id}", lambda: _same_student(person))


def _same_student(person: Person) -> list[Person]:
    found = {row.id: row for row in _sharing_an_address(person_id=person.id)} | {person.id: person}
    if len(found) == 1:
        return [person]
    who = (person.born, name_words(person.name))
    return [row for row in found.values() if (row.born, name_words(row.name)) == who]


def told_apart_by_name(person: Person) -> list[Person]:
    """Every other record of this birthday that has one of its addresses now, whatever its name; to be looked
    at. Nothing but the name tells whoever signs in to which of them they belong.
    """
    found = _sharing_an_address(person_id=person.id)
    return [row for row in found if row.id != person.id and row.born == person.born]


@prepared_rows
def _sharing_an_address(person_id: str) -> SelectOfScalar[Person]:
    mine = aliased(ContactPoint)
    return (
        select(Person)
        .join(ContactPoint, col(ContactPoint.person_id) == Person.id)
        .join(mine, col(mine.address_index) == ContactPoint.address_index)
        .where(col(mine.person_id) == person_id, col(mine.until).is_(None), col(ContactPoint.until).is_(None))
    )


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
