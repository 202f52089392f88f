"""The therapist's pages ask the database as often for many students and sessions as for one."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.access import queries as access
from student_portal.access.queries import Viewer
from student_portal.alerts import service as alerts
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.measures import queries as measures
from student_portal.measures import service as forms
from student_portal.measures.queries import DeclineReason
from tests.support import care
from tests.support.care import at
from tests.support.counted import BEGIN, counted

UPSET = [1] * 34  # a CORE-34 with every safety item above "not at all"


def asks(client: FlaskClient, page: str) -> int:
    client.get(page)  # whatever a first reading writes
    with counted() as said:
        assert client.get(page).status_code == 200
    return len(said)


def comes_today(therapist: Viewer, number: int) -> str:
    """A student with a session today, at an hour of their own; gives the session."""
    return comes(therapist, number, at(12, 2, 9 + number))


def comes(therapist: Viewer, number: int, starts_at: datetime) -> str:
    episode_id = care.in_therapy(therapist, f"Student {number}")
    slots = care.weekly(therapist, episode_id, starts_at, numbers=1)
    service.book(bookings=slots, by=therapist, at=clock.now())
    return care.sessions(therapist, episode_id)[0].id


def test_today_and_the_list_ask_as_often_for_five_students_as_for_two(
    client: FlaskClient, therapist: Viewer, portal: FrozenClock
) -> None:
    pages = ("/staff/caseload", "/staff/caseload/students")
    portal.move_to(at(12, 2, 8))
    for number in (0, 1):
        care.send_form(comes_today(therapist, number))
    before = {page: asks(client, page) for page in pages}
    for number in (2, 3, 4):
        comes_today(therapist, number)
    assert {page: asks(client, page) for page in pages} == before


def test_a_students_page_asks_as_often_for_six_forms_as_for_two(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    page, counts = f"/staff/caseload/{person_id}", []
    for facts in care.sessions(therapist, episode_id):
        assert facts.starts_at
        portal.move_to(facts.starts_at - timedelta(hours=2))
        care.send_form(facts.id)
        counts.append(asks(client, page))
    assert len(set(counts[1:])) == 1, counts


def test_a_students_page_asks_no_more_than_it_did_and_begins_no_third_transaction(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    """One transaction settles who is there and what stands around the page, one reads and records it."""
    first = care.sessions(therapist, episode_id)[0]
    assert first.starts_at
    portal.move_to(first.starts_at - timedelta(hours=2))
    care.send_form(first.id)
    page = f"/staff/caseload/{person_id}"
    client.get(page)  # whatever a first reading writes
    with counted() as said:
        assert client.get(page).status_code == 200
    assert said.count(BEGIN) == 2, said
    assert len(said) - 2 <= 24, "\n".join(said)


def test_an_alert_costs_no_statement_of_its_own(
    client: FlaskClient, therapist: Viewer, portal: FrozenClock
) -> None:
    """The first brings what alerts need at all; a second and a third, on another student too, bring none."""
    portal.move_to(at(12, 2, 8))
    first, second = comes_today(therapist, 0), comes_today(therapist, 1)
    episode_id = care.in_therapy(therapist, "Student 2")
    service.book(bookings=care.weekly(therapist, episode_id, at(12, 2, 13)), by=therapist, at=clock.now())
    weekly = care.sessions(therapist, episode_id)
    pages = ("/staff/caseload", f"/staff/caseload/{weekly[0].person_id}")
    care.send_form(weekly[0].id, *UPSET)
    counts = [[asks(client, page) for page in pages]]
    for session_id in (first, second):
        care.send_form(session_id, *UPSET)
        counts.append([asks(client, page) for page in pages])
    assert weekly[1].starts_at
    portal.move_to(weekly[1].starts_at - timedelta(hours=2))
    care.send_form(
        comes(therapist, 3, weekly[1].starts_at + timedelta(hours=1))
    )  # so that one was sent today
    before = [asks(client, page) for page in pages]
    care.send_form(weekly[1].id, *[1] * 10)
    after = [asks(client, page) for page in pages]
    assert counts[0] == counts[1] == counts[2]
    assert after == before, (before, after)
    assert client.get(pages[1]).text.count("I have read this") == 2


def test_a_wish_to_talk_costs_no_statement_of_its_own(
    client: FlaskClient, therapist: Viewer, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 8))
    people = [episodes.session(comes_today(therapist, number)).person_id for number in range(3)]
    counts = []
    for person_id in people:
        student = care.as_student(therapist.service_id, person_id)
        alerts.ask_to_talk(by=student, at=clock.now())
        counts.append(asks(client, "/staff/caseload"))
    assert len(set(counts)) == 1, counts


def test_what_one_reading_learns_of_sight_stays_with_its_viewer_and_student(
    therapist: Viewer, person_id: str
) -> None:
    colleague = care.therapist(therapist.service_id, "J. Lindqvist")
    theirs = care.sessions(colleague, care.in_therapy(colleague, "Student 2"))[0].person_id
    with db.write(), db.only_reading():
        for _ in range(2):
            access.require_sight(therapist, person_id)
            access.require_sight(colleague, theirs)
            for viewer, other in ((therapist, theirs), (colleague, person_id)):
                with pytest.raises(NotFound):
                    access.require_sight(viewer, other)


def test_a_course_that_was_read_for_one_therapist_is_not_read_for_another(
    therapist: Viewer, episode_id: str, portal: FrozenClock
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    assert first.starts_at
    portal.move_to(first.starts_at - timedelta(hours=2))
    care.send_form(first.id)
    colleague = care.therapist(therapist.service_id, "J. Lindqvist")
    course = episodes.episode(therapist, episode_id)
    with db.write(), db.only_reading():
        sent = [form.response_id for form in measures.scores_in(therapist, course)]
        assert list(measures.responses_in(therapist, course, sent)) == sent != []
        with pytest.raises(NotFound):
            measures.scores_in(colleague, course)
        with pytest.raises(NotFound):
            measures.responses_in(colleague, course, sent)


MOVES = st.lists(st.sampled_from(["answer", "skip", "send", "decline", "change", "day", "week"]), max_size=12)


@given(moves=MOVES)
@pytest.mark.usefixtures("therapist")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_forms_stand_where_each_stands_alone(
    service_id: str, portal: FrozenClock, moves: list[str]
) -> None:
    """Whatever a student does in whatever order, reading many at once says what reading one says."""
    portal.move_to(at(11, 30, 10))
    own = care.therapist(service_id)
    episode_id = care.in_therapy(own)
    service.book(bookings=care.weekly(own, episode_id, at(12, 2)), by=own, at=clock.now())
    student = care.as_student(service_id, care.sessions(own, episode_id)[0].person_id)
    for move in moves:
        go(move, own, student, episode_id, portal)
    whole = episodes.episode(own, episode_id)
    alone = {facts.id: measures.form_state(facts.id, at=clock.now()) for facts in whole.sessions}
    assert measures.form_states(whole.sessions, of=[whole], at=clock.now()) == alone


def go(move: str, therapist: Viewer, student: Viewer, episode_id: str, portal: FrozenClock) -> None:
    now = clock.now()
    since = now - timedelta(days=3)
    dated = [facts for facts in care.sessions(therapist, episode_id) if facts.starts_at]
    key = next(facts.id for facts in dated if facts.starts_at and facts.starts_at > since)
    if move in ("day", "week"):
        portal.move_to(now + timedelta(days=1 if move == "day" else 5))
        return
    try:
        match move:
            case "answer" | "skip":
                position = 1 if move == "answer" else None
                forms.save_answer(
                    session_id=key, item=1, position=position, proof_id=None, by=student, at=now
                )
            case "send":
                care.send_form(key)
            case "decline":
                forms.decline(session_id=key, reason=DeclineReason.TALK, by=student, at=now)
            case "change":
                forms.begin_change(session_id=key, by=student, at=now)
    except (Conflict, NotFound, Refused):
        return  # not open, sent already, or nothing to change: it stands as it stood
