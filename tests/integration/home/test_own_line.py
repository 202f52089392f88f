"""A student's own line over time, what home says of a sent form, and "hide numbers"."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.caseload.views import line as staff_line
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service
from student_portal.foundation import chart, clock
from student_portal.foundation.clock import FrozenClock
from student_portal.home import queries
from student_portal.home.views.line import drawn
from student_portal.measures import queries as measured
from student_portal.measures import service as measures
from student_portal.measures.models import ResponseMode
from tests.support import care
from tests.support.asking import hidden, text

SECOND = 1


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id, "Ruth Okafor")


@pytest.fixture
def sam(therapist: Viewer, client: FlaskClient) -> str:
    """The episode of a student who is signed in in this browser, with six dates."""
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 10))
    service.book(bookings=slots, by=therapist, at=clock.now())
    care.on_phone(client, therapist.service_id, care.sessions(therapist, episode_id)[0].person_id)
    return episode_id


def send(therapist: Viewer, sam: str, portal: FrozenClock, number: int, *ticked: int | None) -> str:
    """The form of one session, sent two hours before it."""
    facts = care.sessions(therapist, sam)[number - 1]
    assert facts.starts_at
    portal.move_to(facts.starts_at - timedelta(hours=2))
    return care.send_form(facts.id, *ticked)


def numbers(page: str) -> list[str]:
    """What the table under the line says."""
    body = page.partition('id="line-table"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [row.rpartition('class="n">')[2].partition("<")[0] for row in body.split("<tr>")[1:]]


def test_the_line_is_closed_says_the_same_as_its_table_and_judges_nothing(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    assert "There is nothing to show yet." in text(client.get("/home/line"))
    assert "My line" not in text(client.get("/home"))
    send(therapist, sam, portal, 1, *[3] * 5)
    portal.move_to(care.at(12, 14))
    send(therapist, sam, portal, 2, 2, 2, 2, 2, 2, 0)
    page = client.get("/home/line").text
    drawn = re.findall(r'<text class="num"[^>]*>([\d.]+)<', page)
    table = [number for number in numbers(page) if number]
    assert len(table) == 2
    assert [float(number) for number in drawn] == [float(number) for number in table]
    assert '<details class="card"><summary>Show my line' in page
    assert "Lower means less." in page
    assert "© CORE System Trust" in page
    assert "cut" not in re.sub(r"<style.*?</style>", "", page).lower()
    assert not re.search(
        "severe|moderate|mild|better|worse|recover|cut-off|CORE-1|CORE-3", text(client.get("/home/line"))
    )
    home = client.get("/home").text
    assert '<details class="card"><summary>My line' in home


def test_too_few_answers_make_no_number_and_never_a_nought(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    send(therapist, sam, portal, 1, *[2] * 5)
    portal.move_to(care.at(12, 14))
    send(therapist, sam, portal, 2, *[None] * 10)
    assert numbers(client.get("/home/line").text)[SECOND] == "None: too few answers"


def test_hidden_numbers_are_on_no_page_until_they_are_shown_again(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    send(therapist, sam, portal, 1, *[3] * 5)
    session_id = care.sessions(therapist, sam)[0].id
    assert client.post("/home/line", data={"hide": "1"}).status_code == 303
    for path in ("/home", "/home/line", f"/form/{session_id}/sent", "/dates", "/choices"):
        page = client.get(path).text
        assert '<svg viewBox="0 0 420' not in page, path
        assert 'class="num"' not in page, path
    assert "You chose to see no numbers." in text(client.get("/home/line"))
    assert "Hidden, as you chose" in text(client.get("/home"))
    client.post("/home/line")
    assert 'class="num"' in client.get("/home").text


def test_one_number_for_each_form_however_often_it_was_changed(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    send(therapist, sam, portal, 1, *[3] * 5)
    first = numbers(client.get("/home/line").text)
    session = care.sessions(therapist, sam)[0]
    student = care.as_student(therapist.service_id, session.person_id)
    measures.begin_change(session_id=session.id, by=student, at=clock.now())
    measures.save_answer(session_id=session.id, item=3, position=0, proof_id=None, by=student, at=clock.now())
    assert numbers(client.get("/home/line").text) == first, "not before it is sent"
    measures.send(session_id=session.id, by=student, at=clock.now())
    changed = numbers(client.get("/home/line").text)
    assert [number for number in changed if number] != [number for number in first if number]
    assert len(changed) == len(first) == 6


def test_home_says_until_when_a_form_can_be_changed_and_who_read_it(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    response_id = send(therapist, sam, portal, 1, *[1] * 8, 2)
    page = text(client.get("/home"))
    assert "Your form has not been read yet. Ruth reads this today, before you meet at 2pm." in page
    assert "You can change an answer until Thursday 10 December at 2pm." in page
    measures.record_readings(response_ids=[response_id], by=therapist, at=clock.now())
    assert "Read by Ruth, Thursday 10 December at 12pm." in text(client.get("/home"))
    session_id = care.sessions(therapist, sam)[0].id
    assert client.post(f"/form/{session_id}/amend").location == f"/form/{session_id}/check"
    assert "Carry on with the change" in text(client.get("/home"))
    portal.move_to(care.at(12, 10, 14, 1))
    assert "You can change an answer" not in text(client.get("/home"))


def test_home_offers_to_say_what_to_talk_about_before_after_and_without_a_form(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    session_id = care.sessions(therapist, sam)[0].id
    assert "What I want to talk about Nothing yet Only if you want to." in text(client.get("/home"))
    seen = hidden(client.get(f"/form/{session_id}/talk"))
    client.post(f"/form/{session_id}/talk", data={**seen, "words": "How I sleep."})
    assert "What I want to talk about Saved You can change it until your session starts." in text(
        client.get("/home")
    )
    client.post("/choices", data={"scope": "digital_forms", "decision": "withdrawn"})
    portal.move_to(care.at(12, 7, 9))
    assert "What I want to talk about Saved" in text(client.get("/home"))


@pytest.mark.hazard("H10")
def test_the_student_and_the_therapist_see_the_same_places(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    """A session that lost its date between two others is on neither line; those to come are on both."""
    send(therapist, sam, portal, 1)
    second = care.sessions(therapist, sam)[SECOND]
    service.cancel(
        session_id=second.id, by_student=True, seen_version=second.version, by=therapist, at=clock.now()
    )
    send(therapist, sam, portal, 3)
    facts, viewer = care.sessions(therapist, sam), care.as_student(therapist.service_id, second.person_id)
    mine = drawn(queries.own_line(viewer, second.person_id))
    theirs = chart.line(staff_line.points(facts, measured.scores_for_episode(therapist, sam)[::-1], {}))
    assert mine
    assert [point.label for point in mine.points] == ["1", "3", "4", "5", "6"]
    assert [point.label for point in theirs.points] == ["1", "3", "4", "5", "6"]
    assert mine.segments == theirs.segments != ()


@pytest.mark.hazard("H07")
def test_whether_it_was_read_is_told_also_without_the_permission_or_a_date(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    form = send(therapist, sam, portal, 1)
    first = care.sessions(therapist, sam)[0]
    student = care.as_student(therapist.service_id, first.person_id)
    client.post("/choices", data={"scope": Scope.DIGITAL_FORMS, "decision": Decision.WITHDRAWN})
    page = text(client.get("/home"))
    assert "What you sent for session 1 Your form has not been read yet." in page
    assert "Change an answer" not in page
    measures.record_readings(response_ids=[form], by=therapist, at=clock.now())
    service.cancel(
        session_id=first.id, by_student=True, seen_version=first.version, by=therapist, at=clock.now()
    )
    assert "Read by Ruth, Thursday 10 December at" in text(client.get("/home"))
    service.leave(person_id=first.person_id, by=student, at=clock.now())
    assert "What you sent" not in text(client.get("/home"))


@pytest.mark.hazard("H07")
def test_home_promises_no_reading_of_what_was_entered_or_once_they_have_met(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    send(therapist, sam, portal, 1)
    portal.move_to(care.at(12, 11, 9))
    page = text(client.get("/home"))
    assert "Your form has not been read yet. You can ask about it when you meet, or phone us." in page
    second = care.sessions(therapist, sam)[SECOND]
    portal.move_to(care.at(12, 17, 16))
    client.post("/choices", data={"scope": Scope.DIGITAL_FORMS, "decision": Decision.WITHDRAWN})
    measures.enter(
        session_id=second.id,
        mode=ResponseMode.PAPER,
        filled_on=clock.today(),
        answers=[1] * 10,
        by=therapist,
        at=clock.now(),
    )
    assert "What you sent for session 2" not in text(client.get("/home"))
