"""The demo's whole world on a port of its own, in the test's process: a real browser looks, the test's hand
reaches behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import clock
from student_portal.settings import queries as settings
from tests.support.world import World, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext


@dataclass
class Served:
    """A world, and where a browser finds it."""

    world: World
    url: str

    def form(self, name: str, number: int = 1) -> str:
        """The address of a student's form."""
        return f"{self.url}/form/{self.world.session(name, number)}"

    def link(self, name: str, number: int = 1) -> str:
        """A link to a student's form, as their text would carry it."""
        session_id = self.world.session(name, number)
        token = accounts.make_link(
            person_id=self.world.person(name),
            about=session_id,
            target=f"/form/{session_id}",
            closes_at=clock.now() + timedelta(days=9),
            by=machine(settings.service_id()),
            at=clock.now(),
        )
        return f"{self.url}/l/{token}"

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """A student stands in this browser as after a code and a date of birth."""
        secret = accounts.start_session(
            role=Role.STUDENT,
            person_id=self.world.person(name),
            about=None,
            proved_by="code",
            by=machine(settings.service_id()),
            at=clock.now(),
        )
        signer = self.world.app.session_interface.get_signing_serializer(self.world.app)
        cookie = signer.dumps({"secret": secret, "seen": int(clock.real().timestamp())})
        context.add_cookies([{"name": "portal", "value": cookie, "url": self.url}])


@pytest.fixture
def served(seeded_data_dir: Path, tmp_path: Path) -> Iterator[Served]:
    """The demo as freshly seeded, at a standing time, for this test alone."""
    with opened(seeded_data_dir, tmp_path) as world:
        world.app.config.update(WTF_CSRF_ENABLED=True)
        server = make_server("127.0.0.1", 0, world.app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield Served(world, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
