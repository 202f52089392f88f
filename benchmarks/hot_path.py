"""Goals 1 to 4: the question page, the save of an item and Send, against the floors, on both databases."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import databases, floors, measuring, students
from benchmarks.load import Request
from benchmarks.measuring import Line, Target
from benchmarks.serving import serving
from benchmarks.students import Portal

OTHERS = 200  # students over whom looking and saving are spread
MOST = 6000  # forms prepared for one kind of Send
_, FLOOR_ROW, FLOOR_POST = floors.NAMES
GET, SAVE = "ours: GET question page", "ours: POST one answer"
SEND_10, SEND_OM = "ours: Send CORE-10", "ours: Send CORE-OM"
SEND_ALERT = "ours: Send CORE-10, an answer to read"


def run(kind: str, *, rounds: int, seconds: int, connections: int) -> list[Line]:
    """Everything on one kind of database, interleaved; prints as it goes, gives the table's lines."""
    with tempfile.TemporaryDirectory(prefix="portal-benchmarks-") as kept:
        folder = Path(kept)
        forms = min(MOST, 250 * (rounds * seconds + 1))
        with _targets(kind, folder, forms) as (portal, targets):
            lines = measuring.measure(
                targets, folder, rounds=rounds, seconds=seconds, connections=connections
            )
            floor, ours = targets[0].server.megabytes(), targets[len(floors.NAMES)].server.megabytes()
            print(f"{_counted(portal, targets)} Worker memory: floor {floor:.0f} MB, ours {ours:.0f} MB.\n")
    return lines


@contextmanager
def _targets(kind: str, folder: Path, forms: int) -> Iterator[tuple[Portal, list[Target]]]:
    with ExitStack() as stack:
        url = stack.enter_context(databases.fresh(kind, folder, ("portal", "floor")))
        floors.prepare(url["floor"])
        portal = students.opened(url["portal"], str(folder))
        of_ours = _ours(portal, forms)
        databases.gather_statistics(url["portal"])
        floor = stack.enter_context(
            serving("benchmarks.serving:floor()", folder / "floor.log", {"FLOOR_URL": url["floor"]})
        )
        ours = stack.enter_context(
            serving("benchmarks.serving:ours()", folder / "ours.log", portal.environment, ready="/help")
        )
        asked = floors.requests()
        targets = [Target(name, floor, asked[name], against=name) for name in floors.NAMES]
        for name, requests in of_ours.items():
            against = FLOOR_ROW if name == GET else FLOOR_POST
            targets.append(Target(name, ours, requests, against=against, once="Send" in name))
        yield portal, targets


def _ours(portal: Portal, forms: int) -> dict[str, list[Request]]:
    return {
        GET: [portal.looks(form) for form in portal.half_filled(OTHERS)],
        SAVE: [portal.saves(form) for form in portal.half_filled(OTHERS)],
        SEND_10: [portal.sends(form) for form in portal.whole("core_10", forms)],
        SEND_OM: [portal.sends(form) for form in portal.whole("core_om", forms)],
        SEND_ALERT: [portal.sends(form) for form in portal.whole("core_10", forms, safety=1)],
    }


def _counted(portal: Portal, targets: Sequence[Target]) -> str:
    """What the database holds against what was answered. Raises AssertionError when a Send did nothing."""
    answered = sum(target.completed for target in targets if target.once)
    issued = sum(target.sent for target in targets if target.once)
    stands = portal.sent()
    said = f"Sends answered {answered}, in the database {stands}, issued {issued} (warm-up included)."
    assert answered <= stands <= issued, said
    return said
