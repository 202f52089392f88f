"""The ways in, each with its refusals: a code, a link, a PIN."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlmodel import select

from student_portal.access.queries import STAFF, Role
from student_portal.accounts import service as accounts
from student_portal.accounts.models import LockedWords
from student_portal.audit.queries import machine
from student_portal.demo.people import STUDENTS
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.measures import queries as measures
from student_portal.referral.questions import number_of
from student_portal.settings import queries as settings
from tests.support.asking import ANSWERS, Asking
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


def coming_back(world: World) -> list[Page]:
    """After the screen locked while somebody wrote: in the form, in none, behind a link; and in a request."""
    form, person = f"/form/{world.session('Teo Testcase', 1)}", world.person("Teo Testcase")
    about = f"/staff/caseload/{person}/about"
    return [
        *_written_too_long(world, Role.STUDENT, f"{form}/talk", "/code/words", {"words": "How I sleep."}),
        *_written_too_long(world, Role.STUDENT, "/choices", "/code/words", {"scope": "sms"}),
        *_written_too_long(world, Role.LINK, f"{form}/1", "/code/words", {"answer": "1"}),
        *_written_too_long(
            world, Role.THERAPIST, about, "/staff/accounts/words", {"pronouns": "How I sleep."}
        ),
        *_in_a_request(world),
    ]


def _written_too_long(
    world: World, role: Role, page: str, words: str, typed: dict[str, str]
) -> Iterator[Page]:
    walk = Walk(world.browser(role))
    with _sixteen_minutes_later():
        walk.press(page, typed)
        back = Walk(world.browser(role))
        with back.browser.session_transaction(page) as cookie:
            cookie["locked_words"] = _kept_last()
        back.look(page, "/staff/caseload" if role in STAFF else "/help")
        if role != Role.LINK:
            back.look(words)
        back.press(words)
    yield from (*walk.pages, *back.pages)


def _in_a_request(world: World) -> list[Page]:
    walk = Walk(world.browser(Role.ANYONE))
    student = Asking(walk.browser, institutions.listed(Pathway.THERAPY)[0].id)
    student.start()
    for key in ("name", "born"):
        student.answer(key)
    with _sixteen_minutes_later():
        walk.press(f"/join/{number_of('institution')}", {"answer": student.university})
        walk.press("/join/again", ANSWERS["born"])
        walk.press("/code/words")
    return walk.pages


@contextmanager
def _sixteen_minutes_later() -> Iterator[None]:
    """By the machine's time alone, and only for a while."""
    standing = clock.installed()
    assert isinstance(standing, FrozenClock)
    before = standing.real_at
    standing.real_at = standing.real() + timedelta(minutes=16)
    yield
    standing.real_at = before


def _kept_last() -> str:
    with db.read() as session:
        return max(session.exec(select(LockedWords.id)))


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
