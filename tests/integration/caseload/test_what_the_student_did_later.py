"""What a therapist sees of a change and of a student's own words; and that the student hears of a reading."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import func, select

from student_portal.access.queries import Viewer
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries as measures
from student_portal.measures import service
from student_portal.measures.models import FormReading
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.care import at

HURT, SOMETIMES, OFTEN = 9, 2, 3


@pytest.fixture
def session(therapist: Viewer, episode_id: str) -> SessionFacts:
    return care.sessions(therapist, episode_id)[0]


@pytest.fixture
def student(therapist: Viewer, person_id: str) -> Viewer:
    return care.as_student(therapist.service_id, person_id)


def change(student: Viewer, session: SessionFacts, item: int, position: int | None) -> None:
    service.begin_change(session_id=session.id, by=student, at=clock.now())
    service.save_answer(
        session_id=session.id, item=item, position=position, proof_id=None, by=student, at=clock.now()
    )
    service.send(session_id=session.id, by=student, at=clock.now())


def rows() -> int:
    with db.read() as unit:
        return unit.exec(select(func.count()).select_from(FormReading)).one()


@pytest.mark.hazard("H12")
@pytest.mark.hazard("H22")
def test_both_the_answer_as_first_sent_and_as_changed_stand_on_both_pages(
    client: FlaskClient, therapist: Viewer, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(session.id, *([1] * 8), SOMETIMES)
    portal.move_to(at(12, 1, 11))
    change(student, session, HURT, 0)
    both = "“I have thought of hurting myself” Sometimes, then changed to: Not at all"
    today, page = (
        text(client.get("/staff/caseload")),
        text(client.get(f"/staff/caseload/{session.person_id}")),
    )
    assert both in today
    assert both in page
    for shown in (today, page):
        assert "Sam Ashby changed this on Tuesday 1 December at 11am." in shown
        assert "neither tells you that Sam Ashby is safe" in shown
    assert "Today’s" in today
    assert "Changed by the student Tuesday 1 December at 11am; both versions are kept." in page
    items = text(client.get(f"/staff/caseload/answers/{session.id}"))
    assert both in items
    assert "As it was sent Tuesday 1 December at 9am" in items
    assert page.count("All 34 answers: session 1") == 1
    assert "Safety items, session 1" not in page, "they stand in the alert"


@pytest.mark.parametrize("was_read", [True, False])
def test_only_what_was_read_before_it_changed_is_to_be_read_again(
    client: FlaskClient, session: SessionFacts, student: Viewer, portal: FrozenClock, was_read: bool
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(session.id, *([1] * 8), SOMETIMES)
    today = client.get("/staff/caseload")
    action = re.search(r'action="(/staff/alerts/\w+/read)"', today.text)
    assert action
    if was_read:
        client.post(action[1], data=hidden(today))
    change(student, session, HURT, OFTEN)
    page = text(client.get(f"/staff/caseload/{session.person_id}"))
    assert "Sam Ashby changed an answer, today at 9am." in page
    assert ("To be read again" in page) == was_read


@pytest.mark.hazard("H22")
def test_marking_as_read_what_has_changed_meanwhile_leads_back_to_the_words_as_they_are(
    client: FlaskClient, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(session.id, *([1] * 8), SOMETIMES)
    today = client.get("/staff/caseload")
    action = re.search(r'action="(/staff/alerts/\w+/read)"', today.text)
    assert action
    did = action[1].replace("/read", "/did")
    seen = hidden(client.get(did))
    change(student, session, HURT, OFTEN)
    back = client.post(action[1], data=hidden(today), follow_redirects=True)
    assert "changed an answer after you opened the page, so nothing was marked as read" in text(back)
    assert "Not read yet" in text(back)
    refused = client.post(did, data={**seen, "note": "Rang Sam."})
    assert (refused.status_code, "Rang Sam." in refused.text) == (409, True)
    assert "Sometimes, then changed to: Often" in text(refused)
    assert client.post(did, data={**hidden(refused), "note": "Rang Sam."}).status_code == 303
    assert "Rang Sam." in text(client.get(f"/staff/caseload/{session.person_id}"))


def test_opening_the_page_is_the_reading_the_student_hears_of_and_only_the_first_is_written(
    client: FlaskClient, therapist: Viewer, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(session.id)
    client.get("/staff/caseload")
    assert rows() == 0, "the list shows where a form stands, not what it says"
    portal.move_to(at(12, 1, 9, 40))
    client.get(f"/staff/caseload/{session.person_id}")
    portal.move_to(at(12, 1, 12))
    client.get(f"/staff/caseload/{session.person_id}")
    assert rows() == 1
    after = measures.after_send(student, session.id, at=clock.now())
    assert after
    assert [reading.at for reading in after.read] == [at(12, 1, 9, 40)]
    change(student, session, 1, OFTEN)
    changed = measures.after_send(student, session.id, at=clock.now())
    assert changed
    assert (changed.read, [reading.at for reading in changed.read_before]) == ((), [at(12, 1, 9, 40)])
    client.get(f"/staff/caseload/{session.person_id}")
    assert rows() == 2


def test_what_they_want_to_talk_about_stands_in_their_words_on_both_pages(
    client: FlaskClient, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    words = "How I sleep.\n<b>And</b> my exam."
    service.save_talking_point(session_id=session.id, words=words, seen_version=0, by=student, at=clock.now())
    portal.move_to(at(12, 2, 9))
    for path in ("/staff/caseload", f"/staff/caseload/{session.person_id}"):
        page = client.get(path)
        assert "“How I sleep.\n&lt;b&gt;And&lt;/b&gt; my exam.”" in page.text
    service.take_back_talking_point(session_id=session.id, seen_version=1, by=student, at=clock.now())
    assert "How I sleep." not in client.get("/staff/caseload").text


def test_a_form_answered_in_two_sittings_says_so(
    client: FlaskClient, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    for item, proof in ((1, "a"), (2, "b")):
        service.save_answer(
            session_id=session.id, item=item, position=1, proof_id=proof, by=student, at=clock.now()
        )
    service.send(session_id=session.id, by=student, at=clock.now())
    page = text(client.get(f"/staff/caseload/{session.person_id}"))
    assert "In 2 sittings, on one device or several." in page
