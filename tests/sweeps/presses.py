"""The pages that only come after something was pressed: each function is one person's way through."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from student_portal.access.queries import Role
from student_portal.demo.people import STUDENTS
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.referral.questions import TOTAL, number_of
from tests.support.asking import Asking, hidden
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.arranging import arranging
from tests.sweeps.doors import NOT_BORN, coming_back, coming_by_link, keeping_out, signing_in
from tests.sweeps.on_duty import on_duty
from tests.sweeps.staff_presses import (
    WRITTEN,
    adding,
    deciding,
    editing_help,
    going_live,
    in_the_room,
    seeing,
    taking_copies,
)
from tests.sweeps.walks import Walk, at_home, breaking_down, roaming
from tests.sweeps.writing import writing_pages

NEVER, ONLY_OCCASIONALLY = "0", "1"
HURT_MYSELF = 9  # an item of CORE-34 that brings the pause page


@dataclass(frozen=True)
class Walked:
    """The application, and every page of it that was seen on the whole walk, in order."""

    app: Flask
    pages: list[Page]


def everywhere(world: World) -> Iterator[Page]:
    """Every page of the demo: what links reach, then these, those that change least before the others."""
    for role in Role:
        yield from roaming(world, role)
    for student in STUDENTS:
        yield from at_home(world, student.name)
    yield from breaking_down(world)
    for way in (
        signing_in,
        keeping_out,
        coming_by_link,
        coming_back,
        asking,
        filling_in,
        changing,
        deciding,
        seeing,
        in_the_room,
        taking_copies,
        adding,
        editing_help,
        at_help,
        going_live,
        writing_pages,
        leaving,
        on_duty,
        arranging,
    ):
        yield from way(world)


def asking(world: World) -> list[Page]:
    """Asking for support: stopping on the way, coming back, sending; and thinking better of it."""
    university = institutions.listed(Pathway.THERAPY)[0].id
    walk = Walk(world.browser(Role.ANYONE))
    student = Asking(walk.browser, university)
    walk.saw(student.start())
    walk.look("/join/later")
    walk.saw(student.answer_all(but="code", unreal={"answer": "yes"}, gp={"answer": "elsewhere"}))
    code = f"/join/{number_of('code')}"
    walk.try_out(code)
    walk.press(code, {"answer": "000000"})
    walk.saw(student.prove())
    walk.try_out("/join/check", code, *(f"/join/{number}" for number in range(1, TOTAL + 1)), "/join/later")
    stale = student.open("name") and walk.browser.get("/join/check")
    student.answer("name", answer=WRITTEN[0])
    walk.saw(student.send(stale))
    walk.press("/join/later")
    walk.try_out("/join", "/join/again")
    for _ in range(6):
        walk.press("/join/again", {name.replace("born", "answer"): part for name, part in NOT_BORN.items()})
    walk.pages += _sent_and_deleted(world, university)
    return walk.pages


def _sent_and_deleted(world: World, university: str) -> list[Page]:
    walk = Walk(world.browser(Role.ANYONE))
    Asking(walk.browser, university).answer_all(service={"answer": "no"})
    walk.look("/join/check")
    walk.press("/join/delete")
    sending = Asking(walk.browser, university)
    sending.answer_all(unreal={"answer": "yes"})
    walk.saw(sending.send())
    walk.look("/join/sent")
    return walk.pages


def filling_in(world: World) -> list[Page]:
    """One form from not this time to sent, by its link."""
    walk = Walk(world.browser(Role.LINK, "Jordan Imaginary"))
    form = f"/form/{world.session('Jordan Imaginary', 1)}"
    walk.look(form)
    walk.look(f"{form}/decline")
    walk.press(f"{form}/decline", {"reason": "made up"})
    walk.press(f"{form}/decline", {"reason": "no_time"})
    walk.press(form)
    walk.press(f"{form}/send", hidden(walk.browser.get(f"{form}/check")))
    walk.press(f"{form}/1", {"skip": "ask"})
    for number in range(1, 35):
        walk.look(f"{form}/{number}")
        answer = ONLY_OCCASIONALLY if number >= HURT_MYSELF else NEVER
        walk.press(f"{form}/{number}", {"answer": answer})
    walk.press(f"{form}/layout", {"layout": "page"})
    walk.press(f"{form}/layout?first=1", {"layout": "page"})
    walk.look(f"{form}/all")
    walk.press(f"{form}/all", {"q1": "7"})
    walk.press(f"{form}/all", hidden(walk.browser.get(f"{form}/all")) | {"q2": "4"})
    walk.press(f"{form}/send", {"seen": "something else"})
    walk.look(f"{form}/check", f"{form}/stop", f"{form}/pause")
    walk.press(f"{form}/send", hidden(walk.browser.get(f"{form}/check")))
    walk.press(f"{form}/1", {"answer": NEVER})
    return walk.pages


def changing(world: World) -> list[Page]:
    """Signed in after Send: a change, sent in the end; what to talk about, twice at once; no numbers."""
    walk = Walk(world.browser(Role.STUDENT, "Sam Sample"))
    form = f"/form/{world.session('Sam Sample', 6)}"
    walk.look(f"{form}/sent", "/home/line", "/home")
    walk.press(f"{form}/amend")
    walk.press(f"{form}/send", hidden(walk.browser.get(f"{form}/check")))
    walk.look(f"{form}/sent", f"{form}/1", f"{form}/stop")
    walk.press(f"{form}/1", {"answer": "4"})
    walk.press(f"{form}/{HURT_MYSELF}", {"answer": "4"})
    walk.look(f"{form}/check")
    walk.press(f"{form}/send", hidden(walk.browser.get(f"{form}/check")))
    walk.try_out(f"{form}/talk")
    for words in WRITTEN[3:5]:
        walk.press(f"{form}/talk", {"words": words, "seen": "0"})
    walk.press("/home/line", {"hide": "1"})
    walk.look("/home", f"/form/{world.session('Sam Sample', 1)}/talk")
    walk.press("/home/line")
    return walk.pages


def at_help(world: World) -> list[Page]:
    """Signed out; signed in, asking for the numbers once too often, and to talk, which the therapist reads;
    and somebody who has nobody to ask.
    """
    outside = Walk(world.browser(Role.ANYONE))
    outside.look("/help/numbers", "/help?at=1")
    walk = Walk(world.browser(Role.STUDENT, "Teo Testcase"), outside.pages)
    walk.press("/help/numbers", {"key": "0" * 26, "channel": "sms", "seen": "others"})
    for _ in range(4):
        walk.look("/help/numbers")
        walk.press(*next(walk.pages[-1].forms()))
    walk.look("/help", "/help/talk")
    walk.press("/help/talk")
    walk.look("/help", "/home")
    page = f"/staff/caseload/{world.person('Teo Testcase')}"
    therapist = Walk(world.browser(Role.THERAPIST), walk.pages)
    therapist.look("/staff/caseload", page)
    therapist.press(f"{page}/talk")
    walk.look("/help/talk", "/home")
    Walk(world.browser(Role.STUDENT, "Noor Notreal"), walk.pages).look("/help", "/help/talk")
    return walk.pages


def leaving(world: World) -> list[Page]:
    """A student changes their permissions, then stops; their therapist gets in touch once."""
    walk = Walk(world.browser(Role.STUDENT, "Mina Madeup"))
    walk.look("/choices")
    for address, kept in walk.pages[0].forms():
        if address == "/choices":
            walk.press(address, kept)
    walk.look("/choices", f"/form/{world.session('Mina Madeup', 1)}", "/home")
    walk.press("/dates/leave")
    walk.look("/home", "/dates")
    therapist = Walk(world.browser(Role.THERAPIST), walk.pages)
    therapist.try_out(f"/staff/caseload/{world.person('Mina Madeup')}", "/staff/caseload")
    return walk.pages
