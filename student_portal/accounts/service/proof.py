"""Date of birth, asked after a code or a link: it says which person this is. Five wrong tries an hour."""

import hmac
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from student_portal.accounts import queries
from student_portal.accounts.models import AccessLink, OneTimeCode, Person
from student_portal.accounts.queries import LinkFacts
from student_portal.accounts.service.limits import BORN, count_try, is_resting
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Refused

AFTER_THE_CODE = timedelta(minutes=15)


def prove_by_code(*, code_id: str, born: date) -> str | None:
    """The student who has the address that this code proved and was born that day; None: nobody.

    Raises Refused("expired") when the code was not proved within 15 minutes and Refused("resting") for an
    hour after five wrong tries.
    """
    with db.read() as session:
        code = session.get(OneTimeCode, code_id)
        if code is None or not _just_used(code):
            raise Refused("expired")
        holders = queries.holders_of_mark(code.channel, code.address_index)
    return _counted(holders, born, key=code.address_index.hex())


def prove_by_link(*, link_id: str, born: date, at: datetime) -> LinkFacts | None:
    """What the link serves, if its student was born that day; None: not that day.

    Raises Refused("expired") when the link closed and Refused("resting") as above.
    """
    with db.read() as session:
        link = session.get(AccessLink, link_id)
        if link is None or not queries.is_open(link, at):
            raise Refused("expired")
        facts = queries.link_facts(link)
    return facts if _counted([facts.person_id], born, key=facts.about) else None


def _just_used(code: OneTimeCode) -> bool:
    """Used up by the right digits. One that was replaced by a newer code has no mark any more."""
    return (
        code.code_hash is not None
        and code.used_at is not None
        and clock.real() - code.used_at < AFTER_THE_CODE
    )


def _counted(people: Sequence[str], born: date, *, key: str) -> str | None:
    with db.write():
        resting = is_resting(BORN, key)
        found = None if resting else _born_on(people, born)
        if not resting and found is None:
            count_try(BORN, key)
    if resting:
        raise Refused("resting")
    return found


def _born_on(people: Sequence[str], born: date) -> str | None:
    """Two records that match are one student twice if they have one name (the newest counts), else nobody:
    people who share a phone and a birthday are told apart by a person.
    """
    with db.read() as session:
        rows = [session.get_one(Person, person_id) for person_id in people]
    said = born.isoformat()
    matching = [row for row in rows if row.died_at is None and hmac.compare_digest(row.born or "", said)]
    if not matching or len({frozenset(queries.name_words(row.name)) for row in matching}) > 1:
        return None
    return max(row.id for row in matching)
