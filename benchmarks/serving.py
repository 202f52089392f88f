"""Two gunicorn workers for each thing measured, and how much processor time they used."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

WORKERS = 2
PATIENCE = 60  # seconds until a start counts as failed
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Server:
    """A running server. `url` has no slash at its end."""

    url: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """User and system time of master and workers so far, in steps of 10 ms; not the database's."""
        master = self.process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return sum(_ticks(pid) for pid in (str(master), *workers)) / os.sysconf("SC_CLK_TCK")

    def settled(self) -> float:
        """The same, once the server has worked off what it was sent: it does so when nobody waits, too."""
        used, deadline = -1.0, time.monotonic() + PATIENCE
        while time.monotonic() < deadline and used != (now := self.cpu_seconds()):
            used = now
            time.sleep(0.2)
        return used

    def megabytes(self) -> float:
        """The larger worker's memory."""
        master = self.process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        pages = max(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in workers)
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def serving(
    app: str, log: Path, environment: Mapping[str, str], *, python: str = sys.executable, ready: str = "/page"
) -> Iterator[Server]:
    """`app`, such as "benchmarks.serving:floor()", from ready to stopped; `ready`: a page that answers."""
    port = _free_port()
    command = [python, "-m", "gunicorn", f"-w{WORKERS}", f"-b127.0.0.1:{port}", "--log-level=warning", app]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**_clean(), **environment},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait(server, ready, log)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def floor() -> Flask:
    """The floor, for a worker; FLOOR_URL names its database."""
    from benchmarks import floors
    from student_portal.foundation import serving as server

    app = floors.create_app(os.environ["FLOOR_URL"])
    server.settle()  # like with like
    return app


def ours() -> Flask:
    """The portal as it is live, for a worker."""
    from student_portal import create_app
    from student_portal.config import Config
    from student_portal.foundation import logs
    from student_portal.foundation import serving as server

    logs.init()
    config = Config.from_env(os.environ)
    config.start()
    app = create_app(config)
    server.settle()
    return app


def _clean() -> dict[str, str]:
    ours = ("PORT", "DATA_DIR", "DATABASE_URL", "PORTAL_", "FLASK_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(server: Server, ready: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.process.poll() is None:
        with suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(server.url + ready, timeout=5).close()
            time.sleep(1)  # the other worker
            return
        time.sleep(0.1)
    raise RuntimeError("a server did not start; it said:\n" + log.read_text())


def _ticks(pid: str) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
