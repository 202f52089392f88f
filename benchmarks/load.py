"""Load from a second process, on this machine only, bounded in time: wrk if it is there, else this file.

python -m benchmarks.load URL SECONDS CONNECTIONS FILE OFFSET LOOP
"""

import http.client
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

LUA = Path(__file__).parent / "replay.lua"
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """One request as a browser would send it. `body`: a form's fields, encoded."""

    method: str
    path: str
    cookie: str
    body: str = ""


@dataclass(frozen=True)
class Answered:
    """One slice of load. `took` is its length in seconds; times are milliseconds; `issued` counts what was
    sent, also what had no answer when time was up."""

    answers: int
    issued: int
    bad: int
    took: float
    p50: float
    p95: float
    p99: float


def form_request(path: str, cookie: str, fields: dict[str, str]) -> Request:
    return Request("POST", path, cookie, urllib.parse.urlencode(fields))


def write(file: Path, requests: Sequence[Request]) -> None:
    """The file that `replay` sends from: one request a line."""
    lines = ("\t".join((r.method, r.path, r.cookie, r.body)) for r in requests)
    file.write_text("\n".join(lines) + "\n")


def replay(url: str, file: Path, *, seconds: int, connections: int, offset: int, loop: bool) -> Answered:
    """Send the file's requests from the one numbered `offset` on, for so many seconds or, without `loop`,
    until they are used up. Raises ValueError for another machine's address.
    """
    if urllib.parse.urlsplit(url).hostname != HERE:
        raise ValueError("only this machine is loaded")
    arguments = [str(file), str(offset), str(int(loop))]
    if shutil.which("wrk"):
        turn = [f"-c{connections}", f"-d{seconds}s", "--timeout=20s"]
        command = ["wrk", "-t1", *turn, "-s", str(LUA), url, "--"]
    else:
        command = [sys.executable, "-m", "benchmarks.load", url, str(seconds), str(connections)]
    said = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, timeout=seconds + 60, check=True
    )
    found = re.search(r"RESULT (.*)", said.stdout)
    if found is None:
        raise RuntimeError(f"no result from {command[0]}: {said.stdout}{said.stderr}")
    answers, issued, bad, took, p50, p95, p99 = map(int, found[1].split())
    return Answered(answers, issued, bad, took / 1e6, p50 / 1e3, p95 / 1e3, p99 / 1e3)


def install_wrk() -> str:
    """Make wrk available if this machine can; says with what the load will be made."""
    if not shutil.which("wrk") and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", "wrk"]
        with suppress(OSError):
            subprocess.run(command, capture_output=True, check=False)
    return "wrk" if shutil.which("wrk") else "a plain Python client (no wrk here; its own CPU weighs more)"


def main(url: str, seconds: str, connections: str, file: str, offset: str, loop: str) -> None:
    """What wrk does, slower: connections that each send the next request as soon as they have an answer."""
    requests = [Request(*line.split("\t")) for line in Path(file).read_text().splitlines()]
    numbers, taken = _numbers(int(offset), len(requests), loop=loop == "1"), []
    times: list[tuple[float, bool]] = []
    until, began = time.monotonic() + float(seconds), time.monotonic()

    def send_on() -> None:
        while time.monotonic() < until and (number := next(numbers, None)) is not None:
            taken.append(number)
            times.append(_timed(url, requests[number]))

    threads = [threading.Thread(target=send_on) for _ in range(int(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = [int(one * 1e6) for one, _ in times] or [0]
    took.sort()
    at = [took[min(len(took) - 1, len(took) * share // 100)] for share in (50, 95, 99)]
    bad = sum(failed for _, failed in times)
    print("RESULT", len(times), len(taken), bad, int((time.monotonic() - began) * 1e6), *at)


class _numbers(Iterator[int]):  # noqa: N801 - a generator that threads may share
    def __init__(self, offset: int, total: int, *, loop: bool) -> None:
        self._next, self._total, self._loop, self._lock = offset, total, loop, threading.Lock()

    def __next__(self) -> int:
        with self._lock:
            number, self._next = self._next, self._next + 1
        if number >= self._total and not self._loop:
            raise StopIteration
        return number % self._total


def _timed(url: str, request: Request) -> tuple[float, bool]:
    began = time.perf_counter()
    headers = {"Cookie": request.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        with closing(http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)) as connection:
            connection.request(request.method, request.path, request.body or None, headers)
            answer = connection.getresponse()
            answer.read()
            failed = answer.status >= 400
    except (OSError, http.client.HTTPException):
        failed = True
    return time.perf_counter() - began, failed


if __name__ == "__main__":
    main(*sys.argv[1:])
