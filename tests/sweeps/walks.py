"""Everywhere people get to in the demo: by links, and by pressing buttons with every field left empty.

`presses.everywhere` is the whole walk. What the pages must keep is said by the tests that read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal.access.queries import STAFF, Role
from student_portal.demo.people import STUDENTS
from student_portal.foundation import db
from student_portal.foundation.errors import Conflict, NotAllowed, Refused
from student_portal.signposting.views import copies
from tests.support.pages import Page, crawl
from tests.support.world import World

STAFF_STARTS = ("/staff", "/staff/caseload", "/staff/caseload/students", "/staff/referral", "/staff/nothing")
NEVER_BOOKED = {"late", "waiting", "other_college", "under_18", "signposted", "took_back"}
OWN = ("/home", "/dates", "/choices", "/form")
UNREACHABLE = db.Unreachable("SELECT", {}, Exception())
BREAKDOWNS = (NotAllowed(), Conflict(), Refused("so"), UNREACHABLE, RuntimeError("broken"))


@dataclass
class Walk:
    """One browser, and the pages seen on the way."""

    browser: FlaskClient
    pages: list[Page] = field(default_factory=list)

    def look(self, *paths: str) -> None:
        for path in paths:
            self.saw(self.browser.get(path, follow_redirects=True))

    def press(self, path: str, fields: Mapping[str, str] | None = None) -> TestResponse:
        """Post these fields and see where it leads."""
        return self.saw(self.browser.post(path, data=fields, follow_redirects=True))

    def saw(self, answer: TestResponse) -> TestResponse:
        if answer.status_code != 303:
            self.pages.append(Page.of(answer))
        return answer

    def wander(self, *starts: str, within: tuple[str, ...] = ("/",)) -> list[Page]:
        """Follow every link that begins so, and leave every form found on the way empty."""
        for page in crawl(self.browser, list(starts), within=within):
            self.pages.append(page)
            self.leave_empty(page)
        return self.pages

    def leave_empty(self, page: Page) -> None:
        """Press the button of every form that has something to fill in, but "not this time", which needs no
        reason: it would end the form on whose pages the walk still is.
        """
        for address, kept in page.forms(to_fill_in=True):
            if not address.endswith("/decline"):
                self.press(address, kept)

    def try_out(self, *paths: str) -> None:
        """Look at pages and leave their forms empty."""
        for path in paths:
            self.look(path)
            self.leave_empty(self.pages[-1])


def roaming(world: World, role: Role) -> list[Page]:
    """Whatever one browser of this role reaches."""
    walk = Walk(world.browser(role))
    if role in STAFF:
        return walk.wander(*STAFF_STARTS, "/staff/signposting")
    form = f"/form/{world.session('Teo Testcase', 1)}"
    starts = {
        Role.ANYONE: (
            "/",
            "/exit/more",
            "/help/copy",
            "/join",
            "/code",
            "/staff/accounts/sign-in",
            f"/l/{'a' * 26}",
        ),
        Role.DRAFT: ("/join/1", "/join/check", "/join/later"),
        Role.LINK: (form, f"{form}?first=1", f"{form}/1", f"{form}/check", f"{form}/stop"),
        Role.STUDENT: ("/home",),
    }[role]
    return walk.wander(*starts, "/nothing/here", "/choices", "/join/code")


def at_home(world: World, name: str) -> list[Page]:
    """A student who has signed in, with all of their forms however they stand."""
    state = next(student.state for student in STUDENTS if student.name == name)
    numbers = () if state in NEVER_BOOKED else range(1, 7)
    forms = [f"/form/{world.session(name, number)}" for number in numbers]
    return Walk(world.browser(Role.STUDENT, name)).wander("/home", *forms, within=OWN)


def breaking_down(world: World) -> list[Page]:
    """A page on either side while something is wrong behind it, and a post that is far too long."""
    walk = Walk(world.browser(Role.ANYONE))
    for endpoint, path in (("pages.who", "/who"), ("accounts.staff_sign_in", "/staff/accounts/sign-in")):
        sound = world.app.view_functions[endpoint]
        for trouble in BREAKDOWNS:
            world.app.view_functions[endpoint] = _breaking(trouble)
            walk.look(path)
        world.app.view_functions[endpoint] = sound
    parts_of_every_page = world.app.template_context_processors[None]
    parts_of_every_page.append(_breaking(RuntimeError("broken")))  # so that the error page breaks as well
    walk.look("/who")
    parts_of_every_page.pop()
    walk.press("/code", {"where": "0" * 70_000})
    copies.writer(world.app, world.config.data_dir)()
    return walk.pages


def _breaking(trouble: Exception) -> object:
    def view(**_values: object) -> str:
        raise trouble

    return view
