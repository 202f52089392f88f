"""The pages of whoever is on duty: tasks taken, handed over and done, figures, a number for texts."""

from student_portal.access.queries import Role
from student_portal.audit.queries import machine
from student_portal.duty import service as duty
from student_portal.foundation import clock
from student_portal.settings import queries as settings
from tests.support.asking import hidden
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.walks import Walk


def on_duty(world: World) -> list[Page]:
    """A task is handed over to nobody, then to a colleague; one is done; a number for texts is given."""
    walk = Walk(world.browser(Role.THERAPIST))
    walk.look("/staff/alerts/duty", "/staff/alerts/tasks?whose=all", "/staff/alerts/running")
    task = f"/staff/alerts/tasks/{a_task(world)}"
    walk.press(f"{task}/claim")
    walk.press(f"{task}/claim")
    walk.try_out(f"{task}/hand-over", f"{task}/done")
    walk.press(f"{task}/hand-over", hidden(walk.browser.get(f"{task}/hand-over")) | {"seen": "0", "to": "x"})
    walk.press(f"{task}/done", {"note": "Spoke on the phone."})
    walk.press("/staff/accounts/reach", {"phone": "0151 496 0000"})
    walk.press("/staff/accounts/reach", {"phone": "07700 900301"})
    manager = Walk(world.browser(Role.MANAGER), walk.pages)
    manager.look("/staff/alerts/figures", "/staff/alerts/figures?days=90", "/staff/alerts/tasks?whose=team")
    return walk.pages


def a_task(world: World) -> str:
    """Somebody is to be called back, and nobody has taken it yet; gives the task's id."""
    by = machine(settings.service_id())
    return duty.raise_task(
        kind=duty.TaskKind.CALL_BACK,
        subject=("person", world.person("Teo Testcase")),
        person_id=world.person("Teo Testcase"),
        owner_id=None,
        due_at=clock.now(),
        by=by,
        at=clock.now(),
    )
