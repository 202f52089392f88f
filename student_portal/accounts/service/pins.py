"""A student's PIN: instead of the date of birth, which somebody close to them knows.

While a PIN is set, the date of birth neither opens that student's links nor completes a sign-in.
"""

from datetime import date, datetime
from itertools import pairwise, permutations, product

from student_portal.access.queries import Viewer
from student_portal.accounts import queries
from student_portal.accounts.models import BrowserSession, Person, PinChange
from student_portal.accounts.queries.tries import BORN, doors
from student_portal.accounts.service.limits import forget_tries
from student_portal.accounts.service.proof import Said, keyed, prove_again
from student_portal.accounts.service.sessions import end_where
from student_portal.audit import service as audit
from student_portal.foundation import db, passwords
from student_portal.foundation.errors import NotFound, Refused

SHORTEST, LONGEST = 6, 8  # at fifteen tries a week, six digits outlast any course of sessions
_PARTS = (("%d", "%-d"), ("%m", "%-m"), ("%Y", "%y"))
_RUNS = {0, 1, 9}  # the same digit again, counting up, counting down


def weakness(pin: str, born: date) -> str | None:
    """Why this cannot be a PIN; None: it can.

    "digits": not 6 to 8 of them; "run": 111111, 123456, 121212, 123123; "born": the birthday, in any order.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return "digits"
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    repeats = pin in (pin + pin)[1:-1]
    if repeats or (len(steps) == 1 and steps <= _RUNS):
        return "run"
    return "born" if pin in _birthdays(born) else None


def _birthdays(born: date) -> set[str]:
    """Every way to write two or three parts of a date one after the other."""
    return {
        "".join(born.strftime(part) for part in written)
        for count in (2, 3)
        for parts in permutations(_PARTS, count)
        for written in product(*parts)
    }


def set_pin(*, pin: str, said: Said, by: Viewer, at: datetime) -> None:
    """Set or change one's own PIN; signs the student out of every other browser.

    `said` proves once more who holds the phone: the present PIN, or the date of birth while none is set.
    Raises Refused("no") when it does not, Refused("resting") and Refused("shut") after too many wrong tries,
    and Refused with what `weakness` says.
    """
    person_id = _proved_again(said, by=by)
    if weak := weakness(pin, queries.born_of(by, person_id)):
        raise Refused(weak)
    stored = passwords.hashed(keyed(person_id, pin))  # takes a while: before the unit of work
    _change(person_id, stored, by=by, at=at)


def remove_own_pin(*, said: Said, by: Viewer, at: datetime) -> None:
    """Go back to the date of birth. Raises as `set_pin`; without a PIN nothing happens."""
    person_id = _proved_again(said, by=by)
    if queries.pin(by, person_id).is_set:
        _change(person_id, None, by=by, at=at)


def remove_pin(*, person_id: str, by: Viewer, at: datetime) -> None:
    """Remove a PIN that was forgotten, after the student asked for it, and listen again wherever there were
    too many wrong tries; without a PIN only the latter.

    Signs the student out everywhere: whoever set a PIN that the student does not know goes too. Raises
    NotFound for a student whom this member of staff may not see.
    """
    is_set = queries.pin(by, person_id).is_set
    with db.write():
        forget_tries(BORN, *doors(db.locked(Person, person_id)))
        audit.record(
            verb="accounts.listen_again", subject=("person", person_id), by=by, at=at, person_id=person_id
        )
        if is_set:
            _change(person_id, None, by=by, at=at)


def _proved_again(said: Said, *, by: Viewer) -> str:
    if by.person_id is None:
        raise NotFound("person")
    if not prove_again(person_id=by.person_id, said=said):
        raise Refused("no")
    return by.person_id


def _change(person_id: str, stored: str | None, *, by: Viewer, at: datetime) -> None:
    with db.write() as session:
        person = db.locked(Person, person_id)
        for record in queries.same_student(person):  # of whom we may hold more than one record
            session.get_one(Person, record.id).pin_hash = None
        person.pin_hash = stored
        session.add(PinChange(person_id=person_id, is_set=stored is not None, at=at, by=str(by.person_id)))
        others = BrowserSession.id != by.session_id
        end_where(BrowserSession.person_id == person_id, others, by=by, at=at)
        audit.record(
            verb="accounts.set_pin" if stored else "accounts.remove_pin",
            subject=("person", person_id),
            by=by,
            at=at,
            person_id=person_id,
        )
