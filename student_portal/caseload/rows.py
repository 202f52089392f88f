"""Rows of a spreadsheet, pasted by a therapist, read as students: pure. What is wrong is said by row.

Columns are found by their names in the first row, in any order; unknown ones are refused, so that nobody
believes something was taken over that was not.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from student_portal.caseload.service.adding import NewStudent
from student_portal.consent.queries import Scope
from student_portal.episodes.service import Held
from student_portal.foundation import addresses, crypto, ids
from student_portal.foundation.addresses import AddressError
from student_portal.foundation.forms import OLDEST, YOUNGEST, tidy
from student_portal.messaging.queries import Channel

Value = TypeVar("Value")

MOST = 50  # rows at once: what a person can still read through
NEEDED = ("name", "born", "university")
SESSIONS = tuple(f"session {number}" for number in range(1, 7))
ALLOWED = (*NEEDED, "phone", "email", "safe", "forms", "texts", "emails", *SESSIONS)
LONGEST = {"name": 80, "university": 120, "safe": 300}
ANSWERS = {"yes": True, "y": True, "no": False, "n": False}
PERMITS = {"forms": Scope.DIGITAL_FORMS, "texts": Scope.SMS, "emails": Scope.EMAIL}


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one cell: a code, the column, and the row as the spreadsheet counts it."""

    row: int
    column: str
    code: str


@dataclass(frozen=True)
class Read:
    """What was pasted: the students in it, or what keeps them from being added. Never both."""

    students: tuple[NewStudent, ...]
    wrong: tuple[Wrong, ...]


class _Slip(ValueError):
    """One cell cannot be used; its code says why."""


def read(pasted: str, universities: Mapping[str, str], today: date) -> Read:
    """Every row as a student. `universities` gives the id behind each listed name, in small letters."""
    numbered = enumerate(_cells(pasted), 1)
    lines = [(number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)]
    if len(lines) < 2:
        return Read((), (Wrong(1, "", "empty"),))
    (top, names), *rest = lines
    columns = [" ".join(name.lower().split()) for name in names]
    wrong = [Wrong(top, name, "unknown_column") for name in columns if name not in ALLOWED]
    wrong += [Wrong(top, name, "missing_column") for name in NEEDED if name not in columns]
    wrong += [Wrong(top, name, "twice") for name in dict.fromkeys(columns) if columns.count(name) > 1]
    if len(rest) > MOST:
        wrong.append(Wrong(rest[MOST][0], "", "too_many"))
    if wrong:
        return Read((), tuple(wrong))
    found = {number: _line(number, columns, cells, universities, today) for number, cells in rest}
    students = {number: one for number, one in found.items() if isinstance(one, NewStudent)}
    wrong = [slip for one in found.values() if isinstance(one, list) for slip in one] or _repeated(students)
    return Read((), tuple(wrong)) if wrong else Read(tuple(students.values()), ())


