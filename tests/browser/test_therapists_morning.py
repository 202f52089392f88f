"""A therapist's morning: read what must be read, see the line, write the note, tell the student, copy it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from student_portal.access.queries import Role, Viewer
from student_portal.audit import queries as audit
from student_portal.caseload import service
from student_portal.episodes import queries as episodes
from student_portal.episodes import service as dates
from student_portal.episodes.queries import Mode
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.settings import queries as settings
from tests.browser.people import Staff, sit_down
from tests.support import care
from tests.support.browser import OpenPage
from tests.support.served import Served

SAM = "Sam Sample"
NEEDS = "Step-free rooms, captions on video, a break after half an hour, and no perfume in the room please."


@pytest.fixture
def robin(served: Served) -> Viewer:
    return Viewer(settings.service_id(), served.world.person("Robin Okafor"), Role.THERAPIST)


@pytest.fixture
def ten_today(robin: Viewer) -> list[str]:
    """Ten students who come today, each with needs of their own and the same long ones."""
    at, names = clock.now(), [f"Student Number{number}" for number in range(1, 11)]
    twenty = timedelta(minutes=20)
    starts = (at + twenty * step for step in range(1, 36))
    free = [then for then in starts if not episodes.therapist_busy(str(robin.person_id), then, then + twenty)]
    for name, starts_at in zip(names, free, strict=False):
        first = care.sessions(robin, care.in_therapy(robin, name))[0]
        slot = Slot(first.id, starts_at, 20, Mode.CAMPUS, "Room 2.14")
        dates.book(bookings=[slot], by=robin, at=at)
        service.describe(
            person_id=first.person_id,
            name=name,
            pronouns="they, them",
            access_needs=NEEDS,
            safe_contact="",
            seen_version=0,
            by=robin,
            at=at,
        )
    return names


def test_ten_sessions_stand_on_one_screen_and_every_one_on_a_phone(
    served: Served, desk: OpenPage, phone: OpenPage, ten_today: list[str]
) -> None:
    """With scripts off, which must cost nothing here."""
    page = sit_down(served, desk(scripts=False)).page
    page.goto(f"{served.url}/staff/caseload")
    rows = page.locator(".rows.tight > li")
    for name in ten_today:
        row = rows.filter(has=page.get_by_role("link", name=name, exact=True))
        box = row.bounding_box()
        assert box, f"{name} is nowhere"
        assert box["y"] + box["height"] <= 800, f"{name} ends at {box}"
        expect(row.get_by_text("Step-free rooms")).to_be_visible()
    small = sit_down(served, phone(scripts=False)).page
    small.goto(f"{served.url}/staff/caseload")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    last = small.locator(".rows.tight > li").filter(has_text=ten_today[-1])
    last.locator("summary").click()
    expect(last.get_by_text("no perfume in the room please.")).to_be_visible()


@pytest.mark.hazard("H01")
def test_a_therapists_morning(served: Served, desk: OpenPage) -> None:
    therapist = sit_down(served, desk())
    therapist.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
    reads_what_must_be_read(served, therapist)
    looks_at_the_line(therapist)
    session_id = served.world.session(SAM, 5)
    writes_a_note_beside_a_second_window(served, therapist, session_id)
    tells_the_student_and_copies(served, therapist, session_id)


def reads_what_must_be_read(served: Served, therapist: Staff) -> None:
    therapist.page.goto(f"{served.url}/staff/caseload")
    first = therapist.page.locator(".first", has_text=SAM)
    assert "“" in first.locator(".said").first.inner_text()
    first.get_by_role("button", name=re.compile("^Open and mark as read")).click()
    expect(therapist.page.get_by_role("heading", level=1)).to_have_text(SAM)
    assert "Read by Robin Okafor" in therapist.words


def looks_at_the_line(therapist: Staff) -> None:
    page = therapist.page
    table = page.locator("table", has=page.locator("#line-table")).locator("tbody tr")
    dots = page.locator("figure.chart g[tabindex]")
    spoken = dots.evaluate_all("all => all.map(dot => dot.getAttribute('aria-label'))")
    scored = [row for row in table.all() if re.search(r"\d\.\d$", row.inner_text())]
    assert len(spoken) == len(scored) >= 5
    for said, row in zip(spoken, scored, strict=True):
        cells = [cell.inner_text() for cell in row.locator("th, td").all()]
        assert f"Session {cells[0]}, {cells[1]}: {cells[4]}, {cells[2]}" == said
    tip = dots.first.locator(".tip")
    expect(tip).to_be_hidden()
    dots.first.focus()
    expect(tip).to_be_visible()
    dots.last.locator(".emb, .pt").hover()
    expect(dots.last.locator(".tip")).to_be_visible()
    expect(tip).to_be_hidden()  # both stand in the same place
    page.get_by_role("heading", level=1).hover()
    expect(tip).to_be_visible()


def writes_a_note_beside_a_second_window(served: Served, therapist: Staff, session_id: str) -> None:
    page, note = therapist.page, f"{served.url}/staff/caseload/notes/{session_id}"
    other = Staff(page.context.new_page())
    other.page.goto(note)
    page.goto(note)
    page.get_by_label("Formulation").fill("Exams weigh on Sam.")
    expect(page.get_by_role("status")).to_contain_text("Draft kept at")
    page.reload()
    expect(page.get_by_label("Formulation")).to_have_value("Exams weigh on Sam.")
    other.page.get_by_label("Plan").fill("Two walks a week.")
    other.press("Save note")
    expect(other.page).to_have_url(re.compile("/staff/caseload/"))
    page.get_by_label("Formulation").fill("Exams weigh on Sam a lot.")
    therapist.press("Save note")
    expect(page.get_by_role("alert")).to_contain_text("Nothing of yours is lost")
    expect(page.get_by_label("Formulation")).to_have_value("Exams weigh on Sam a lot.")
    expect(page.locator("#versions")).to_contain_text("Two walks a week.")
    page.get_by_label("Plan").fill("Two walks a week.")
    therapist.press("Save note")
    expect(page.locator(f"#note-{session_id}")).to_contain_text("Exams weigh on Sam a lot.")
    other.page.close()


def tells_the_student_and_copies(served: Served, therapist: Staff, session_id: str) -> None:
    page = therapist.page
    mine = page.locator(f"#note-{session_id}")
    mine.get_by_role("button", name=re.compile("^We talked about it")).click()
    expect(mine).to_contain_text(f"{SAM} sees this.")
    mine.get_by_role("button", name=re.compile("^Copy for the record")).click()
    expect(mine.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Exams weigh on Sam a lot." in copied
    assert re.search(r"All items: [\d.]+ of 40, ten times the mean of \d+ answers", copied)
    person_id = episodes.session(session_id).person_id
    assert [line.subject_id for line in audit.about(person_id) if line.verb == "caseload.export"] == [
        session_id
    ]
