"""Rows of a spreadsheet, read as students: what is right is taken over exactly, what is wrong is named."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.caseload.rows import ALLOWED, MOST, Read, read
from student_portal.consent.queries import Scope
from student_portal.episodes.service import Held
from student_portal.foundation import crypto
from student_portal.messaging.queries import Channel

TODAY = date(2026, 11, 30)
LISTED = {"university of anywhere": "u" * 26}
HEAD = "Name,Born,University,Phone,Texts,Session 1,Session 2"


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "blind", lambda value, *, purpose: (value + purpose).encode()[-16:].rjust(16))


def read_rows(*rows: str, head: str = HEAD) -> Read:
    return read("\n".join([head, *rows]), LISTED, TODAY)


def wrong(*rows: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    return [(slip.row, slip.column, slip.code) for slip in read_rows(*rows, head=head).wrong]


def test_a_row_is_taken_over_as_it_stands() -> None:
    [one] = read_rows(
        "Zoë O’Brien,14/5/2005,university of ANYWHERE,07700 900142,yes,2/11/2026,2026-11-09"
    ).students
    assert (one.name, one.born, one.organisation_id) == ("Zoë O’Brien", date(2005, 5, 14), "u" * 26)
    assert one.addresses == {Channel.SMS: "+447700900142"}
    assert one.permits == {Scope.SMS: True}
    assert one.held == (Held(1, date(2026, 11, 2)), Held(2, date(2026, 11, 9)))


def test_another_university_stays_in_their_words_and_what_was_not_asked_is_not_permitted() -> None:
    [one] = read_rows("Ann,1/1/2001,Elsewhere College,,,,").students
    assert (one.organisation_id, one.other_university) == (None, "Elsewhere College")
    assert one.permits == {}
    assert one.addresses == {}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",14/5/2005,X,,,,", [(2, "name", "missing")]),
        ("Ann,,X,,,,", [(2, "born", "missing")]),
        ("Ann,31/4/2005,X,,,,", [(2, "born", "day")]),
        ("Ann,14/5/1850,X,,,,", [(2, "born", "year")]),
        ("Ann,14/5/2005,,,,,", [(2, "university", "missing")]),
        ("Ann,14/5/2005,X,0151 496 0000,,,", [(2, "phone", "address")]),
        ("Ann,14/5/2005,X,ann@example.com,,,", [(2, "phone", "address")]),
        ("Ann,14/5/2005,X,,maybe,,", [(2, "texts", "yes_no")]),
        ("Ann,14/5/2005,X,,,30/11/2026,", [(2, "session 1", "past")]),
        ("Ann,14/5/2005,X,,,9/11/2026,2/11/2026", [(2, "session 2", "order")]),
        ("Ann,14/5/2005,X,,,9/11/2026,9/11/2026", [(2, "session 2", "order")]),
        ("Ann,14/5/2005,X,,,,,extra", [(2, "", "too_wide")]),
        (f"{'A' * 81},14/5/2005,X,,,,", [(2, "name", "long")]),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(row: str, expected: list[tuple[int, str, str]]) -> None:
    assert wrong(row) == expected


def test_one_wrong_row_keeps_all_of_them_out_and_every_slip_is_named() -> None:
    slips = wrong("Ann,14/5/2005,X,,,,", ",31/4/2005,X,,maybe,,", "Ben,1/1/2001,X,,,,")
    assert slips == [(3, "name", "missing"), (3, "born", "day"), (3, "texts", "yes_no")]
    assert read_rows("Ann,14/5/2005,X,,,,", ",1/1/2001,X,,,,").students == ()


def test_columns_that_are_unknown_missing_or_twice_are_refused_by_name() -> None:
    assert wrong("a,b,c", head="Name,Born,CORE") == [
        (1, "core", "unknown_column"),
        (1, "university", "missing_column"),
    ]
    assert wrong("a,b,c,d", head="Name,Name,Born,University") == [(1, "name", "twice")]
    assert [slip.code for slip in read("", LISTED, TODAY).wrong] == ["empty"]
    assert [slip.code for slip in read(HEAD, LISTED, TODAY).wrong] == ["empty"]


def test_the_same_person_twice_and_too_many_at_once_are_refused() -> None:
    assert wrong("Ann,14/5/2005,X,,,,", "ANN,14/5/2005,Y,,,,") == [(3, "name", "repeated")]
    many = [f"Ann {number},14/5/2005,X,,,," for number in range(MOST + 1)]
    assert [code for _, _, code in wrong(*many)] == ["too_many"]
    assert len(read_rows(*many[:MOST]).students) == MOST


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_spreadsheets_paste_tabs_and_files_hold_commas_or_semicolons(mark: str) -> None:
    cells = ["Ann", "14/5/2005", "X"]
    text = "\r\n".join(mark.join(row) for row in (["name", "born", "university"], cells))
    [one] = read("\ufeff" + text, LISTED, TODAY).students
    assert one.name == "Ann"


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_either_students_or_slips_and_never_both(pasted: str) -> None:
    found = read(pasted, LISTED, TODAY)
    assert bool(found.students) != bool(found.wrong)


@given(
    name=st.text(st.characters(categories=("L",)), min_size=1, max_size=40),
    days=st.lists(st.integers(1, 300), unique=True, max_size=6),
    cell=st.sampled_from(ALLOWED),
)
def test_sessions_in_order_are_all_taken_over_whatever_the_columns_order(
    name: str, days: list[int], cell: str
) -> None:
    held = [TODAY - timedelta(days=back) for back in sorted(days, reverse=True)]
    row = {"name": name, "born": "14/5/2005", "university": "X"}
    row |= {f"session {number}": f"{on:%d/%m/%Y}" for number, on in enumerate(held, 1)}
    columns = sorted(row, key=lambda column: (column != cell, column))
    out = io.StringIO()
    csv.writer(out).writerows([columns, [row[column] for column in columns]])
    found = read(out.getvalue(), LISTED, TODAY)
    if not found.wrong:
        assert [one.on for one in found.students[0].held] == held


def test_blank_rows_count_as_the_spreadsheet_counts_them() -> None:
    blank = ",,,,,,"
    assert wrong("Ann,1/1/2001,X,,,,", blank, "", "Bo,never,X,,,,") == [(5, "born", "day")]
    twice = "Ann,1/1/2001,X,,,,"
    assert wrong(blank, twice, blank, twice) == [(5, "name", "repeated")]
    below = "\n\n" + HEAD.replace("Phone", "Fon")
    assert wrong("Ann,1/1/2001,X,,,,", head=below) == [(3, "fon", "unknown_column")]
    full = [f"Ann {number},1/1/2001,X,,,," for number in range(MOST + 1)]
    assert wrong(blank, *full) == [(MOST + 3, "", "too_many")]
