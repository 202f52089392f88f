"""The ways in, each with its refusals: a code, a link, a PIN."""

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.demo.people import STUDENTS
from student_portal.foundation import clock
from student_portal.measures import queries as measures
from student_portal.settings import queries as settings
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.walks import Walk

TEO = "07700 900109"
BORN = {"born-day": "14", "born-month": "6", "born-year": "2003"}
NOT_BORN = {"born-day": "1", "born-month": "1", "born-year": "2000"}


def signing_in(world: World) -> list[Page]:
    """With a code; with a code asked for too often; staff with a wrong password."""
    walk = Walk(world.browser(Role.ANYONE))
    walk.press("/code", {"where": TEO})
    walk.press("/code/enter", {"digits": ""})
    walk.press("/code/enter", {"digits": _digits(walk, "code")})
    walk.press("/code/proof")
    walk.press("/code/proof", NOT_BORN)
    walk.look("/code/proof?pin=1")
    walk.press("/code/proof?pin=1", {"pin": ""})
    walk.press("/code/proof", BORN)
    walk.look("/code/locked", "/exit")
    for _ in range(8):
        walk.press("/code", {"where": "07700 900107"})
    walk.press("/staff/accounts/sign-in", {"email": "robin@demo.example", "password": "no", "code": "000000"})
    return walk.pages


def a_link(world: World, student: str) -> str:
    """The token that a text for this student's first session carries."""
    session_id = world.session(student, 1)
    return accounts.make_link(
        person_id=world.person(student),
        about=session_id,
        target=f"/form/{session_id}",
        closes_at=measures.form_state(session_id).closes_at,
        by=machine(settings.service_id()),
        at=clock.now(),
    )


def coming_by_link(world: World) -> list[Page]:
    """A link that works, with a date of birth that does not; and one that is over."""
    walk = Walk(world.browser(Role.ANYONE))
    token = a_link(world, "Teo Testcase")
    walk.look(f"/l/{token}")
    walk.press(f"/l/{token}")
    for _ in range(6):
        walk.press("/code/proof", NOT_BORN)
    walk.press(f"/l/{'a' * 26}")
    return walk.pages


def keeping_out(world: World) -> list[Page]:
    """A student sets a PIN, comes by code and by link, thinks of removing it; a therapist removes it."""
    who = "Jordan Imaginary"
    walk = Walk(world.browser(Role.STUDENT, who))
    birthday = next(student.born for student in STUDENTS if student.name == who)
    born = {f"now-born-{part}": str(getattr(birthday, part)) for part in ("day", "month", "year")}
    walk.press("/code/pin")
    walk.press("/code/pin", born | {"pin": "1234", "again": "1234"})
    walk.press("/code/pin", born | {"pin": "730582", "again": "730582"})
    walk.look("/code/pin", "/code/pin/remove")
    walk.press("/code/pin/remove", {"now-pin": "1"})
    link = Walk(world.browser(Role.ANYONE), walk.pages)
    link.press(f"/l/{a_link(world, who)}")
    link.press("/code/proof", {"pin": "000001"})
    therapist = Walk(world.browser(Role.THERAPIST), walk.pages)
    page = f"/staff/accounts/pin/{world.person(who)}"
    therapist.look(f"/staff/caseload/{world.person(who)}", page)
    therapist.press(page)
    therapist.look(page)
    walk.look("/code/pin")
    again = Walk(world.browser(Role.STUDENT, who), walk.pages)
    again.look("/code/pin")
    return walk.pages


def _digits(walk: Walk, name: str) -> str:
    with walk.browser.session_transaction() as cookie:
        return accounts.draw_digits(code_id=cookie[name])
