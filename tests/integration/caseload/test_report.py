"""What leaves the portal for the record: a tagged PDF and a table, saying exactly what the page says."""

import csv
import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from pypdf.generic import IndirectObject
from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.audit.models import AuditEvent
from student_portal.episodes import service
from student_portal.foundation import clock, db, pdf
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service as measures
from student_portal.measures.models import ResponseMode
from tests.support import care
from tests.support.asking import text
from tests.support.paper import printed, words

SAFETY = "I made plans to end my life"


@pytest.fixture
def record(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> str:
    """Six sessions: one form with a question left blank, one never sent, one with too few answers."""
    forms: dict[int, list[int | None]] = {
        1: [3] * 34,
        2: [2, 2, 2, 2, 2, 1, None, 2, 2, 2],
        4: [1, 1, None, None, None, 0, 1, 1, 1, 1],
        5: [1, 1, 1, 1, 1, 0, 1, 1, 1, 1],
        6: [*[1] * 8, None, *[1] * 25],
    }
    for facts in care.sessions(therapist, episode_id):
        assert facts.starts_at
        portal.move_to(facts.starts_at - timedelta(hours=2))
        if facts.number in forms:
            care.send_form(facts.id, *forms[facts.number])
        portal.move_to(facts.starts_at + timedelta(hours=1))
        service.attended(session_id=facts.id, seen_version=facts.version, by=therapist, at=clock.now())
    return f"/staff/caseload/{person_id}"


def test_a_late_paper_form_is_said_in_one_way_on_the_page_in_the_report_and_in_the_copy(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    assert first.starts_at
    portal.move_to(first.starts_at + timedelta(days=2))
    measures.enter(
        session_id=first.id,
        mode=ResponseMode.PAPER,
        filled_on=clock.today() - timedelta(days=1),
        answers=[1] * 34,
        by=therapist,
        at=clock.now(),
    )
    record = f"/staff/caseload/{person_id}"
    copied = client.post(f"/staff/caseload/copy/{first.id}", headers={"Accept": "text/plain"}).text
    for said in (text(client.get(f"{record}/forms")), words(printed(client, f"{record}/report")), copied):
        assert "Filled in after the day of the session." in said
        assert "after the session began" not in said
        assert "Entered Friday 4 December at 2pm by R. Okafor" in said


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.post(address)
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.hazard("H10")
@pytest.mark.hazard("H06")
def test_the_line_its_table_the_paper_and_the_spreadsheet_say_the_same(
    client: FlaskClient, record: str
) -> None:
    page = client.get(record).text
    drawn = re.findall(r'<text class="num" y="-11" text-anchor="middle">(\d+(?:\.\d)?)</text></g>', page)
    body = re.search(r'<caption id="line-table">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", body[1])]
    on_page = {row[0]: row[4] for row in cells}
    assert on_page["3"] in ("", "No score")
    assert on_page["4"] == "No score"
    shown = {number: score for number, score in on_page.items() if re.fullmatch(r"[\d.]+", score)}
    assert list(shown) == ["1", "2", "5", "6"]
    assert [float(value) for value in drawn] == [float(score) for score in shown.values()]

    rows = [row for row in table(client, f"{record}/scores") if row["Scale"] == "CORE-10: All items"]
    assert {row["Session"]: row["Score"] for row in rows if row["Score"]} == shown

    paper = words(printed(client, f"{record}/report"))
    line = paper.partition("The same numbers as a table")[2]
    for number, score in shown.items():
        assert re.search(rf"\b{number} \d+ \w+ 20\d\d CORE-\d\d \d+ of 10 {re.escape(score)}\b", line), number
    assert re.search(r"\b4 \d+ \w+ 20\d\d CORE-10 7 of 10 No score", line)


@pytest.mark.hazard("H12")
def test_the_paper_has_the_words_chosen_and_says_what_was_not_answered(
    client: FlaskClient, record: str
) -> None:
    paper = words(printed(client, f"{record}/report"))
    assert f"6 {SAFETY} Only occasionally" in paper
    assert "9 I have thought of hurting myself Not answered" in paper
    assert "One other item was not answered: 7." in paper
    assert "no answer here tells that somebody is safe" in paper
    assert "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf" in paper


@pytest.mark.hazard("H11")
def test_change_stands_in_words_with_its_source_and_safety_never_as_a_number(
    client: FlaskClient, record: str
) -> None:
    paper = words(printed(client, f"{record}/report"))
    assert "CORE-10, session 2 to session 5: from" in paper
    assert "within the form's own error (less than 6 points; Barkham et al. 2013, at 90 %)" in paper
    assert "Safety items " not in paper.partition("Scale, 0 to 40")[2]
    assert {row["Scale"] for row in table(client, f"{record}/scores")} == {
        "CORE-34: All items", "CORE-34: All but the safety items", "CORE-34: Well-being", "CORE-34: Problems",
        "CORE-34: Functioning", "CORE-10: All items",
    }  # fmt: skip


@pytest.mark.hazard("H14")
def test_the_files_are_tagged_and_their_names_and_labels_tell_nothing(
    client: FlaskClient, record: str, person_id: str
) -> None:
    for address, name in ((f"{record}/report", "report.pdf"), (f"{record}/scores", "scores.csv")):
        answer = client.post(address)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert person_id.encode() not in answer.data
    paper = printed(client, f"{record}/report")
    assert dict(paper.metadata or {}) == {"/Producer": "WeasyPrint 70.0", "/Title": "Report"}
    root = paper.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= set(kinds(root["/StructTreeRoot"]))
    assert re.search(rb'pdfuaid:part(="1"|>1<)', root["/Metadata"].get_data())
    assert "CORE-10" in alternative(root["/StructTreeRoot"])


def alternative(node: object) -> str:
    """What is read out in place of the figures."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        return " ".join(alternative(child) for child in found)
    if not isinstance(found, dict):
        return ""
    own = str(found.get("/Alt", "")) if found.get("/S") == "/Figure" else ""
    return f"{own} {alternative(found.get('/K'))}".strip()


def kinds(node: object) -> list[str]:
    """The kind of every part of a tagged file."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        return [kind for child in found for kind in kinds(child)]
    if not isinstance(found, dict):
        return []
    return [str(found.get("/S", "")), *kinds(found.get("/K"))]


@pytest.mark.hazard("H21")
def test_taking_a_copy_is_in_the_activity_log_and_only_for_who_may_open_the_record(
    client: FlaskClient, record: str, person_id: str, service_id: str
) -> None:
    client.post(f"{record}/report")
    client.post(f"{record}/scores")
    with db.read() as unit:
        taken = unit.exec(select(AuditEvent).where(AuditEvent.verb == "caseload.export")).all()
    assert [(event.person_id, event.detail["as"]) for event in taken] == [
        (person_id, "pdf"),
        (person_id, "csv"),
    ]
    care.at_desk(client, "Somebody Else")
    assert [client.post(f"{record}/{what}").status_code for what in ("report", "scores")] == [404, 404]


def test_without_the_systems_libraries_the_page_says_so_and_nothing_is_logged_as_taken(
    client: FlaskClient, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    answer = client.post(f"{record}/report")
    assert answer.mimetype == "text/html"
    assert "The server lacks what draws PDFs" in text(answer)
    with db.read() as unit:
        assert not unit.exec(select(AuditEvent).where(AuditEvent.verb == "caseload.export")).all()
