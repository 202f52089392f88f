"""Killing the web in the middle of forms: no answer that a phone was told is saved is lost, no form is half.

    python -m tests.faults.kill --rounds 1000 --seed 7 --resume kill.json

Each round ends processes with SIGKILL at a random moment: the gunicorn worker, every fiftieth time its master
and every hundredth everything at once; what does not come back by itself is started again. Two rounds go over
each student's form. In the first its answers are changed, one post after the other, when the blow falls: then
the newest answer that the phone was told is saved must be in the database, exactly, and one it was told
nothing about is there whole or not at all. In the second the form is sent when the blow falls: then it is
open with all its answers, or sent with its document, every score, its alert and its line in the activity log,
and never in between; if the phone was told, it is sent. Pressed until the phone is told, it is sent once.

The same seed draws the same chances (not what the machine was doing then). With --resume FILE the count is
kept in that file after every hundred rounds, and a later call goes on from there.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults import standing
from tests.faults.phone import Phone
from tests.faults.standing import Database
from tests.faults.victim import Victim
from tests.support import server as servers
from tests.support.clock import MONDAY_AT_TEN
from tests.support.crowd import Filled

ROUNDS_AT_ONCE = 100  # on one copy of the seeded demo
LONGEST = 1.3  # a blow falls within so many times what a Send, or four saves, have been taking
SAVES = 4


@dataclass
class Count:
    """How far a run has come, and how often a blow fell where it should: into a save, into a Send.

    `told`: answers that the phone was told are saved, all of them found. `sent_unseen`: Sends that were
    committed though the phone was told nothing.
    """

    seed: int
    rounds: int = 0
    told: int = 0
    cut_saves: int = 0
    cut_sends: int = 0
    sent_unseen: int = 0


def some_rounds(seeded: Path, folder: Path, count: Count, *, rounds: int = ROUNDS_AT_ONCE) -> None:
    """An even number of rounds on a fresh copy of the seeded demo. Raises AssertionError when something is
    lost, or half.
    """
    shutil.copytree(seeded, folder)
    servers.set_clock(folder, MONDAY_AT_TEN + timedelta(minutes=1))
    chance = random.Random(f"{count.seed}, from round {count.rounds}")
    with standing.read(folder) as database:
        forms = database.begun(rounds // 2, chance)
        with Victim(folder) as victim:
            took: list[float] = [0.05]  # seconds: what a Send has been taking
            for form in forms:
                phone = Phone(victim.url, form.cookie, form.path, told=dict(form.answers))
                _saving(victim, phone, chance, count, form)
                database.must_stand(form, phone.told, phone.unsure, is_told_sent=False)
                _sending(victim, database, phone, chance, count, form, took)
                count.told += phone.times_told


def _saving(victim: Victim, phone: Phone, chance: random.Random, count: Count, form: Filled) -> None:
    """At least one answer, then more of them until the blow has fallen, then the service is back."""
    count.rounds += 1
    began = time.monotonic()
    victim.until(lambda: phone.taps(chance, form.items), "an answer is saved")
    blow = victim.blow_in(chance.uniform(0, LONGEST * SAVES * (time.monotonic() - began)), count.rounds)
    while blow.is_alive():
        phone.taps(chance, form.items)
    phone.url = victim.back()
    count.cut_saves += bool(phone.unsure)


def _sending(
    victim: Victim,
    database: Database,
    phone: Phone,
    chance: random.Random,
    count: Count,
    form: Filled,
    took: list[float],
) -> None:
    """Press Send on the page that shows what stands; the blow falls; look; press until the phone is told."""
    count.rounds += 1
    phone.told = database.answers(form)  # what the check page shows, and is sent
    phone.unsure.clear()
    victim.until(phone.opens_check, "the check page is there")
    blow = victim.blow_in(chance.uniform(0, LONGEST * statistics.median(took)), count.rounds)
    is_told = phone.presses_send()
    blow.join()
    is_sent = database.must_stand(form, phone.told, {}, is_told_sent=is_told)
    count.cut_sends += not is_told
    count.sent_unseen += is_sent and not is_told
    phone.url = victim.back()
    victim.until(phone.opens_check_and_sends, "the form is sent")
    assert database.must_stand(form, phone.told, {}, is_told_sent=True)
    took += [phone.send_took] if phone.send_took else []


def seed_demo(folder: Path) -> Path:
    """A demo's data folder, as the first start leaves it."""
    folder.mkdir()
    servers.set_clock(folder, MONDAY_AT_TEN)
    with servers.serving(folder):
        return folder


def main() -> None:
    """Count to the number of rounds asked for, a hundred at a time."""
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
            began, rounds = time.monotonic(), min(ROUNDS_AT_ONCE, chosen.rounds - count.rounds)
            some_rounds(seeded, folder / "data", count, rounds=rounds + rounds % 2)
            shutil.rmtree(folder / "data")
            print(count, f"{(time.monotonic() - began) / rounds:.2f} s a round", flush=True)  # noqa: T201
            if chosen.resume:
                chosen.resume.write_text(json.dumps(asdict(count)))


if __name__ == "__main__":
    sys.exit(main())
