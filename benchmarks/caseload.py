"""Goal 7 and the weight of a past: the therapist's pages with six and fifty sessions, on both databases,
beside a thousand stored responses and beside a million.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import mean

from benchmarks import databases, floors, measuring, students
from benchmarks.hot_path import FLOOR_ROW
from benchmarks.load import Request
from benchmarks.measuring import Line, Target
from benchmarks.serving import serving
from tests.support.records import USUAL, Records

FEW = 1_000  # stored responses
LONG_COURSE = 50  # sessions
MINE = 10  # students of the therapist's own who come today
SIX, FIFTY, TODAY = "student page, 6 sessions", f"student page, {LONG_COURSE} sessions", "today"


def run(kind: str, *, stored: int, rounds: int, seconds: int, connections: int) -> list[Line]:
    """Every page beside a few and beside `stored` responses, interleaved with the floor; gives the lines."""
    with tempfile.TemporaryDirectory(prefix="portal-benchmarks-") as kept:
        folder = Path(kept)
        with _targets(kind, folder, stored) as targets:
            return measuring.measure(targets, folder, rounds=rounds, seconds=seconds, connections=connections)


@contextmanager
def _targets(kind: str, folder: Path, stored: int) -> Iterator[list[Target]]:
    with ExitStack() as stack:
        urls = stack.enter_context(databases.fresh(kind, folder, ("few", "many", "floor")))
        floors.prepare(urls["floor"])
        floor = stack.enter_context(
            serving("benchmarks.serving:floor()", folder / "floor.log", {"FLOOR_URL": urls["floor"]})
        )
        asked_of_floor = floors.requests()
        targets = [
            Target(name, floor, asked_of_floor[name], against=floors.TEN) for name in (floors.TEN, FLOOR_ROW)
        ]
        for name, responses in (("few", FEW), ("many", stored)):
            portal = students.opened(urls[name], str(folder), Records)
            asked = _asked(portal.crowd, responses)
            databases.gather_statistics(urls[name])
            log = folder / f"{name}.log"
            ours = stack.enter_context(
                serving("benchmarks.serving:ours()", log, portal.environment, ready="/help")
            )
            targets += [
                Target(f"{page} ({responses:,} stored)", ours, requests, against=floors.TEN)
                for page, requests in asked.items()
            ]
        yield targets


def _asked(records: object, responses: int) -> dict[str, list[Request]]:
    """The pages of a therapist with ten students of the usual course and one of a long one."""
    assert isinstance(records, Records)
    records.of_others(responses - MINE * USUAL - LONG_COURSE)
    usual = [records.of_mine(USUAL) for _ in range(MINE)]
    longest = records.of_mine(LONG_COURSE)
    return {
        SIX: [_page(f"/{person_id}", records) for person_id in usual],
        FIFTY: [_page(f"/{longest}", records)],
        TODAY: [_page("", records)],
    }


def _page(rest: str, records: Records) -> Request:
    return Request("GET", f"/staff/caseload{rest}", records.cookie)


def judged(lines: Sequence[Line], stored: int) -> Iterator[str]:
    """Each goal with its figure and whether it is met. What a page costs is the mean of both servers, which
    hold the same students: two processes that run the same code differ by a tenth.
    """
    by_name = {line.name: line for line in lines}
    few = {page: by_name[f"{page} ({FEW:,} stored)"] for page in (SIX, FIFTY, TODAY)}
    many = {page: by_name[f"{page} ({stored:,} stored)"] for page in (SIX, FIFTY, TODAY)}
    six, fifty = (mean((few[page].cpu, many[page].cpu)) for page in (SIX, FIFTY))
    yield _said(f"{SIX}: CPU at most 8 x {floors.TEN}", mean((few[SIX].x_cpu, many[SIX].x_cpu)), 8)
    lighter = six / by_name[FLOOR_ROW].cpu
    yield f"- {SIX}: {lighter:.2f} x {FLOOR_ROW}, which is lighter"
    yield _said(f"{FIFTY}: CPU at most 1.5 x that of 6", fifty / six, 1.5)
    for page in (SIX, TODAY):
        slower = many[page].p50 / few[page].p50
        yield _said(f"{page}: time beside {stored:,} at most 1.5 x that beside {FEW:,}", slower, 1.5)


def _said(what: str, figure: float, most: float) -> str:
    return f"- {what}: {figure:.2f}, {'met' if figure <= most else 'NOT met'}"
