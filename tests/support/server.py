"""The whole service as a newcomer starts it: processes, port and data folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from student_portal.foundation.clock import DemoClock
from tests.support.clock import MONDAY_AT_TEN
from tests.support.tree import ROOT

PATIENCE = 180  # seconds until a start counts as failed


@dataclass
class Server:
    """A running service. `url` has no slash at its end; `log` is everything its processes said."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return _log_file(self.data_dir).read_text()

    def stop(self) -> None:
        """End the service as Ctrl-C does; what has not ended after forty seconds, by force."""
        _signal(self.process, signal.SIGINT)
        try:
            self.process.wait(40)
        finally:
            _signal(self.process, signal.SIGKILL)
            self.process.wait(10)

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        _signal(self.process, signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture(scope="session")
def seeded_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder as the first start leaves it; never served from, only copied."""
    folder = tmp_path_factory.mktemp("seeded")
    set_clock(folder, MONDAY_AT_TEN)
    with serving(folder):
        pass
    return folder


@pytest.fixture
def live_server(seeded_data_dir: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo service, running for this test alone, as freshly seeded."""
    folder = tmp_path / "data"
    shutil.copytree(seeded_data_dir, folder)
    set_clock(folder, MONDAY_AT_TEN + timedelta(minutes=1))
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="session")
def site(seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One demo service for all tests that only look."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(seeded_data_dir, folder)
    set_clock(folder, MONDAY_AT_TEN + timedelta(minutes=1))
    with serving(folder) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The shared service for a test marked `only_looks`, otherwise one of its own."""
    looks = request.node.get_closest_marker("only_looks")
    found: Server = request.getfixturevalue("site" if looks else "live_server")
    return found


@contextmanager
def serving(data_dir: Path, *, tree: Path = ROOT, **environment: str) -> Iterator[Server]:
    """The service on this data folder, from ready to stopped; `tree` holds the product if not this one."""
    server = start(data_dir, tree=tree, **environment)
    try:
        yield server
    finally:
        server.stop()


def start(data_dir: Path, *, tree: Path = ROOT, **environment: str) -> Server:
    """Start the service and wait until it answers. Raises RuntimeError with its log if it does not."""
    port = free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    with _log_file(data_dir).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "student_portal.cli", "run"],
            cwd=tree,
            env={**_clean_environment(), "PORT": str(port), "DATA_DIR": str(data_dir), **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", data_dir, process)
    _wait_until_it_answers(server)
    return server


def set_clock(data_dir: Path, at: datetime) -> None:
    """Make `at` the demo's present time: every run of the tests lives through the same day."""
    DemoClock(data_dir / "demo-clock.json").move_to(at)


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(server.url + "/help", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    server.kill()
    raise RuntimeError("the service did not start; it said:\n" + server.log)


def _clean_environment() -> dict[str, str]:
    """This process's environment without settings of ours, so that a developer's own do not decide a test."""
    ours = ("PORT", "DATA_DIR", "DATABASE_URL", "PORTAL_", "FLASK_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _log_file(data_dir: Path) -> Path:
    return data_dir.parent / f"{data_dir.name}.log"


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
