"""The service that is killed and comes back: its processes, and blows that fall a moment later."""

import os
import signal
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.support import server as servers

PATIENCE = 60  # seconds
MASTER, EVERYTHING = 50, 100  # every so many rounds


class Victim:
    """The service on one data folder, started again whenever it does not come back by itself."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._server = servers.start(data_dir)

    def __enter__(self) -> "Victim":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.kill()

    @property
    def url(self) -> str:
        return self._server.url

    def blow_in(self, seconds: float, number: int) -> threading.Timer:
        """Strike after so many seconds: the worker; in each fiftieth round its master, each hundredth all."""
        blow = threading.Timer(seconds, self._strike, [number])
        blow.start()
        return blow

    def back(self) -> str:
        """Wait until the service answers again, starting it if it ended; gives its address."""
        self.until(lambda: self._ended() or self._answers(), "the service is back")
        if self._ended():
            self._server.kill()  # what the dead master may have left
            self._server = servers.start(self._data_dir)
        return self.url

    def until(self, it_is_so: Callable[[], bool], what: str) -> None:
        """Try until it is so. Raises AssertionError, with the service's log, after a minute."""
        deadline = time.monotonic() + PATIENCE
        while not it_is_so():
            assert time.monotonic() < deadline, f"not within a minute: {what}\n{self._server.log[-3000:]}"
            time.sleep(0.01)

    def _strike(self, number: int) -> None:
        if number % EVERYTHING == 0:
            self._server.kill()
            return
        workers, kills_master = self._workers(), number % MASTER == 0
        for pid in {_parent(pid) for pid in workers} if kills_master else workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if kills_master:
            self._server.process.wait(PATIENCE)  # it stops when one of its two has ended

    def _workers(self) -> list[int]:
        """The gunicorn workers: grandchildren of the process that was started."""
        return [pid for child in _children(self._server.process.pid) for pid in _children(child)]

    def _ended(self) -> bool:
        return self._server.process.poll() is not None

    def _answers(self) -> bool:
        with suppress(OSError):
            return bool(urllib.request.urlopen(self.url + "/help", timeout=5).status == 200)
        return False


def _children(parent: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
