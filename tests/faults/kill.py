"""Killing the web process in the middle of a form: no answer that a phone was told is saved is ever lost.

    python -m tests.faults.kill --rounds 1000 --seed 7

Each round kills one process with SIGKILL at a random moment while a student's answers are posted: the
gunicorn worker, and every tenth time its master with everything else, which is then started again. What the
phone was told is saved must be in the database exactly; what it was not told is whole or absent.
"""

import argparse
import http.client
import os
import random
import re
import signal
import sqlite3
import tempfile
import threading
import time
import urllib.parse
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.foundation import clock, db
from student_portal.measures.models import Answer
from student_portal.settings import queries as settings
from tests.support import server as servers
from tests.support.server import Server


@dataclass
class Phone:
    """A browser reduced to what matters: one cookie, one form, and what it was told is saved."""

    cookie: str
    form: str
    told: dict[int, int] = field(default_factory=dict)
    tried: dict[int, set[int]] = field(default_factory=dict)

    def answer(self, url: str, item: int, position: int) -> bool:
        """Post one answer; whether the server said that it is saved."""
        self.tried.setdefault(item, set()).add(position)
        try:
            token = self._token(url, item)
            fields = {"csrf_token": token, "answer": position}
            saved = self._ask(url, "POST", f"{self.form}/{item}", fields)[0] == 303
        except (OSError, http.client.HTTPException, LookupError):
            return False
        if saved:
            self.told[item] = position
        return saved

    def _token(self, url: str, item: int) -> str:
        page = self._ask(url, "GET", f"{self.form}/{item}")[1]
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        if found is None:
            raise LookupError("no form")
        return found.group(1)

    def _ask(
        self, url: str, method: str, path: str, fields: dict[str, object] | None = None
    ) -> tuple[int, str]:
        """The status and the page; the cookie is kept as a browser keeps it."""
        body = urllib.parse.urlencode(fields) if fields else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=5)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            if found := answer.getheader("Set-Cookie"):
                self.cookie = found.partition(";")[0]
            return answer.status, answer.read().decode()


def run(rounds: int, seed: int, data_dir: Path) -> dict[str, int]:
    """So many rounds on a seeded data folder; gives counts. Raises AssertionError when an answer is lost."""
    chance = random.Random(seed)
    server = servers.start(data_dir)
    phone, response = _student_with_an_open_form(data_dir, server)
    acknowledged = 0
    try:
        for number in range(1, rounds + 1):
            while not phone.answer(server.url, chance.randint(1, 34), chance.randint(0, 4)):
                pass  # at least one answer a round is told to be saved before the blow
            killer = threading.Timer(chance.uniform(0.02, 0.4), _kill, (server, number % 10 == 0))
            killer.start()
            while killer.is_alive():
                item, position = chance.randint(1, 34), chance.randint(0, 4)
                acknowledged += phone.answer(server.url, item, position)
            killer.join()
            server = _back(server, data_dir)
            must_hold(phone, data_dir, response)
        return {"rounds": rounds, "seed": seed, "acknowledged": acknowledged + rounds}
    finally:
        server.stop()


def _student_with_an_open_form(data_dir: Path, server: Server) -> tuple[Phone, str]:
    """Teo, whose form is open, signed in with a browser session of his own."""
    from student_portal import create_app

    config = Config.from_env({"DATA_DIR": str(data_dir), "PORT": server.url.rpartition(":")[2]})
    config.start()
    app = create_app(config)
    with sqlite3.connect(data_dir / "portal.sqlite") as found:
        response, session_id, person_id = found.execute(
            "SELECT id, session_id, person_id FROM questionnaire_response WHERE state = 'open'"
        ).fetchone()
    by = machine(settings.service_id())
    secret = accounts.start_session(
        role=Role.STUDENT, person_id=person_id, about=None, proved_by="code", by=by, at=clock.now()
    )
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    cookie = signer.dumps({"secret": secret, "seen": int(clock.real().timestamp())})
    db.engine().dispose()
    return Phone(f"portal={cookie}", f"/form/{session_id}"), response


def _kill(server: Server, everything: bool) -> None:
    if everything:
        server.kill()
        return
    for pid in _workers(server.process.pid):
        os.kill(pid, signal.SIGKILL)


def _workers(parent: int) -> list[int]:
    """The gunicorn workers: grandchildren of the process that was started."""
    return [pid for child in _children(parent) for pid in _children(child)]


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def _back(server: Server, data_dir: Path) -> Server:
    """The service, answering again: gunicorn puts a new worker in by itself."""
    if server.process.poll() is not None:
        return servers.start(data_dir)
    netloc = urllib.parse.urlsplit(server.url).netloc
    for _ in range(200):
        with closing(http.client.HTTPConnection(netloc, timeout=5)) as connection:
            try:
                connection.request("GET", "/help")
                connection.getresponse().read()
                return server
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
    raise AssertionError("the service did not come back:\n" + server.log[-2000:])


def must_hold(phone: Phone, data_dir: Path, response: str) -> None:
    """What was told is there; anything newer was at least tried; nothing is there twice or half."""
    db.connect(f"sqlite:///{data_dir / 'portal.sqlite'}")
    with db.read() as session:
        rows = session.exec(select(Answer).where(Answer.response_id == response)).all()
        kept = {row.item: row.position for row in rows}
    db.engine().dispose()
    assert len(kept) == len(rows), "an item is there twice"
    for item, position in phone.told.items():
        assert item in kept, f"the answer to item {item} is lost"
        assert kept[item] == position or kept[item] in phone.tried[item], f"item {item}: {kept[item]}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=7)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(run(chosen.rounds, chosen.seed, Path(folder) / "data"))  # noqa: T201 - the command's answer


if __name__ == "__main__":
    main()
