"""Every complete and every one-missing CORE-10 form, scored twice: 29 million forms, some twenty minutes.

    python -m tests.unit.questionnaires.exhaustive --jobs 2 --resume core-10-done.txt

Ends with the count and the disagreements; the exit status is 1 when there is any. With `--resume` the blocks
already done are written to that file and left out the next time. Nothing is random, so there is no seed.
"""

import argparse
import itertools
import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path

from questionnaires import load
from tests.unit.questionnaires.oracle import CORE_10, disagreement

POSITIONS = range(5)
FORMS_IN_A_BLOCK = 5**8


def blocks() -> list[str]:
    """The names of all blocks: complete forms by two answers, others by the gap and one answer."""
    complete = [f"complete {first} {second}" for first in POSITIONS for second in POSITIONS]
    gaps = [f"missing {item} {first}" for item in range(1, 11) for first in POSITIONS]
    return complete + gaps


def forms(block: str) -> Iterator[tuple[int | None, ...]]:
    kind, first, second = block.split()
    for rest in itertools.product(POSITIONS, repeat=8):
        if kind == "complete":
            yield (int(first), int(second), *rest)
        else:
            given = (int(second), *rest)
            gap = int(first) - 1
            yield (*given[:gap], None, *given[gap:])


def run(block: str) -> tuple[str, list[str]]:
    definition = load("core_10", 1)
    found = (disagreement(definition, CORE_10, form) for form in forms(block))
    return block, [fault for fault in found if fault]


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--jobs", type=int, default=1, help="processes to share the work")
    options.add_argument("--resume", type=Path, help="file that remembers the blocks already done")
    chosen = options.parse_args()
    done = chosen.resume.read_text().splitlines() if chosen.resume and chosen.resume.exists() else []
    waiting = [block for block in blocks() if block not in done]
    disagreements = 0
    with multiprocessing.Pool(chosen.jobs) as pool:
        for block, faults in pool.imap_unordered(run, waiting):
            disagreements += len(faults)
            sys.stdout.write("".join(f"{fault}\n" for fault in faults[:10]))
            if chosen.resume and not faults:
                with chosen.resume.open("a") as memory:
                    memory.write(f"{block}\n")
    sys.stdout.write(
        f"{len(waiting) * FORMS_IN_A_BLOCK:,} forms scored twice in this run, "
        f"{len(done) * FORMS_IN_A_BLOCK:,} in earlier ones; {disagreements} disagreements\n"
    )
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
