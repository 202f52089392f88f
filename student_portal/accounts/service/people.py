"""Making people known: students when they send a request, staff when an account is opened for them."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import col, select

from student_portal.access.queries import STAFF, Role, Viewer
from student_portal.accounts.models import ContactPoint, NameWord, Person, StaffAccount
from student_portal.accounts.queries import email_mark, name_words, word_mark
from student_portal.accounts.queries.people import record_of
from student_portal.accounts.queries.proofs import told_apart_by_name
from student_portal.audit import service as audit
from student_portal.audit.queries import Actor
from student_portal.foundation import db, passwords
from student_portal.foundation.errors import Refused
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel, address_mark


def create_student(
    *,
    name: str,
    born: date,
    channel: Channel,
    address: str,
    safety: str,
    language: str,
    by: Actor,
    at: datetime,
) -> str:
    """Make a student known, with the one address that a code just proved; gives the person's id.

    `safety` is when it is safe to use the address, in the student's words.
    """
    with db.write():
        person = _make_known(name, born, language, by=by, at=at)
        _add_contact(person, channel, address, safety, proved_at=at, at=at)
        student = Actor(by.service_id, person.id, Role.STUDENT)
        messaging.mark_proved(channel=channel, address=address, reason="code", by=student, at=at)
        _record_made(person, by=student, at=at)
        return person.id


def add_student(
    *,
    name: str,
    born: date,
    addresses: Mapping[Channel, str],
    safety: str,
    language: str,
    by: Actor,
    at: datetime,
) -> str:
    """Make a student known whom staff look after already; gives the person's id.

    The addresses are as told, at most one a channel: nothing but a code goes there until the student has
    signed in with one.
    """
    with db.write():
        person = _make_known(name, born, language, by=by, at=at)
        for channel, address in addresses.items():
            _add_contact(person, channel, address, safety, proved_at=None, at=at)
        _record_made(person, by=by, at=at)
        return person.id


def rename_student(*, person_id: str, name: str, by: Viewer, at: datetime) -> None:
    """Call a student by this name from now on; the same again changes nothing.

    The words of the old name still find the student, who may be called so in a letter; what is found shows
    the new one. Raises NotFound for a viewer without access, and Refused("shared") where another record has
    the same birthday and an address of theirs: a new name would part two records of one student, or join
    those of two.
    """
    with db.write() as session:
        others = told_apart_by_name(record_of(by, person_id))
        person = db.locked(Person, person_id)
        if person.name == name:
            return
        if others:
            raise Refused("shared")
        person.name = name
        person.version += 1
        session.add(person)
        _index_name(person)
        audit.record(
            verb="accounts.rename_student", subject=("person", person.id), by=by, at=at, person_id=person.id
        )


def prove_address(*, person_id: str, channel: Channel, mark: bytes, by: Actor, at: datetime) -> None:
    """A code came back from this address of the student's, which `mark` stands for. Once is enough."""
    with db.write() as session:
        told = select(ContactPoint).where(
            ContactPoint.person_id == person_id,
            ContactPoint.channel == channel,
            ContactPoint.address_index == mark,
            col(ContactPoint.until).is_(None),
            col(ContactPoint.proved_at).is_(None),
        )
        for contact in session.exec(told):
            contact.proved_at = at
            messaging.mark_proved(channel=channel, address=contact.address, reason="code", by=by, at=at)


def _make_known(name: str, born: date, language: str, *, by: Actor, at: datetime) -> Person:
    with db.write() as session:
        person = Person(service_id=by.service_id, is_staff=False, created_at=at, language=language)
        person.name = name
        person.born = born.isoformat()
        session.add(person)
        session.flush()
        _index_name(person)
        return person


def _record_made(person: Person, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb="accounts.create_student", subject=("person", person.id), by=by, at=at, person_id=person.id
    )


def _index_name(person: Person) -> None:
    """Add the words that this person is not found by yet."""
    with db.write() as session:
        known = set(session.exec(select(NameWord.word_index).where(NameWord.person_id == person.id)))
        for mark in sorted({word_mark(word) for word in name_words(person.name)} - known):
            session.add(NameWord(person_id=person.id, word_index=mark))


def _add_contact(
    person: Person, channel: Channel, address: str, safety: str, *, proved_at: datetime | None, at: datetime
) -> None:
    with db.write() as session:
        contact = ContactPoint(
            service_id=person.service_id,
            person_id=person.id,
            channel=channel,
            address_index=address_mark(channel, address),
            since=at,
            proved_at=proved_at,
        )
        contact.address = address
        contact.safety = safety
        session.add(contact)
        session.flush()


def create_staff(
    *, name: str, email: str, password: str, role: Role, totp: str, by: Actor, at: datetime
) -> str:
    """Open an account for a member of staff; gives the person's id. `totp` is the authenticator's secret.

    Raises ValueError for a role that is not a staff role.
    """
    if role not in STAFF:
        raise ValueError(f"{role} is not a role of the staff")
    with db.write() as session:
        person = Person(service_id=by.service_id, is_staff=True, created_at=at)
        person.name = name
        session.add(person)
        session.flush()
        account = StaffAccount(
            person_id=person.id,
            email_index=email_mark(email),
            role=role,
            password_hash=passwords.hashed(password),
        )
        account.email = email
        account.totp = totp
        session.add(account)
        session.flush()
        audit.record(
            verb="accounts.create_staff",
            subject=("person", person.id),
            by=by,
            at=at,
            detail={"role": role},
        )
        return person.id
