"""Goal 8: a student's report as a PDF, from the press of the button to the file, beside bare WeasyPrint on
the same HTML, in one process and turn by turn.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from benchmarks import databases, students
from student_portal.access.queries import Role, Viewer
from student_portal.caseload import queries
from student_portal.caseload.views.report import paper
from student_portal.foundation import clock, db
from tests.support.records import USUAL, Records

STYLE = Path(__file__).parent.parent / "student_portal" / "static" / "css" / "paper.css"
BASE = "https://portal.invalid"
MOST = 1.3


@dataclass(frozen=True)
class Made:
    """Processor milliseconds in the median, and how many pages one has."""

    pages: int
    report: float
    bare: float
    tagged: float
    x_bare: float
    x_tagged: float


def run(*, rounds: int) -> Made:
    """The report, bare WeasyPrint, and WeasyPrint asked for a tagged file, each once a round."""
    with tempfile.TemporaryDirectory(prefix="portal-benchmarks-") as kept:
        folder = Path(kept)
        with databases.fresh("sqlite", folder, ("paper",)) as urls:
            portal = students.opened(urls["paper"], kept, Records)
            records = portal.crowd
            assert isinstance(records, Records)
            return _measured(records, records.of_mine(USUAL), rounds)


def _measured(records: Records, person_id: str, rounds: int) -> Made:
    import weasyprint  # here, because it takes a second and may be missing

    page, style = _page(records, person_id), weasyprint.CSS(string=STYLE.read_text())
    browser = records.app.test_client(use_cookies=False)

    def bare(**asked: str) -> Any:
        return weasyprint.HTML(string=page).write_pdf(stylesheets=[style], **asked)

    makers: list[Callable[[], Any]] = [
        lambda: _pressed(browser, records, person_id),
        bare,
        lambda: bare(pdf_variant="pdf/ua-1"),
    ]
    for make in makers:
        make()  # whatever a first file loads
    turns = [[_cpu(make) for make in makers] for _ in range(rounds)]
    report, plain, tagged = (statistics.median(column) for column in zip(*turns, strict=True))
    return Made(
        pages=len(weasyprint.HTML(string=page).render(stylesheets=[style]).pages),
        report=report,
        bare=plain,
        tagged=tagged,
        x_bare=statistics.median(turn[0] / turn[1] for turn in turns),
        x_tagged=statistics.median(turn[0] / turn[2] for turn in turns),
    )


def _page(records: Records, person_id: str) -> str:
    """The very HTML that becomes the report."""
    viewer = Viewer(records.service_id, records.therapist_id, Role.THERAPIST)
    app: Flask = records.app
    with app.test_request_context(base_url=BASE), db.read():
        return paper(queries.report(viewer, person_id, at=clock.now()))


def _pressed(browser: FlaskClient, records: Records, person_id: str) -> None:
    answer = browser.post(
        f"/staff/caseload/{person_id}/report",
        base_url=BASE,
        headers={"Cookie": records.cookie, "Referer": BASE},
        data={"csrf_token": records.token},
    )
    assert answer.data.startswith(b"%PDF"), answer.status_code


def _cpu(make: Callable[[], Any]) -> float:
    began = time.process_time()
    make()
    return (time.process_time() - began) * 1000


def said(made: Made) -> str:
    """The figures, and whether the goal is met."""
    verdict = "met" if max(made.x_bare, made.x_tagged) <= MOST else "NOT met"
    return (
        f"Report of {made.pages} pages: {made.report:.0f} ms of CPU; bare WeasyPrint on the same HTML "
        f"{made.bare:.0f} ms, asked for a tagged file (PDF/UA-1) {made.tagged:.0f} ms.\n"
        f"- report as PDF: at most {MOST} x bare WeasyPrint: {made.x_bare:.2f}, of a tagged file "
        f"{made.x_tagged:.2f}, {verdict}"
    )
