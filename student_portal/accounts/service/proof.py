"""Date of birth or PIN, after a code or a link: it says which person this is. Five wrong tries an hour, and
fifteen in a week.
"""

import hmac
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from student_portal.access.queries import Role
from student_portal.accounts import queries
from student_portal.accounts.models import AccessLink, OneTimeCode, Person
from student_portal.accounts.queries import BORN, LinkFacts, rests
from student_portal.accounts.service.limits import count_try
from student_portal.accounts.service.people import prove_address
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, crypto, db, passwords
from student_portal.foundation.errors import Refused

AFTER_THE_CODE = timedelta(minutes=15)

Said = date | str
"""What somebody proves themselves with: a date of birth, or a PIN. A student who set one needs the PIN."""


def prove_by_code(*, code_id: str, said: Said, by: Actor, at: datetime) -> str | None:
    """The student who has the address that this code proved and of whom this is true; None: nobody.
    An address that staff were only told is proved from now on.

    Raises Refused("expired") when the code was not proved within 15 minutes, Refused("resting") for an
    hour after five wrong tries, and Refused("shut") after fifteen in seven days.
    """
    with db.read() as session:
        code = session.get(OneTimeCode, code_id)
        if code is None or not _just_used(code):
            raise Refused("expired")
        holders = queries.holders_of_mark(code.channel, code.address_index)
    found = _counted(holders, said, key=code.address_index.hex())
    if found:
        student = Actor(by.service_id, found, Role.STUDENT)
        prove_address(person_id=found, channel=code.channel, mark=code.address_index, by=student, at=at)
    return found


def prove_by_link(*, link_id: str, said: Said, at: datetime) -> LinkFacts | None:
    """What the link serves, if this is true of its student; None: it is not.

    Raises Refused("expired") when the link closed, and Refused("resting") and Refused("shut") as above.
    """
    with db.read() as session:
        link = session.get(AccessLink, link_id)
        if link is None or not queries.is_open(link, at):
            raise Refused("expired")
        facts = queries.link_facts(link)
    return facts if _counted([facts.person_id], said, key=facts.about) else None


def prove_again(*, person_id: str, said: Said) -> bool:
    """Whether this is true of a student who is signed in already: somebody else may hold their phone.

    Raises Refused("resting") and Refused("shut") as above.
    """
    return _counted([person_id], said, key=person_id) is not None


def _just_used(code: OneTimeCode) -> bool:
    """Used up by the right digits. One that was replaced by a newer code has no mark any more."""
    return (
        code.code_hash is not None
        and code.used_at is not None
        and clock.real() - code.used_at < AFTER_THE_CODE
    )


def _counted(people: Sequence[str], said: Said, *, key: str) -> str | None:
    """The one of these people of whom it is true. While resting even the right answer is not listened to."""
    found = None if rests(key) else _who(people, said)
    with db.write():  # only now: checking a PIN takes a while, and the database has one writer
        db.hold(f"tries {key}")
        closed = rests(key)
        if not closed and found is None:
            count_try(BORN, key)
    if closed:
        raise Refused(closed)
    return found


def _who(people: Sequence[str], said: Said) -> str | None:
    """Two records that match are one student twice if they have one name (the newest counts), else nobody:
    people who share a phone and a birthday are told apart by a person.
    """
    with db.read() as session:
        rows = [session.get_one(Person, person_id) for person_id in people]
    matching = [row for row in rows if row.died_at is None and _is_true(row, said)]
    if not matching or len({frozenset(queries.name_words(row.name)) for row in matching}) > 1:
        return None
    return max(row.id for row in matching)


def _is_true(person: Person, said: Said) -> bool:
    """A PIN counts for every record of its student: asking for support again must open no way round it."""
    guarded = [record for record in queries.same_student(person) if record.pin_hash]
    if isinstance(said, str):
        return any(passwords.matches(record.pin_hash, keyed(record.id, said)) for record in guarded)
    return not guarded and hmac.compare_digest(person.born or "", said.isoformat())


def keyed(person_id: str, pin: str) -> str:
    """What of a PIN is hashed: so few digits are soon guessed from a stolen hash without the index key."""
    return crypto.blind(f"{person_id} {pin}", purpose="pin").hex()
