"""A live installation in the test's own process, and rooms that say what a test wants them to say."""

from student_portal.access.queries import Role, Viewer
from student_portal.foundation import outlets
from student_portal.foundation.outlets import Outlets
from tests.support import care

BOTH = frozenset({"sms", "email"})


class Open:
    """What the rooms say is open: one room for each thing, under its own name."""

    def __init__(self) -> None:
        self.things: list[str] = []

    def __call__(self) -> list[str]:
        return list(self.things)


def live(real: frozenset[str] = BOTH) -> None:
    """Not the demo; with real providers for these channels."""
    outlets.install(Outlets(is_demo=False, real=real))


def manager(service_id: str, name: str = "Max Ferry") -> Viewer:
    return Viewer(service_id, care.person(service_id, name, is_staff=True), Role.MANAGER)
