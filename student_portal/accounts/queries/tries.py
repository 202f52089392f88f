"""What costs money or could be guessed, counted in the database so that every process counts alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func

from student_portal.access.queries import Viewer
from student_portal.accounts.models import AccessLink, Attempt, ContactPoint, Person
from student_portal.accounts.queries.people import record_of
from student_portal.accounts.queries.proofs import same_student
from student_portal.foundation import clock, crypto
from student_portal.foundation.prepared import Columns, columns, prepared


@dataclass(frozen=True)
class Limit:
    """At most `most` uses of `what` for one key within `within` (the machine's time)."""

    what: str
    most: int
    within: timedelta


BORN = Limit("born", 5, timedelta(hours=1))  # rules.md, links: five wrong tries close that way for an hour
# By the hour alone, all birthdays of an age group can be tried while one link is open.
BORN_WEEKLY = Limit("born", 15, timedelta(days=7))
NUMBERS = Limit("numbers", 3, timedelta(days=1))  # messages with numbers of help that one person asks for


def tries(limit: Limit, *keys: str) -> int:
    """How often these keys were used within the limit's time."""
    marks = [mark(limit, key) for key in keys]
    [(used,)] = _used(what=limit.what, marks=marks, since=clock.real() - limit.within)
    return int(used)


@prepared
def _used(what: str, marks: Collection[bytes], since: datetime) -> Columns:
    return columns(func.count()).where(
        col(Attempt.what) == what, col(Attempt.key_index).in_(marks), col(Attempt.at) > since
    )


def is_resting(limit: Limit, key: str) -> bool:
    """Whether this key has used up its tries."""
    return tries(limit, key) >= limit.most


def rests(key: str) -> str:
    """Why a way in by date of birth or PIN is closed: "resting" an hour, "shut" for days; "": it is open."""
    if is_resting(BORN_WEEKLY, key):
        return "shut"
    return "resting" if is_resting(BORN, key) else ""


def mark(limit: Limit, key: str) -> bytes:
    """How a key is kept."""
    return crypto.blind(key, purpose=f"attempt {limit.what}")


def wrong_tries(viewer: Viewer, person_id: str) -> int:
    """Dates of birth and PINs that did not match this last week, wherever somebody tries to come in as this
    student. Raises NotFound for a viewer without access.
    """
    return tries(BORN_WEEKLY, *doors(record_of(viewer, person_id)))


def doors(person: Person) -> list[str]:
    """The keys under which the tries to come in as this student are counted: while signed in, after a code to
    an address of theirs, at their links.
    """
    theirs = [record.id for record in same_student(person)]
    addresses = [index.hex() for (index,) in _addresses_of(people=theirs)]
    return [*theirs, *addresses, *(about for (about,) in _linked_to(people=theirs))]


@prepared
def _addresses_of(people: Collection[str]) -> Columns:
    theirs = col(ContactPoint.person_id).in_(people)
    return columns(ContactPoint.address_index).where(theirs, col(ContactPoint.until).is_(None))


@prepared
def _linked_to(people: Collection[str]) -> Columns:
    return columns(AccessLink.about).where(col(AccessLink.person_id).in_(people)).distinct()
