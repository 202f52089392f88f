"""A live installation in the test's own process, and rooms that say what a test wants them to say."""

from collections.abc import Callable

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import machine
from student_portal.foundation import clock, outlets
from student_portal.foundation.outlets import Outlets
from student_portal.governance import queries, rooms, service
from tests.support import care

BOTH = frozenset({"sms", "email"})
WHY = "Nobody is booked before Monday."


class Open:
    """What the rooms say is open: one room for each thing, under its own name."""

    def __init__(self) -> None:
        self.things: list[str] = []

    def __call__(self) -> list[str]:
        return list(self.things)


def only_open(monkeypatch: pytest.MonkeyPatch, *things: str, room: str = "measures") -> Open:
    """A live service in which one room alone is asked, and says this until the test changes it."""
    live()
    said = Open()
    said.things.extend(things)
    ask: Callable[[], list[str]] = said
    monkeypatch.setattr(rooms, "ROOMS", {room: ask})
    return said


def live(real: frozenset[str] = BOTH) -> None:
    """Not the demo; with real providers for these channels."""
    outlets.install(Outlets(is_demo=False, real=real))


def manager(service_id: str, name: str = "Max Ferry") -> Viewer:
    return Viewer(service_id, care.person(service_id, name, is_staff=True), Role.MANAGER)


def start(by: Viewer, seen: str | None = None, reason: str = WHY) -> str:
    """What a manager does who just looked at the page, or whose page is older: `seen`."""
    return service.start(
        reason=reason, seen=queries.go_live().seen if seen is None else seen, by=by, at=clock.now()
    )


def stop(by: Viewer, reason: str = "The wrong number stands in the texts.") -> None:
    service.stop(reason=reason, by=by, at=clock.now())


def look(service_id: str) -> None:
    """What the worker does each minute."""
    service.look(by=machine(service_id), at=clock.now())
