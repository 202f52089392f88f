"""A team's life for tens of thousands of steps: nothing that must be read is lost or without a reader.

    python -m tests.faults.readers --steps 50000 --seed 7 --resume readers.json

Students send and change forms, ask to talk, stop and are given other therapists; staff read, act, hand over,
go on leave, come back, stand in, stop standing in, leave the team; the worker dies and comes back, texts
fail; time goes on. After each step `tests/support/duty_holds.py` looks at all that must hold, with a worker's
round if one is awake. Each walk of 60 steps begins on a fresh copy. The same seed draws the same walks. With
--resume FILE the count is kept in that file after every walk, and a later call goes on from there.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from student_portal.config import Config
from tests.support import duty_base
from tests.support.duty_holds import check
from tests.support.duty_walk import Walk

STEPS_AT_ONCE = 60
STARTS_IN = (-30, 0, 20, 40, 59, 60, 61, 300, 1500, 6000)
MINUTES = (1, 30, 60, 121, 240, 480, 1440, 4320)

Step = Callable[[Walk, random.Random], None]

STEPS: list[tuple[int, Step]] = [
    (6, lambda walk, draw: walk.send(draw.randrange(12), draw.choice(STARTS_IN))),
    (3, lambda walk, draw: walk.amend(draw.randrange(12), draw.choice(STARTS_IN), draw.random() < 0.6)),
    (4, lambda walk, draw: walk.acknowledge(draw.randrange(12), draw.randrange(12))),
    (2, lambda walk, draw: walk.act(draw.randrange(12), draw.randrange(12))),
    (3, lambda walk, draw: walk.asks(draw.randrange(12))),
    (1, lambda walk, draw: walk.takes_back(draw.randrange(12))),
    (3, lambda walk, draw: walk.reads_wish(draw.randrange(12), draw.randrange(12))),
    (2, lambda walk, draw: walk.hand_over(draw.randrange(12), draw.randrange(12))),
    (3, lambda walk, draw: walk.goes_away(draw.randrange(12), draw.randrange(1, 200))),
    (1, lambda walk, _draw: walk.comes_back()),
    (2, lambda walk, draw: walk.stands_in(draw.randrange(12), draw.choice((None, draw.randrange(12))))),
    (1, lambda walk, draw: walk.manages(draw.randrange(2))),
    (2, lambda walk, draw: walk.ends_turn(draw.randrange(12))),
    (1, lambda walk, draw: walk.leaves_the_team(draw.randrange(12))),
    (1, lambda walk, draw: walk.gets_another_therapist(draw.randrange(12), draw.randrange(12))),
    (1, lambda walk, draw: walk.stops(draw.randrange(12))),
    (2, lambda walk, draw: walk.falls_asleep(draw.random() < 0.7)),
    (1, lambda walk, draw: walk.line_breaks(draw.randrange(3))),
    (8, lambda walk, draw: walk.time_passes(draw.choice(MINUTES))),
]


def walk(base: Path, folder: Path, seed: int) -> Walk:
    """One life, drawn from its seed; gives what became of it. Raises AssertionError."""
    draw, life = random.Random(seed), Walk.on_a_copy(base, folder)
    life.stands_in(2, None)
    life.manages(0)
    for number in range(STEPS_AT_ONCE):
        (step,) = draw.choices([do for _, do in STEPS], [weight for weight, _ in STEPS])
        step(life, draw)
        try:
            check(life)
        except AssertionError as broken:
            raise AssertionError(f"walk {seed}, step {number}: {broken}") from broken
    return life


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", type=Path)
    wanted = parser.parse_args()
    count = {"seed": wanted.seed, "steps": 0, "answers": 0, "wishes": 0}
    if wanted.resume and wanted.resume.exists():
        count = json.loads(wanted.resume.read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Config.from_env({"DATA_DIR": name}).start()
        base = duty_base.found(folder)
        while count["steps"] < wanted.steps:
            life = walk(base, folder, count["seed"] * 1_000_000 + count["steps"])
            count["answers"] += len(life.sent)
            count["wishes"] += life.wishes
            count["steps"] += STEPS_AT_ONCE
            if wanted.resume:
                wanted.resume.write_text(json.dumps(count))
    sys.stdout.write(
        f"{count['steps']} steps, {count['answers']} answers and {count['wishes']} wishes to talk,"
        f" seed {count['seed']}: none lost, none unowned\n"
    )


if __name__ == "__main__":
    main()
