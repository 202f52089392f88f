"""Long lists, and tables for a spreadsheet."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from student_portal.foundation.listing import leaf, one_of
from student_portal.foundation.tables import as_csv


@given(st.integers(0, 130), st.one_of(st.none(), st.text(max_size=8), st.integers(-3, 99).map(str)))
def test_whatever_page_is_asked_for_one_that_exists_comes(count: int, asked: str | None) -> None:
    found = leaf(range(count), asked, size=25)
    assert 1 <= found.number <= found.pages
    assert found.total == count
    assert bool(found.items) == (count > 0)


@given(st.integers(0, 130))
def test_the_pages_together_are_the_list_in_its_order(count: int) -> None:
    pages = leaf(range(count), None).pages
    assert [one for number in range(1, pages + 1) for one in leaf(range(count), str(number)).items] == list(
        range(count)
    )


def test_an_order_nobody_knows_is_the_first() -> None:
    assert one_of("score", ("next", "since")) == "next"
    assert one_of("since", ("next", "since")) == "since"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1), min_size=1))
@example([["\x1f=1+1"]])
def test_no_cell_of_a_spreadsheet_begins_a_formula_and_no_word_is_lost(rows: list[list[str]]) -> None:
    made = as_csv(rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(made, newline="")))
    for row, cells in zip(rows, read, strict=True):
        for typed, cell in zip(row, cells or [""], strict=True):
            assert cell.removeprefix("'") == typed.removeprefix("'")
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
