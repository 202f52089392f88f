"""Killing the web in the middle of a form: no answer that a phone was told is saved is ever lost.

    python -m tests.faults.kill --rounds 1000 --seed 7 --resume kill.json

Each round ends processes with SIGKILL at a random moment while a student's answers are posted: the gunicorn
worker, every tenth time its master, every twentieth everything at once; what does not come back
by itself is started again. Then the newest answer that the phone was told is saved must be in the database,
exactly; one it was told nothing about is there whole or not at all. After twenty rounds the form is finished
and sent, the last blow falling into Send: it is sent once, with the answers that were told, and one alert.

The same seed gives the same blows (when they fall, not what the machine was doing then). With --resume FILE
the count is kept in that file after each form, and a later call goes on from there. A thousand rounds take
about an hour.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults import standing
from tests.faults.phone import Phone
from tests.faults.victim import Victim
from tests.support import server as servers
from tests.support.clock import MONDAY_AT_TEN

ROUNDS_A_FORM = 20
SAFETY_ITEM, SOMETIMES = 9, 2
LATEST_BLOW, LATEST_BLOW_AT_SEND = 0.4, 0.06  # seconds after the first tap: several answers long; Send itself


@dataclass
class Count:
    """How far a run has come. `told`: answers that the phone was told are saved, all of them found."""

    seed: int
    rounds: int = 0
    forms_sent: int = 0
    told: int = 0


def one_form(seeded: Path, folder: Path, count: Count, *, rounds: int = ROUNDS_A_FORM) -> None:
    """So many rounds on a fresh copy of the seeded demo. Raises AssertionError when something is lost."""
    shutil.copytree(seeded, folder)
    servers.set_clock(folder, MONDAY_AT_TEN + timedelta(minutes=1))
    chance = random.Random(f"{count.seed}, from round {count.rounds}")
    with standing.read(folder) as database, Victim(folder) as victim:
        form = database.open_form()
        phone = Phone(victim.url, form.cookie, form.path, told=database.answers(form))
        for number in range(1, rounds + 1):
            _one_round(victim, phone, chance, number, form.items)
            database.must_hold(form, phone.told, phone.unsure)
        _finish(victim, phone, chance, form.items)
        database.must_be_sent_once(form, phone.told)
    count.rounds += rounds
    count.forms_sent += 1
    count.told += phone.times_told


def _one_round(victim: Victim, phone: Phone, chance: random.Random, number: int, items: int) -> None:
    """At least one answer, then more of them until the blow has fallen, then the service is back."""
    victim.until(lambda: phone.taps(chance, items), "an answer is saved")
    blow = victim.blow_in(chance.uniform(0, LATEST_BLOW), number)
    while blow.is_alive():
        phone.taps(chance, items)
    phone.url = victim.back()


def _finish(victim: Victim, phone: Phone, chance: random.Random, items: int) -> None:
    """Answer what is left, and press Send until the phone was told; a blow falls in between."""
    for item in range(1, items + 1):
        position = SOMETIMES if item == SAFETY_ITEM else chance.randint(0, 4)
        victim.until(lambda item=item, position=position: phone.answer(item, position), f"answer {item}")
    blow = victim.blow_in(chance.uniform(0, LATEST_BLOW_AT_SEND), 1)
    phone.presses_send()
    blow.join()
    phone.url = victim.back()
    victim.until(phone.presses_send, "the form is sent")


def seed_demo(folder: Path) -> Path:
    """A demo's data folder, as the first start leaves it."""
    folder.mkdir()
    servers.set_clock(folder, MONDAY_AT_TEN)
    with servers.serving(folder):
        return folder


def main() -> None:
    """Count to the number of rounds asked for, one form after the other."""
    asked = argparse.ArgumentParser(description="Kill the web in the middle of forms, and count.")
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--resume", type=Path, default=None)
    chosen = asked.parse_args()
    count = Count(random.SystemRandom().randrange(10**6) if chosen.seed is None else chosen.seed)
    if chosen.resume and chosen.resume.exists():
        count = Count(**json.loads(chosen.resume.read_text()))
    print(f"seed {count.seed}, from round {count.rounds}", flush=True)  # noqa: T201 - the command says where it is
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        seeded = seed_demo(folder / "seeded")
        while count.rounds < chosen.rounds:
            rounds = min(ROUNDS_A_FORM, chosen.rounds - count.rounds)
            one_form(seeded, folder / "data", count, rounds=rounds)
            shutil.rmtree(folder / "data")
            print(count, flush=True)  # noqa: T201
            if chosen.resume:
                chosen.resume.write_text(json.dumps(asdict(count)))


if __name__ == "__main__":
    sys.exit(main())
