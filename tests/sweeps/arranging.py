"""The rota's pages: leave that would leave something, what a rota cannot have, a cover nobody removes."""

from student_portal.access.queries import Role
from tests.support.asking import hidden
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.walks import Walk

ROTA = "/staff/alerts/rota"


def arranging(world: World) -> list[Page]:
    """A therapist enters leave, twice wrongly; a manager leaves every form empty, then wrong."""
    walk = Walk(world.browser(Role.THERAPIST))
    walk.look(ROTA, f"{ROTA}?week=1")
    mine = hidden(walk.browser.get(f"{ROTA}/leave"))
    fridays = {"first": "14/12/2026", "last": "", "weekday": "4", "half": "afternoon"}
    walk.press(f"{ROTA}/leave", mine | fridays)
    walk.press(f"{ROTA}/leave", mine | {"who": "x", "first": "1/1/2026"})
    manager = Walk(world.browser(Role.MANAGER), walk.pages)
    manager.try_out(f"{ROTA}/stand-in", f"{ROTA}/leave", f"{ROTA}/hours")
    manager.press(f"{ROTA}/hours", {"opens_0": "9", "closes_1": ""})
    manager.press(f"{ROTA}/closed", {"first": "29/12/2026", "last": "31/12/2026"})
    manager.press(f"{ROTA}/turns/{world.values()['turn_id']}/end")
    return walk.pages