def _cells(pasted: str) -> list[list[str]]:
    """Every row, blank ones too. Spreadsheets paste tabs; files hold commas or semicolons."""
    text = pasted.replace("\r\n", "\n").removeprefix("\ufeff")
    first = next((line for line in text.split("\n") if line.strip()), "")
    mark = max("\t,;", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return []


def _line(
    number: int, columns: Sequence[str], cells: Sequence[str], universities: Mapping[str, str], today: date
) -> NewStudent | list[Wrong]:
    if len(cells) > len(columns):
        return [Wrong(number, "", "too_wide")]
    return student(dict(zip(columns, cells, strict=False)), universities, today, number=number)


def student(
    typed: Mapping[str, str], universities: Mapping[str, str], today: date, *, number: int = 1, key: str = ""
) -> NewStudent | list[Wrong]:
    """One student by column, or everything that is wrong. Without a `key` it is a mark of the whole row."""
    row = _Row(number, {column: tidy(cell) for column, cell in typed.items()})
    name, born = row.judged("name", _name), row.judged("born", lambda cell: _born(cell, today))
    university, safety = row.judged("university", _university), row.judged("safe", _safe)
    reached = {
        channel: value
        for column, channel in (("phone", Channel.SMS), ("email", Channel.EMAIL))
        if (value := row.judged(column, partial(_address, channel=channel)))
    }
    permits = {
        scope: answer
        for column, scope in PERMITS.items()
        if (answer := row.judged(column, _yes_or_no)) is not None
    }
    held = [
        Held(place, on)
        for place, column in enumerate(SESSIONS, 1)
        if (on := row.judged(column, _day_or_none))
    ]
    row.slips += [Wrong(number, SESSIONS[place - 1], code) for place, code in _disorder(held, today)]
    if row.slips or name is None or born is None or university is None:
        return row.slips
    listed = universities.get(university.lower())
    return NewStudent(
        key=key or _key(row.cells),
        name=name,
        born=born,
        organisation_id=listed,
        other_university="" if listed else university,
        addresses=reached,
        safety=safety or "",
        permits=permits,
        held=tuple(held),
    )


@dataclass
class _Row:
    """One row while it is read: each cell is judged, and what is wrong gathers."""

    number: int
    cells: Mapping[str, str]
    slips: list[Wrong] = field(default_factory=list)

    def judged(self, column: str, judge: Callable[[str], Value]) -> Value | None:
        try:
            return judge(self.cells.get(column, ""))
        except _Slip as slip:
            self.slips.append(Wrong(self.number, column, str(slip)))
            return None


def _key(row: Mapping[str, str]) -> str:
    """The same row pasted again is the same student: a mark of its cells, as long as an id."""
    cells = (f"{column}\x1f{cell}" for column, cell in sorted(row.items()))
    return crypto.blind("\n".join(cells), purpose="pasted row").hex()[: ids.LENGTH]


def _name(typed: str) -> str:
    return _needed(typed, "name")


def _university(typed: str) -> str:
    return _needed(typed, "university")


def _safe(typed: str) -> str:
    return _short(typed, "safe")


def _needed(typed: str, column: str) -> str:
    if not typed:
        raise _Slip("missing")
    return _short(typed, column)


def _short(typed: str, column: str) -> str:
    if len(typed) > LONGEST[column]:
        raise _Slip("long")
    return typed


def _born(typed: str, today: date) -> date:
    if not typed:
        raise _Slip("missing")
    born = _day(typed)
    if not YOUNGEST <= today.year - born.year <= OLDEST:
        raise _Slip("year")
    return born


def _day_or_none(typed: str) -> date | None:
    return _day(typed) if typed else None


def _day(typed: str) -> date:
    """As spreadsheets and people write it: 14/5/2005 or 2005-05-14."""
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _Slip("day")


def _address(typed: str, *, channel: Channel) -> str | None:
    if not typed:
        return None
    try:
        found = addresses.parse(typed)
    except AddressError as error:
        raise _Slip("address") from error
    if found.channel != channel:
        raise _Slip("address")
    return found.value


def _yes_or_no(typed: str) -> bool | None:
    if not typed:
        return None
    if typed.lower() not in ANSWERS:
        raise _Slip("yes_no")
    return ANSWERS[typed.lower()]


def _disorder(held: Sequence[Held], today: date) -> Iterator[tuple[int, str]]:
    """Sessions still to come, or whose days do not follow their numbers."""
    before: Held | None = None
    for one in held:
        if one.on >= today:
            yield one.number, "past"
        elif before and one.on <= before.on:
            yield one.number, "order"
        before = one


def _repeated(students: Mapping[int, NewStudent]) -> list[Wrong]:
    seen: set[tuple[str, date]] = set()
    wrong = []
    for number, one in students.items():
        who = (one.name.lower(), one.born)
        if who in seen:
            wrong.append(Wrong(number, "name", "repeated"))
        seen.add(who)
    return wrong
