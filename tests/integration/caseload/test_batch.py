"""Reports of many students: asked for with six digits, made by the worker, taken singly, gone after a day."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.access.service import CareKind
from student_portal.accounts.service import lending
from student_portal.audit import queries as audit
from student_portal.audit.models import AuditEvent
from student_portal.audit.queries import machine
from student_portal.caseload import queries, service
from student_portal.caseload.models import BatchReport
from student_portal.caseload.views import batch
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from tests.support import care
from tests.support.asking import text

ASK = "/staff/caseload/reports"


@pytest.fixture
def asked(client: FlaskClient, therapist: Viewer, episode_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a batch for two students, whose therapist gave the right digits."""
    care.in_therapy(therapist, "Ann Ash")
    monkeypatch.setattr(lending, "_is_code_of", lambda _person, code: code == "123456")
    answer = client.post(ASK, data={"code": "123456"})
    assert answer.status_code == 303
    return answer.location


def forms(client: FlaskClient, page: str) -> list[str]:
    return [
        part.partition('"')[0]
        for part in client.get(page).text.split('action="')[1:]
        if "/take/" in part[:60]
    ]


def test_the_worker_makes_them_one_by_one_and_the_page_says_how_far_it_is(
    client: FlaskClient, app: Flask, asked: str
) -> None:
    make = batch.maker(app)
    assert "0 of 2 made" in text(client.get(asked))
    assert forms(client, asked) == []
    make()
    assert "1 of 2 made" in text(client.get(asked))
    make()
    make()
    assert "2 of 2 made" in text(client.get(asked))
    assert "Look again" not in text(client.get(asked))
    names = set()
    for address in forms(client, asked):
        made = client.post(address)
        assert made.headers["Content-Disposition"] == 'attachment; filename="report.pdf"'
        words = PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
        names |= {
            name for name in ("Sam Ashby", "Ann Ash") if f"Name\n{name}" in words or f"Name {name}" in words
        }
    assert names == {"Sam Ashby", "Ann Ash"}


@pytest.mark.hazard("H21")
def test_the_list_is_taken_as_a_harmless_table_for_the_same_digits(
    client: FlaskClient, therapist: Viewer, person_id: str, asked: str
) -> None:
    care.in_therapy(therapist, "=HYPERLINK(1)")
    answer = client.post(ASK, data={"code": "123456", "list": "1"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:5] == ["Name", "Sessions held", "Sessions", "Next session", "Date"]
    assert [row[0] for row in rows[1:]] == ["Sam Ashby", "Ann Ash", "'=HYPERLINK(1)"]
    assert rows[1][1:6] == ["0", "6", "1", "2026-12-02 14:00", "2026-11-30"]
    assert rows[2][3:5] == ["", ""]
    assert [line.verb for line in audit.about(person_id)].count("caseload.export_list") == 1
    refused = client.post(ASK, data={"code": "654321", "list": "1"})
    assert (refused.status_code, "These digits are wrong" in text(refused)) == (400, True)


def test_one_that_cannot_be_drawn_does_not_stand_in_the_way_of_the_others(
    client: FlaskClient, app: Flask, asked: str
) -> None:
    def breaks(_viewer: Viewer, _person_id: str) -> bytes:
        raise ValueError("no drawing")

    with pytest.raises(ValueError, match="no drawing"):
        service.make_report(draw=breaks, at=clock.now())
    batch.maker(app)()
    assert "2 of 2 made" in text(client.get(asked))
    assert "Could not be made" in text(client.get(asked))
    assert len(forms(client, asked)) == 1


@pytest.mark.hazard("H21")
def test_who_stands_in_for_one_answer_takes_no_reports_of_that_student(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str
) -> None:
    cover = care.at_desk(client, "Jo Lindqvist")
    access.stand_in(person_id=person_id, staff_id=str(cover.person_id), by=cover, at=clock.now())
    assert client.get(f"/staff/caseload/{person_id}").status_code == 200
    assert "there is nothing to take" in text(client.get(ASK))
    assert queries.whose(cover) == []
    assert queries.whose(therapist) == [person_id]


@pytest.mark.hazard("H21")
def test_many_records_take_ones_own_six_digits_again_and_not_for_ever(
    client: FlaskClient, asked: str
) -> None:
    for _ in range(5):
        refused = client.post(ASK, data={"code": "000000"})
        assert refused.status_code == 400
        assert "These digits are wrong or were used before." in text(refused)
    assert client.post(ASK, data={"code": "123456"}).status_code == 400
    assert client.post(ASK, data={"code": ""}).status_code == 400


@pytest.mark.hazard("H21")
def test_only_who_asked_sees_them_and_only_while_the_record_is_open_to_them(
    client: FlaskClient, app: Flask, therapist: Viewer, person_id: str, asked: str
) -> None:
    make = batch.maker(app)
    make()
    make()
    taken = forms(client, asked)
    by = machine(therapist.service_id)
    access.end_care(person_id=person_id, kind=CareKind.THERAPY, by=by, at=clock.now())
    assert "Not open to you any more" in text(client.get(asked))
    assert sorted(client.post(address).status_code for address in taken) == [200, 404]
    with db.read() as unit:
        exports = unit.exec(select(AuditEvent).where(AuditEvent.verb == "caseload.export")).all()
    assert len(exports) == 1
    care.at_desk(client, "Somebody Else")
    assert client.get(asked).status_code == 404
    assert {client.post(address).status_code for address in taken} == {404}


def test_after_a_day_they_are_destroyed_and_unmade_ones_are_not_made(
    client: FlaskClient, app: Flask, therapist: Viewer, asked: str, portal: FrozenClock
) -> None:
    batch.maker(app)()
    [first] = forms(client, asked)
    portal.move_to(clock.now() + timedelta(hours=24))
    with pytest.raises(NotFound):
        queries.batch(therapist, asked.rpartition("/")[2], at=clock.now())
    with pytest.raises(NotFound):
        service.take_report(report_id=first.rpartition("/")[2], by=therapist, at=clock.now())
    by = machine(therapist.service_id)
    assert service.destroy_old_reports(at=clock.now(), by=by) == 1
    with db.read() as unit:
        assert unit.exec(select(BatchReport)).all() == []
    assert service.destroy_old_reports(at=clock.now(), by=by) == 0


def test_a_report_made_before_its_record_was_closed_is_not_waited_for(
    client: FlaskClient, app: Flask, therapist: Viewer, person_id: str, asked: str
) -> None:
    make = batch.maker(app)
    make()
    make()
    access.end_care(
        person_id=person_id, kind=CareKind.THERAPY, by=machine(therapist.service_id), at=clock.now()
    )
    page = text(client.get(asked))
    assert "2 of 2 made" in page
    assert "Not open to you any more" in page
    assert "Waits" not in page
    assert len(forms(client, asked)) == 1


def test_a_student_who_is_looked_after_by_somebody_else_now_has_no_report(
    client: FlaskClient, app: Flask, therapist: Viewer, person_id: str, asked: str
) -> None:
    access.end_care(
        person_id=person_id, kind=CareKind.THERAPY, by=machine(therapist.service_id), at=clock.now()
    )
    make = batch.maker(app)
    make()
    make()
    assert "Could not be made" in text(client.get(asked))
    assert len(forms(client, asked)) == 1
