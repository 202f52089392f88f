"""Every page that can be reached, for everybody and in every state of the demo: what must hold on all."""

import re

import pytest

from student_portal.access.queries import STAFF, Role
from student_portal.demo.people import STAFF as STAFF_PEOPLE
from student_portal.demo.people import STUDENTS
from tests.support.pages import Page, crawl, faults
from tests.support.world import World

TELLING = re.compile(
    r"u-?cope|therap|self.?harm|suicid|risk|core|nhs|mersey|crisis|session \d|hurt|liaison|clinic|mental",
    re.I,
)
PERSONAL = re.compile(
    "|".join(
        re.escape(word)
        for person in (*STUDENTS, *STAFF_PEOPLE)
        for word in (*person.name.split(), getattr(person, "address", "@demo"), "07700", "7700 9")
    )
)
HELP_ASIDE = {"/exit"}  # a blank page on purpose; help is one tap further
STAFF_STARTS = [
    "/staff",
    "/staff/caseload",
    "/staff/caseload/students",
    "/staff/referral",
    "/staff/signposting",
]


def pages_of(world: World, role: Role, student: str = "Teo Testcase") -> list[Page]:
    """Everything this person can reach by links from where they begin."""
    browser = world.browser(role, student)
    if role in STAFF:
        return crawl(browser, STAFF_STARTS)
    form = f"/form/{world.session(student, 1)}" if role in (Role.LINK, Role.STUDENT) else "/"
    starts = {
        Role.ANYONE: ["/", "/join", "/code", "/staff/accounts/sign-in", "/l/" + "a" * 26],
        Role.DRAFT: ["/join/1", "/join/check", "/join/later"],
        Role.LINK: [form, f"{form}/1", f"{form}/check", f"{form}/stop"],
        Role.STUDENT: [
            "/home",
            "/dates",
            "/dates/leave",
            "/choices",
            "/choices/changes",
            "/home/texts",
            form,
        ],
    }[role]
    return crawl(browser, [*starts, "/nothing/here"])


@pytest.mark.hazard("H14")
@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_whole_and_gives_nothing_away(world: World, role: Role) -> None:
    must_be_sound(pages_of(world, role), staff=role in STAFF)


@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    "student", [s.name for s in STUDENTS if s.state not in ("late", "waiting", "other_college")]
)
def test_every_page_of_every_student_is_whole_and_shows_help(world: World, student: str) -> None:
    browser = world.browser(Role.STUDENT, student)
    must_be_sound(crawl(browser, ["/home"]), staff=False)


def must_be_sound(pages: list[Page], *, staff: bool) -> None:
    wrong = [f"{page.path}: {fault}" for page in pages for fault in faults(page)]
    for page in pages:
        if page.status >= 500:
            wrong.append(f"{page.path}: status {page.status}")
        if PERSONAL.search(page.path + page.title):
            wrong.append(f"{page.path}: a person in the address or title {page.title}")
        student_side = not page.path.startswith("/staff")
        if student_side and TELLING.search(page.path + page.title):
            wrong.append(f"{page.path}: a telling word in the address or title {page.title}")
        if student_side and not page.title.endswith("Student portal"):
            wrong.append(f"{page.path}: title {page.title}")
        if student_side and page.path not in HELP_ASIDE and "tel:999" not in page.html:
            wrong.append(f"{page.path}: no help")
    assert wrong == []
    assert len(pages) > 3
