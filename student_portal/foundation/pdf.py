"""Making a tagged PDF out of a page of ours; built towards PDF/UA-1. The one door to WeasyPrint.

It needs three libraries of the system. Where they are missing all else works, and whoever asks is told.
Nothing is fetched while a page is laid out, and the file says nothing of who made it, when or where.
"""

from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import Any

_PAPER = Path(__file__).parent.parent / "static" / "css" / "paper.css"
_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


@cache
def is_available() -> bool:
    """Whether this machine has what draws PDFs; bin/setup.sh installs it where it may."""
    return all(find_library(name) for name in _LIBRARIES)


def make(page: str) -> bytes:
    """The PDF of a whole HTML page in the style of paper.css. Its `title` becomes the file's title, its
    `lang` the file's language, and the title of a drawing its alternative text.

    Takes some 50 ms a page, and a second more the first time. Raises OSError where it is not available.
    """
    document = _weasyprint().HTML(string=page, url_fetcher=_nothing)
    made: bytes = document.write_pdf(stylesheets=[_style()], pdf_variant="pdf/ua-1")
    return made


def _nothing(url: str, *_args: Any, **_kwargs: Any) -> Any:
    raise ValueError(f"a page on paper holds all it needs, and asked for {url.partition(':')[0]}")


@cache
def _style() -> Any:
    return _weasyprint().CSS(string=_PAPER.read_text())


def _weasyprint() -> Any:
    """The library, loaded when it is first wanted: it takes a second and 40 MB."""
    import weasyprint

    return weasyprint
