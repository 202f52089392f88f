"""What somebody would notice of an answer during which the database failed."""

from collections.abc import Iterator

from werkzeug.test import TestResponse

from student_portal.foundation.web import is_staff_side
from tests.support.striking import SAID

HELPLESS = ("/exit", "/help/kept.js")  # almost empty on purpose; a script


def wrong(answer: TestResponse) -> Iterator[str]:
    """No other status than 503 for it, help on it, and nothing of what the driver said."""
    status, path = answer.status_code, answer.request.path
    if status >= 500 and status != 503:
        yield f"{status} instead of 503"
    if SAID in answer.text or "Traceback" in answer.text:
        yield "a trace"
    needs_help = status >= 400 or (status == 200 and not is_staff_side(path) and path not in HELPLESS)
    if needs_help and "tel:999" not in answer.text:
        yield f"{status} without help"
