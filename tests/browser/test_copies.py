"""What leaves a page of staff and comes in: a closed clipboard, paper, a table; a finger on the line."""

import re

import pytest
from playwright.sync_api import expect

from student_portal.audit import queries as audit
from student_portal.episodes import queries as episodes
from tests.browser.people import sit_down
from tests.support.browser import OpenPage
from tests.support.served import Served

SAM = "Sam Sample"
REFUSES = "navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"


@pytest.fixture
def record(served: Served) -> str:
    return f"{served.url}/staff/caseload/{served.world.person(SAM)}"


def test_a_clipboard_that_stays_closed_gets_no_second_press(
    served: Served, desk: OpenPage, record: str
) -> None:
    page = sit_down(served, desk()).page
    page.add_init_script(REFUSES)
    page.goto(f"{record}/notes")
    session_id = served.world.session(SAM, 1)
    mine = page.locator(f"#note-{session_id}")
    mine.get_by_role("button", name=re.compile("^Copy for the record")).click()
    expect(mine.get_by_role("status")).to_contain_text("Here is the text: copy all of it.")
    box = mine.get_by_role("textbox", name=re.compile("Here is the text"))
    expect(box).to_have_value(re.compile(r"^Session 1\n"))
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == box.input_value()
    person_id = episodes.session(session_id).person_id
    taken = [line for line in audit.about(person_id) if line.verb == "caseload.export"]
    assert [line.subject_id for line in taken] == [session_id]


def test_paper_shows_what_is_folded_on_the_screen(served: Served, desk: OpenPage, record: str) -> None:
    page = sit_down(served, desk(scripts=False)).page
    page.goto(record)
    folded = page.locator("main details:not([open]) > :not(summary)").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1252", "utf-16"])
def test_a_saved_table_is_read_into_the_box_on_this_device(
    served: Served, desk: OpenPage, encoding: str
) -> None:
    therapist = sit_down(served, desk())
    page = therapist.page
    page.goto(f"{served.url}/staff/caseload/paste")
    table = "name;born;university\r\nZoë Ünsal;14/5/2004;Elsewhere\r\n".encode(encoding)
    chosen = {"name": "students.csv", "mimeType": "text/csv", "buffer": table}
    page.get_by_label("Or choose the spreadsheet, saved as CSV").set_input_files(chosen)
    expect(page.get_by_role("textbox")).to_have_value(re.compile("Zoë Ünsal;14/5/2004"))
    with page.expect_request("**/staff/caseload/paste") as sent:
        therapist.press("Read the rows")
    assert "multipart" not in sent.value.headers["content-type"]
    expect(page.get_by_role("status")).to_contain_text("1 row was read. Nothing is added yet.")


def test_a_finger_on_the_line_tells_the_value(served: Served, phone: OpenPage, record: str) -> None:
    page = sit_down(served, phone()).page
    page.goto(record)
    dots = page.locator("figure.chart g[tabindex]")
    dots.last.locator(".emb, .pt").tap()
    expect(dots.last.locator(".tip")).to_be_visible()
    assert dots.last.locator(".tip").text_content() in str(dots.last.get_attribute("aria-label"))
    dots.first.locator(".emb, .pt").tap()
    expect(dots.first.locator(".tip")).to_be_visible()
    expect(dots.last.locator(".tip")).to_be_hidden()
