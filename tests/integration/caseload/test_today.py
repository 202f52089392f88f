"""The therapist's first page: four minutes before a session."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.accounts.models import ContactPoint
from student_portal.audit import queries as audit
from student_portal.audit.models import AuditEvent
from student_portal.caseload.service import describe
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.care import at

BANNED = re.compile(
    r"\b(risk|severe|moderate|mild|priority|urgent|flagged|all clear|no concerns)\b", re.IGNORECASE
)


def first_session(therapist: Viewer, episode_id: str) -> str:
    return care.sessions(therapist, episode_id)[0].id


def test_an_empty_morning_says_so_and_when_it_was_looked_at(client: FlaskClient, therapist: Viewer) -> None:
    page = text(client.get("/staff/caseload"))
    assert "Monday 30 November" in page
    assert "No sessions today." in page
    assert "Nothing to read first, as at Monday 30 November at 10am." in page
    assert "Nobody is booked with you today." in page


def test_todays_sessions_stand_with_their_form_and_what_comes_stands_beside(
    client: FlaskClient, therapist: Viewer, episode_id: str, portal: FrozenClock
) -> None:
    beside = text(client.get("/staff/caseload"))
    assert "Wednesday 2 December at 2pm Sam Ashby , session 1. Not started" in beside
    portal.move_to(at(12, 2, 9))
    page = text(client.get("/staff/caseload"))
    assert "1 session today. First at 2pm. As at 9am." in page
    assert "2pm Sam Ashby Session 1, Room 2.14 Not started" in page


@pytest.mark.hazard("H19")
def test_what_the_student_said_about_getting_in_touch_stands_where_what_staff_entered_does(
    client: FlaskClient, therapist: Viewer, person_id: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    pages = ("/staff/caseload", f"/staff/caseload/{person_id}")
    for page in pages:
        assert "Getting in touch" not in text(client.get(page))
    with db.write() as unit:
        unit.exec(
            select(ContactPoint).where(ContactPoint.person_id == person_id)
        ).one().safety = "seen:My flatmate reads along"
    for page in pages:
        said = "Getting in touch: Other people may see it. “My flatmate reads along”"
        assert said in text(client.get(page))
    describe(
        person_id=person_id, name="Sam Ashby", pronouns="", access_needs="", safe_contact="Not after 6pm",
        seen_version=0, by=therapist, at=clock.now(),
    )  # fmt: skip
    for page in pages:
        assert "Getting in touch: Not after 6pm. Other people may see it." in text(client.get(page))


def test_before_send_a_therapist_reads_how_far_it_is_and_nothing_else(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    session_id = first_session(therapist, episode_id)
    student = care.as_student(therapist.service_id, person_id)
    for item in range(1, 13):
        care.measures.save_answer(
            session_id=session_id, item=item, position=3, proof_id=None, by=student, at=at(12, 2, 9)
        )
    page = text(client.get("/staff/caseload"))
    assert "Started, 12 of 34" in page
    assert "Not sent, so answers are hidden" in page
    assert "Nothing to read first" in page


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H12")
def test_answers_to_read_stand_first_in_the_students_own_words(
    client: FlaskClient, therapist: Viewer, episode_id: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    care.send_form(first_session(therapist, episode_id), *([1] * 8), 2, *([1] * 14), None)
    page = text(client.get("/staff/caseload"))
    assert page.index("Answers to read first") < page.index("Today’s sessions")
    assert "Not read yet" in page
    assert re.search(r"“I have thought of hurting myself” Sometimes", page)
    assert "Not answered. Shown to Sam Ashby, left blank. Please ask." in page
    assert "Yours to read. Due today at 1pm." in page
    assert "Read first" in page
    assert BANNED.search(page) is None


@pytest.mark.hazard("H01")
def test_one_press_marks_them_as_read_and_opens_the_student(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    care.send_form(first_session(therapist, episode_id), *([1] * 8), 2)
    today = client.get("/staff/caseload")
    action = re.search(r'action="(/staff/alerts/\w+/read)"', today.text)
    assert action
    answer = client.post(action.group(1), data=hidden(today))
    assert (answer.status_code, answer.location.partition("#")[0]) == (303, f"/staff/caseload/{person_id}")
    assert "Read by R. Okafor, today at 9am." in text(client.get(answer.location))
    assert "Nothing to read first" in text(client.get("/staff/caseload"))


def test_what_is_left_to_finish_leads_to_the_page_where_it_is_done(
    client: FlaskClient, therapist: Viewer, episode_id: str, portal: FrozenClock
) -> None:
    waiting = care.in_therapy(therapist, "Mina Kaur")
    portal.move_to(at(12, 2, 15))
    page = client.get("/staff/caseload").text
    assert f'href="/staff/episodes/sessions/{first_session(therapist, episode_id)}"' in page
    assert f'href="/staff/episodes/{waiting}/book"' in page
    assert "Say how it went" in page
    assert "Book the next session: Mina Kaur" in text(client.get("/staff/caseload")).replace(" :", ":")


@pytest.mark.hazard("H21")
def test_whose_records_the_page_showed_is_written_down_with_it(
    client: FlaskClient, therapist: Viewer, person_id: str
) -> None:
    client.get("/staff/caseload")
    client.get("/staff/caseload/students")
    client.get(f"/staff/caseload/{person_id}")
    with db.read() as session:
        lists = session.exec(select(AuditEvent).where(AuditEvent.verb.startswith("caseload."))).all()
    assert [(line.verb, line.detail) for line in lists[:2]] == [
        ("caseload.today", {"people": [person_id]}),
        ("caseload.students", {"people": [person_id]}),
    ]
    assert [line.actor_id for line in audit.about(person_id) if line.verb == "caseload.open"] == [
        therapist.person_id
    ]


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
def test_another_therapist_sees_nothing_of_it(client: FlaskClient, person_id: str, episode_id: str) -> None:
    other = client.application.test_client()
    care.at_desk(other, "J. Lindqvist")
    assert "Sam Ashby" not in other.get("/staff/caseload").text
    assert "Sam Ashby" not in other.get("/staff/caseload/students").text
    assert other.get(f"/staff/caseload/{person_id}").status_code == 404
    assert other.get(f"/staff/episodes/{episode_id}/book").status_code == 404
