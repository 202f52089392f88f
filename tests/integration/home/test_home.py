"""What a student sees after signing in, in every state there is."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, update

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes import service
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries as measured
from student_portal.measures import service as measures
from student_portal.referral.models import Referral, ReferralState
from tests.support import care
from tests.support.asking import text


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    service.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id)


@pytest.fixture
def sam(therapist: Viewer, client: FlaskClient) -> str:
    """The episode of a student who is signed in in this browser."""
    episode_id = care.in_therapy(therapist)
    care.on_phone(client, therapist.service_id, care.sessions(therapist, episode_id)[0].person_id)
    return episode_id


def book(therapist: Viewer, episode_id: str) -> None:
    slots = care.weekly(therapist, episode_id, care.at(12, 10))
    service.book(bookings=slots, by=therapist, at=clock.now())


def test_while_the_request_waits_home_says_when_they_will_hear(
    client: FlaskClient, therapist: Viewer
) -> None:
    referral_id = care.asked(therapist.service_id)
    with db.read() as session:
        row = session.get_one(Referral, referral_id)
    care.on_phone(client, therapist.service_id, row.person_id)
    page = text(client.get("/home"))
    assert "Hello, Sam Ashby" in page
    assert "You will hear from us by Monday 14 December" in page

    with db.write() as session:
        session.exec(
            update(Referral).where(col(Referral.id) == referral_id).values(state=ReferralState.SIGNPOSTED)
        )
    assert "We agreed on another way with you" in text(client.get("/home"))


def test_before_dates_are_found_home_says_where_they_will_stand(client: FlaskClient, sam: str) -> None:
    assert "No date yet" in text(client.get("/home"))
    assert "Session 1" in text(client.get("/dates"))


@pytest.mark.hazard("H07")
def test_the_next_date_its_form_and_who_reads_it(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    book(therapist, sam)
    page = text(client.get("/home"))
    assert "Next: session 1 of 6" in page
    assert "Thursday 10 December" in page
    assert "2pm to 2:50pm, on campus" in page
    assert "It opens on Monday 7 December at 8am" in page

    portal.move_to(care.at(12, 7, 8))
    page = text(client.get("/home"))
    assert "34 questions, about 8 minutes" in page
    assert "Not started" in page
    assert "If you press it now: R. Okafor reads this today from 9am." in page
    assert "Nobody reads outside working hours." in page

    care.send_form(care.sessions(therapist, sam)[0].id)
    page = text(client.get("/home"))
    assert "Sent" in page
    assert "Not started" not in page
    assert "If you press it now" not in page


@pytest.mark.parametrize("is_measured", [True, False])
def test_a_form_of_one_minute_is_said_so(
    client: FlaskClient,
    therapist: Viewer,
    sam: str,
    portal: FrozenClock,
    is_measured: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book(therapist, sam)
    portal.move_to(care.at(12, 7, 8))
    monkeypatch.setattr(measured, "pace", lambda _form: measured.Pace(1, is_measured=is_measured))
    assert "about 1 minute." in text(client.get("/home"))


@pytest.mark.hazard("H07")
def test_home_promises_no_reading_that_may_not_happen(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    book(therapist, sam)
    portal.move_to(care.at(12, 10, 13, 30))
    assert "There may be no time to read this before then" in text(client.get("/home"))
    first = care.sessions(therapist, sam)[0]
    student = care.as_student(therapist.service_id, first.person_id)
    measures.decline(session_id=first.id, by=student, at=clock.now())
    page = text(client.get("/home"))
    assert "Not this time" in page
    assert "If you press it now" not in page


def test_all_dates_with_place_and_how_to_move_one(client: FlaskClient, therapist: Viewer, sam: str) -> None:
    book(therapist, sam)
    page = text(client.get("/dates"))
    assert "Session 1 Planned Thursday 10 December, 2pm to 2:50pm, on campus Room 2.14" in page
    assert "Session 6 Planned Thursday 28 January" in page
    assert "0151 496 0000" in page


def test_who_does_not_fill_in_forms_here_is_told_that_the_therapist_does_them(
    client: FlaskClient, therapist: Viewer, sam: str, portal: FrozenClock
) -> None:
    book(therapist, sam)
    client.post("/choices", data={"scope": Scope.DIGITAL_FORMS, "decision": "withdrawn"})
    portal.move_to(care.at(12, 7, 8))
    page = text(client.get("/home"))
    assert "Your therapist does them with you" in page
    assert "34 questions" not in page


def test_after_stopping_home_offers_to_ask_again(client: FlaskClient, therapist: Viewer, sam: str) -> None:
    book(therapist, sam)
    client.post("/dates/leave")
    page = text(client.get("/home"))
    assert "You have stopped" in page
    assert "Ask for support" in page


def test_the_last_session_over_home_says_so(client: FlaskClient, therapist: Viewer, sam: str) -> None:
    person_id = care.sessions(therapist, sam)[0].person_id
    service.complete(episode_id=sam, seen_version=1, by=therapist, at=clock.now())
    assert episodes.next_session(care.as_student(therapist.service_id, person_id), person_id) is None
    assert "Your sessions are over" in text(client.get("/home"))


@pytest.mark.parametrize("page", ["/home", "/dates", "/choices", "/choices/changes", "/home/texts"])
def test_titles_tell_the_kind_of_page_and_nothing_else(
    client: FlaskClient, therapist: Viewer, sam: str, page: str
) -> None:
    book(therapist, sam)
    body = client.get(page).get_data(as_text=True)
    title = body.split("<title>")[1].split("</title>")[0]
    assert title.endswith(" - Student portal")
    assert not any(word in title for word in ("Sam", "ession", "COPE", "1"))
    assert body.count("<h1") == 1
