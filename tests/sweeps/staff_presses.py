"""What members of the team press: each function is one of them at work."""

import re
from unittest.mock import patch

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import service as caseload
from student_portal.demo.people import STUDENTS
from student_portal.foundation import clock
from student_portal.institutions import queries as institutions
from student_portal.settings import queries as settings
from tests.support.asking import hidden
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.walks import Walk

HELP = {
    "way": "call",
    "name": "Listening line",
    "target": "0800 496 0999",
    "again": "0800 496 0999",
    "open": "always",
    "what": "A person answers.",
    "who": "A volunteer.",
    "takes": "A few minutes.",
    "how": "Called and got an answer.",
    "organisation": "",
    "language": "en-GB",
    "review_by": "2027-02-01",
}

WRITTEN = (
    "Juniper",
    "They would rather wait.",
    "Spoke on the phone.",
    "How I sleep.",
    "The train home.",
    "By Friday.",
)

PASTED = (
    "name\nJuniper",
    "name,born,university\nJuniper,31/4/2004,X",
    "name,born,university\nJuniper,14/5/2004,X",
)
"""Rows of which one lacks columns, one has a day that never was, and one can be added."""


def deciding(world: World) -> list[Page]:
    """A therapist takes one request, accepts it and books; agrees another route for one, twice."""
    walk = Walk(world.browser(Role.THERAPIST))
    walk.look("/staff/referral")
    first, second = [link for link in walk.pages[0].links if re.search(r"/\w{26}$", link)][:2]
    walk.press(f"{first}/take")
    walk.look(first)
    accept = next(kept for address, kept in walk.pages[-1].forms() if address == "/staff/episodes/open")
    walk.press("/staff/episodes/open", accept)
    walk.try_out(walk.pages[-1].path)
    walk.try_out(second)
    address, seen = next(walk.pages[-2].forms(to_fill_in=True))
    for _ in range(2):
        walk.press(address, seen | {"page": "waiting", "reason": WRITTEN[1]})
    return walk.pages


def seeing(world: World) -> list[Page]:
    """A therapist reads every student's page and says what they did about an answer."""
    walk = Walk(world.browser(Role.THERAPIST))
    for student in STUDENTS:
        record = f"/staff/caseload/{world.person(student.name)}"
        walk.look(record, *(f"{record}/{page}" for page in ("forms", "notes", "reaching")))
    alert = next(link for page in walk.pages for link in page.links if link.endswith("/did"))
    walk.try_out(alert)
    walk.try_out(f"/staff/caseload/{world.person('Sam Sample')}/about")
    walk.try_out(f"/staff/caseload/notes/{world.session('Sam Sample', 1)}")
    walk.press(f"/staff/caseload/copy/{world.session('Sam Sample', 1)}")
    walk.press(alert.replace("/did", "/read"))
    walk.press(alert, {"note": WRITTEN[2]})
    walk.press(alert, hidden(walk.browser.get(alert)) | {"note": WRITTEN[2]})
    return walk.pages


def taking_copies(world: World) -> list[Page]:
    """Files: the report for the record, the student's own copy; and a page where none can be made."""
    walk, record = Walk(world.browser(Role.THERAPIST)), f"/staff/caseload/{world.person('Sam Sample')}"
    assert walk.browser.post(f"{record}/report").content_type == "application/pdf"
    assert world.browser(Role.STUDENT, "Sam Sample").get("/home/line/copy").content_type == "application/pdf"
    with patch("student_portal.foundation.pdf.is_available", return_value=False):
        walk.press(f"{record}/report")
    walk.try_out("/staff/caseload/reports")
    by = access.Viewer(settings.service_id(), world.person("Robin Okafor"), Role.THERAPIST)
    batch_id = caseload.ask_reports(people=[world.person("Sam Sample")], by=by, at=clock.now())
    walk.look(f"/staff/caseload/reports/{batch_id}")
    return walk.pages


def adding(world: World) -> list[Page]:
    """A therapist looks for a student, adds one, and reads pasted rows: wrong ones, then right ones."""
    walk = Walk(world.browser(Role.THERAPIST))
    for words in ("Nobody", "Teo", " "):
        walk.press("/staff/caseload/find", {"words": words})
    walk.try_out("/staff/caseload/add", "/staff/caseload/paste")
    new = {"name": "Teo Testcase", "born": "14/6/2003", "university": "Elsewhere"}
    walk.press("/staff/caseload/add", new)
    for rows in PASTED:
        walk.press("/staff/caseload/paste", {"rows": rows})
    walk.look("/staff/caseload/students?show=read", "/staff/caseload/students?show=undated")
    return walk.pages


def in_the_room(world: World) -> list[Page]:
    """A therapist enters one form from paper, with a slip, and lends their device for another."""
    walk = Walk(world.browser(Role.THERAPIST))
    paper, here = (
        f"/staff/measures/{world.session(student, 1)}/{page}"
        for student, page in (("Mina Madeup", "paper"), ("Teo Testcase", "here"))
    )
    walk.try_out(paper, paper.replace("/paper", "/here"))
    paper = paper.replace(world.session("Mina Madeup", 1), world.session("Teo Testcase", 1))
    walk.try_out(paper)
    kept = next(kept for address, kept in walk.pages[-1].forms() if address == paper)
    kept |= {"mode": "paper", "day": "30/11/2026", **{f"item_{number}": "1" for number in range(1, 35)}}
    walk.press(paper, kept)
    walk.look(here)
    walk.press(here)
    walk.try_out("/staff", "/form/back")
    walk.press("/staff/accounts/unlock", {"code": "000000"})
    walk.look(f"/form/{world.session('Teo Testcase', 1)}/stop", "/form/back")
    back = Walk(world.browser(Role.THERAPIST), walk.pages)
    back.press(paper, kept | {"do": "store"})
    back.look(paper)
    return walk.pages


def editing_help(world: World) -> list[Page]:
    """An admin writes a contact and may not publish it; a manager does."""
    admin, manager = Walk(world.browser(Role.ADMIN)), Walk(world.browser(Role.MANAGER))
    saved = admin.press("/staff/signposting/new", HELP | {"keep": "1"})
    contact = saved.request.path
    admin.press(f"{contact}/propose")
    manager.look(contact, "/staff/signposting")
    approve = next(kept for address, kept in manager.pages[0].forms() if address.endswith("/approve"))
    admin.press(f"{contact}/approve", approve)
    manager.press(f"{contact}/approve", approve)
    admin.look(f"{contact}/edit", f"{contact}/versions", "/staff/signposting", "/help")
    return [*admin.pages, *manager.pages]


def going_live(world: World) -> list[Page]:
    """A manager decides to go live all the same, stops the sending, and checks the names on the list."""
    walk = Walk(world.browser(Role.MANAGER))
    page = "/staff/governance/go-live"
    walk.press(page, {"reason": WRITTEN[5]})
    for _ in range(2):
        walk.press(page, hidden(walk.browser.get(page)) | {"reason": WRITTEN[5]})
    walk.press(f"{page}/stop", {"why": ""})
    walk.press(f"{page}/stop", {"why": WRITTEN[5]})
    places = [place.id for place in institutions.unchecked()]
    walk.saw(walk.browser.post("/staff/governance/universities", data={"id": places}, follow_redirects=True))
    return walk.pages
