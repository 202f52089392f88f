"""The worker's rounds: one a second, a heartbeat, and no round's trouble is the end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from student_portal import worker
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.referral import service as referral
from student_portal.referral.models import ReferralDraft
from tests.support.booked import Phone


class Rounds:
    """Stops the worker after some rounds and counts what it did."""

    def __init__(self, count: int, portal: FrozenClock) -> None:
        self.done, self.stopping, self.count, self.portal = list[str](), threading.Event(), count, portal

    def note(self, what: str, does: Callable[[], None] = lambda: None) -> Callable[..., int]:
        def called(*_: object) -> int:
            self.done.append(what)
            self.portal.forward(seconds=20)
            if len(self.done) == self.count:
                self.stopping.set()
            does()
            return 0

        return called


@pytest.fixture(autouse=True)
def without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)


def test_it_sends_every_round_and_plans_every_minute(
    portal: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = Rounds(8, portal)
    monkeypatch.setattr(worker, "tick", rounds.note("plan"))
    monkeypatch.setattr(worker, "send", rounds.note("send"))
    worker.rounds({}, tmp_path, rounds.stopping)
    assert rounds.done == ["plan", "send", "send", "plan", "send", "send", "plan", "send"]
    assert (tmp_path / worker.HEARTBEAT).exists()


@pytest.mark.hazard("H16")
def test_a_round_that_fails_is_logged_without_its_words_and_the_next_one_goes_on(
    portal: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = Rounds(2, portal)

    def fail() -> None:
        raise RuntimeError("about +447700900142")

    monkeypatch.setattr(worker, "tick", rounds.note("plan", fail))
    monkeypatch.setattr(worker, "send", rounds.note("send", fail))
    worker.rounds({}, tmp_path, rounds.stopping)
    assert rounds.done == ["plan", "send"]
    assert not (tmp_path / worker.HEARTBEAT).exists()
    written = capsys.readouterr()
    assert "RuntimeError" in written.out + written.err
    assert "7700900142" not in written.out + written.err


@pytest.mark.hazard("H13")
def test_a_whole_round_destroys_requests_that_were_never_sent(service_id: str, portal: FrozenClock) -> None:
    from student_portal.foundation import db

    started = referral.start(instead_of=None, by=machine(service_id), at=clock.now())
    phone = Phone(portal)
    for days, stands in [(13, True), (1, False)]:
        portal.forward(days=days)
        phone.round()
        with db.read() as session:
            assert (session.get(ReferralDraft, started.draft_id) is not None) == stands


WORKER = """
import os, pathlib, sys
from student_portal import worker
from student_portal.config import Config
config = Config.from_env(os.environ)
config.start()
worker.run({}, config.data_dir)
print("finished the round in hand")
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_politely(
    config: Config, service_id: str, database_url: str, told: signal.Signals
) -> None:
    heartbeat = config.data_dir / worker.HEARTBEAT
    env = {**os.environ, "DATA_DIR": str(config.data_dir), "DATABASE_URL": database_url}
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=env, stdout=subprocess.PIPE, text=True)
    waiting = threading.Event()
    for _ in range(600):
        if heartbeat.exists():
            break
        waiting.wait(0.1)
    process.send_signal(told)
    said, _ = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "finished the round in hand\n")
