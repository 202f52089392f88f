"""Tables as CSV for a spreadsheet, in which nothing anybody typed can become a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Whatever a spreadsheet may pass over at the start of a cell: blanks, marks of no width, control characters.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff]*[=+@-]|[ \u00a0\ufeff]*[\t\r\n]")


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows, UTF-8 with a mark that tells spreadsheets so. A cell that a spreadsheet would take for a
    formula gets an apostrophe before it, also after blanks.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
