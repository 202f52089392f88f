"""The student's own copy: their dates and numbers in plain words, as a file that names nobody."""

import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service
from student_portal.foundation import clock, pdf
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import text


@pytest.fixture
def sam(client: FlaskClient, service_id: str, portal: FrozenClock) -> Viewer:
    """A student who is signed in here and has sent the forms of two sessions, one of them held."""
    service.set_up_programme(by=machine(service_id), at=clock.now())
    therapist = care.therapist(service_id, "Ruth Okafor")
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 10))
    service.book(bookings=slots, by=therapist, at=clock.now())
    first, second = care.sessions(therapist, episode_id)[:2]
    for facts, ticked in ((first, [3] * 34), (second, [1] * 10)):
        assert facts.starts_at
        portal.move_to(facts.starts_at - timedelta(hours=2))
        care.send_form(facts.id, *ticked)
        if facts is first:
            portal.move_to(facts.starts_at + timedelta(hours=1))
            service.attended(session_id=facts.id, seen_version=facts.version, by=therapist, at=clock.now())
    return care.on_phone(client, service_id, first.person_id)


def copy(client: FlaskClient) -> tuple[PdfReader, str]:
    answer = client.get("/home/line/copy")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="summary.pdf"'
    paper = PdfReader(io.BytesIO(answer.data))
    return paper, " ".join(" ".join(page.extract_text() for page in paper.pages).split())


@pytest.mark.hazard("H14")
def test_it_says_the_dates_and_numbers_and_names_nobody(client: FlaskClient, sam: Viewer) -> None:
    paper, words = copy(client)
    assert "When you met 10 December 2026" in " ".join(words.replace("•", " ").split())
    assert "10 December 2026 26.0 17 December 2026 " in words
    assert "decides nothing" in words
    assert "Call 999" in words
    assert "© CORE System Trust" in words
    assert paper.metadata == {"/Producer": "WeasyPrint 70.0", "/Title": "Summary"}
    assert re.findall(r"Sam\b|Ashby|Ruth|Okafor|U-COPE|therap|harm|cut-off|07700", words, re.I) == []


def test_who_sees_no_numbers_gets_none_here_either(client: FlaskClient, sam: Viewer) -> None:
    client.post("/home/line", data={"hide": "1"})
    _, words = copy(client)
    assert "You chose to see no numbers, so none are here." in words
    assert "26.0" not in words
    assert "© CORE" not in words


def test_the_page_says_first_what_the_file_leaves_on_the_phone(client: FlaskClient, sam: Viewer) -> None:
    words = text(client.get("/home/line"))
    assert "whoever opens your files can read it" in words.partition("Save my copy")[0]


def test_where_no_pdf_can_be_made_none_is_offered(
    client: FlaskClient, sam: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert "Save my copy" not in text(client.get("/home/line"))
    assert client.get("/home/line/copy").status_code == 404
