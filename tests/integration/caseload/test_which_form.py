"""A therapist can tell which form they read: whose turn it was, how old it is, what stood there before."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.caseload import queries
from student_portal.caseload.views.words import from_another
from student_portal.episodes import service
from student_portal.episodes.queries import Mode, SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service as measures
from student_portal.measures.models import ResponseMode
from tests.support import care
from tests.support.asking import text
from tests.support.care import at
from tests.support.paper import printed, words

HURT, NOT_AT_ALL, OFTEN = 9, 0, 3
QUESTION = "I have thought of hurting myself"
CHANGED = "Often, then changed to: Not at all"


@pytest.fixture
def record(person_id: str) -> str:
    return f"/staff/caseload/{person_id}"


@pytest.fixture
def first(therapist: Viewer, episode_id: str) -> SessionFacts:
    return care.sessions(therapist, episode_id)[0]


def change(first: SessionFacts, therapist: Viewer, item: int, position: int | None) -> None:
    student = care.as_student(therapist.service_id, first.person_id)
    measures.begin_change(session_id=first.id, by=student, at=clock.now())
    measures.save_answer(
        session_id=first.id, item=item, position=position, proof_id=None, by=student, at=clock.now()
    )
    measures.send(session_id=first.id, by=student, at=clock.now())


def a_week_later(therapist: Viewer, episode_id: str) -> None:
    """The first four sessions move, the first by eight days, so that its form is stale."""
    dated = zip(care.sessions(therapist, episode_id), (10, 17, 22, 29), strict=False)
    for facts, day in reversed(list(dated)):
        there = Slot(facts.id, at(12, day), 50, Mode.CAMPUS, "Room 2.14")
        service.move(slot=there, seen_version=facts.version, by=therapist, at=clock.now())


def sent_twice(therapist: Viewer, episode_id: str, portal: FrozenClock) -> None:
    """The form of session 1 on 2 December and, after the session moved, again on 10 December."""
    first = care.sessions(therapist, episode_id)[0]
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    a_week_later(therapist, episode_id)
    portal.move_to(at(12, 10, 9))
    care.send_form(first.id, *[1] * 8, OFTEN)


@pytest.mark.hazard("H12")
def test_a_changed_safety_answer_is_read_with_what_stood_there_on_the_page_the_copy_and_the_paper(
    client: FlaskClient, therapist: Viewer, first: SessionFacts, record: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(first.id, *[1] * 8, OFTEN)
    portal.move_to(at(12, 1, 10))
    change(first, therapist, 1, OFTEN)
    change(first, therapist, HURT, NOT_AT_ALL)
    page = text(client.get(f"{record}/forms")).partition("Safety answers over time")[2]
    copied = client.post(f"/staff/caseload/copy/{first.id}", headers={"Accept": "text/plain"}).text
    paper = words(printed(client, f"{record}/report"))
    assert f"{QUESTION} 1 1 Dec {CHANGED}" in page
    assert f"  {HURT}. {QUESTION}: {CHANGED}\n" in copied
    assert f"{HURT} {QUESTION} {CHANGED}" in paper
    for said in (page, copied, paper):
        assert said.count("then changed to:") == 1, "the other safety answers stand as they were chosen"


@pytest.mark.hazard("H12")
def test_an_answer_left_blank_first_or_changed_twice_is_read_whole(
    client: FlaskClient, therapist: Viewer, first: SessionFacts, record: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 1, 9))
    care.send_form(first.id, *[1] * 5, NOT_AT_ALL, 1, 1, None)
    change(first, therapist, HURT, NOT_AT_ALL)
    quiet = text(client.get(record))
    assert "Safety items, session 1" in quiet
    assert f"“{QUESTION}” Not answered, then changed to: Not at all" in quiet, "no alert was ever made of it"
    change(first, therapist, HURT, OFTEN)
    whole = "Not answered, then changed to: Not at all, then changed to: Often"
    copied = client.post(f"/staff/caseload/copy/{first.id}", headers={"Accept": "text/plain"}).text
    for said in (
        text(client.get(f"{record}/forms")),
        copied,
        words(printed(client, f"{record}/report")),
    ):
        assert whole in said


@pytest.mark.hazard("H10")
@pytest.mark.hazard("H12")
def test_of_two_filling_ins_each_row_says_which_it_is_and_that_the_session_moved(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sent_twice(therapist, episode_id, portal)
    shown = text(client.get(f"{record}/forms"))
    assert (
        f"{QUESTION} 1, first time, session moved since 2 Dec Not at all 1, filled in again 10 Dec Often"
    ) in shown


@pytest.mark.hazard("H12")
def test_a_row_says_that_a_form_came_in_on_paper(
    client: FlaskClient, therapist: Viewer, first: SessionFacts, record: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    on_paper(first, therapist)
    assert f"{QUESTION} 1, on paper 1 Dec Only occasionally" in text(client.get(f"{record}/forms"))


def on_paper(facts: SessionFacts, therapist: Viewer) -> None:
    """A form filled in yesterday, with the second answer for every question."""
    measures.enter(
        session_id=facts.id,
        mode=ResponseMode.PAPER,
        filled_on=clock.today() - timedelta(days=1),
        answers=[1] * 34,
        by=therapist,
        at=clock.now(),
    )


@pytest.mark.hazard("H10")
def test_beside_the_line_a_form_from_before_the_session_moved_says_so_over_its_scores(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    alone = "Session 1, 2 Dec"
    assert re.search(rf"Scale {alone} All items", text(client.get(record))), "it is the only one, and counts"
    a_week_later(therapist, episode_id)
    stale = f"{alone}, session moved since"
    assert f"CORE-34, scale by scale Scale {stale} All items" in text(client.get(record))
    assert f"Scale, 0 to 40 {stale} " in words(printed(client, f"{record}/report"))


@pytest.mark.hazard("H10")
def test_beside_the_line_two_filling_ins_of_one_session_stand_apart(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sent_twice(therapist, episode_id, portal)
    heads = "Session 1, 2 Dec, first time, session moved since Session 1, 10 Dec, filled in again"
    assert f"Scale {heads} All items" in text(client.get(record))
    assert f"Scale, 0 to 40 {heads} " in words(printed(client, f"{record}/report"))


NO_YET = "From session 1. Nothing sent for session 2 yet."


def latest_form(page: str) -> str:
    """What stands beside the line of the form sent last."""
    return page.partition("Latest form sent")[2].partition("All 34 answers")[0]


@pytest.mark.hazard("H10")
def test_the_head_says_where_the_next_sessions_form_stands_as_today_does(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    student = care.as_student(therapist.service_id, first.person_id)
    portal.move_to(at(12, 2, 9))
    assert "Form for session 1: Not started." in text(client.get(record))
    measures.save_answer(session_id=first.id, item=1, position=1, proof_id=None, by=student, at=clock.now())
    started = "Form for session 1: Started, 1 of 34. Not sent, so answers are hidden."
    assert started in text(client.get(record))
    care.send_form(first.id)
    shown = text(client.get(record))
    assert "Form sent. Today at 9am, 34 of 34 answered." in shown
    assert "From session" not in shown, "it is the form for this session"
    portal.move_to(at(12, 4, 9))
    shown = text(client.get(record))
    assert "Form for session 2: Not open yet. Opens Sunday 6 December at 8am." in shown


@pytest.mark.hazard("H10")
def test_where_the_next_sessions_form_is_not_there_the_one_before_is_named_and_never_stands_in_for_it(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    second = care.sessions(therapist, episode_id)[1]
    portal.move_to(at(12, 9, 9))
    shown = text(client.get(record))
    assert f"Safety items, session 1 {NO_YET}" in shown
    assert f"Latest form sent {NO_YET} Form CORE-34, session 1" in shown
    student = care.as_student(therapist.service_id, first.person_id)
    measures.decline(session_id=second.id, reason=None, by=student, at=clock.now())
    shown = text(client.get(record))
    assert "Form for session 2: Chose not to fill it in this time. No reason given." in shown
    assert "Latest form sent From session 1. Nothing was sent for session 2." in shown


def test_a_session_that_has_no_form_is_not_said_to_lack_one(
    therapist: Viewer, episode_id: str, first: SessionFacts, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    portal.move_to(at(12, 9, 9))
    page = queries.student(therapist, first.person_id, at=clock.now())
    assert page.coming
    without = {**page.rows, page.coming.facts.id: replace(page.coming, form=None)}
    said = from_another(replace(page, rows=without))
    assert said == "From session 1. Session 2 has no form."


@pytest.mark.hazard("H10")
def test_an_older_sessions_form_filled_in_last_is_not_said_to_be_the_only_one(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    portal.move_to(at(12, 6, 9))
    care.send_form(care.sessions(therapist, episode_id)[1].id)
    portal.move_to(at(12, 7, 9))
    on_paper(first, therapist)
    shown = text(client.get(record))
    assert "Latest form sent From session 1. One was sent for session 2 too." in shown


@pytest.mark.hazard("H10")
def test_the_latest_form_says_what_the_tab_says_of_it_and_nothing_twice(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    sent_twice(therapist, episode_id, portal)
    change(first, therapist, HURT, NOT_AT_ALL)
    portal.move_to(at(12, 12, 9))
    told = (
        "Filled in Thursday 10 December, 2 days ago. Edition 1. Filled in again after the session moved. "
        "Changed by the student Thursday 10 December at 9am; both versions are kept."
    )
    block = latest_form(text(client.get(record)))
    assert told in block
    assert told in text(client.get(f"{record}/forms"))
    assert "Form CORE-34, session 1 Answered 34 of 34" in block
    assert block.count("Thursday 10 December at 9am") == block.count("Changed") == 1


@pytest.mark.hazard("H10")
def test_the_latest_form_says_that_it_came_late_and_on_paper(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    portal.move_to(at(12, 4, 9))
    on_paper(first, therapist)
    block = latest_form(text(client.get(record)))
    assert "Filled in after the day of the session." in block
    assert "On paper, filled in Thursday 3 December. Entered Friday 4 December at 9am by R. Okafor." in block


@pytest.mark.hazard("H10")
def test_the_latest_form_says_that_its_session_moved_since(
    client: FlaskClient, therapist: Viewer, episode_id: str, first: SessionFacts, record: str,
    portal: FrozenClock,
) -> None:  # fmt: skip
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    a_week_later(therapist, episode_id)
    shown = text(client.get(record))
    assert "Form for session 1: Sent before the date moved. Today at 9am, 34 of 34 answered." in shown
    assert "The session has moved a week or more since, so it is not on the line." in latest_form(shown)
