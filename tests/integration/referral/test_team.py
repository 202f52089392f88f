"""The team's side: the board of requests that wait, one request, and what a person decides."""

import re
from datetime import date, time

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Role, Viewer
from student_portal.audit.models import AuditEvent
from student_portal.duty.models import Task
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound
from student_portal.referral import queries, service
from student_portal.referral.models import Referral, ReferralEvent, ReferralState
from student_portal.signposting.queries import PageKey
from tests.support import care
from tests.support.asking import Asking, list_a_university, sent, text
from tests.support.staff import signed_in

BANNED = re.compile(r"\b(risk|severe|moderate|mild|priority|urgent|triage level|flagged)\b", re.IGNORECASE)


@pytest.fixture
def university(service_id: str) -> str:
    return list_a_university()


@pytest.fixture
def team(client: FlaskClient, service_id: str) -> FlaskClient:
    """A browser in which a therapist is signed in."""
    return signed_in(client, Role.THERAPIST)


def verbs() -> list[str]:
    with db.read() as session:
        return [row.verb for row in session.exec(select(AuditEvent))]


def on(day: date, portal: FrozenClock) -> None:
    portal.move_to(clock.in_london(day, time(10)))


@pytest.mark.hazard("H11")
def test_the_board_is_in_the_order_of_the_promises_whatever_anybody_answered(
    university: str, therapist: Viewer, portal: FrozenClock
) -> None:
    on(date(2026, 12, 1), portal)
    second = sent(university, name="Bo")
    on(date(2026, 11, 30), portal)
    first = sent(university, name="Cy", unreal="yes")
    third = sent(university, name="Al", harm="no")
    waiting = queries.board(therapist, at=clock.now())
    assert [request.id for request in waiting] == [first, third, second]


@pytest.mark.hazard("H18")
def test_the_board_says_how_long_is_left_in_working_days(
    university: str, team: FlaskClient, portal: FrozenClock
) -> None:
    sent(university)
    assert "Due in 10 working days" in text(team.get("/staff/referral"))
    on(date(2026, 12, 14), portal)
    assert "Due today" in text(team.get("/staff/referral"))
    on(date(2026, 12, 15), portal)
    page = text(team.get("/staff/referral"))
    assert "Past the date we promised: 1" in page
    assert "1 working day late" in page


@pytest.mark.hazard("H11")
def test_a_request_is_shown_in_the_students_words_and_judged_by_nobody(
    university: str, team: FlaskClient
) -> None:
    found = sent(
        university, waiting="yes", waiting_words="the university, five months", safe_words="after 4pm"
    )
    page = team.get(f"/staff/referral/{found}")
    words = text(page)
    assert "Yes: the university, five months" in words
    assert "On another waiting list: call, the wait may be long" in words
    assert "A suggestion, not a decision" in words
    assert "Yes, but only at some times: after 4pm" in words
    assert BANNED.search(words) is None
    assert verbs().count("referral.open") == 1


def test_a_plain_request_is_ready_to_be_offered_a_session(university: str, team: FlaskClient) -> None:
    sent(university)
    assert "Ready to offer a first session" in text(team.get("/staff/referral"))
    assert "referral.board" in verbs()


def test_an_unsent_request_is_nowhere_on_the_staffs_side(asking: Asking, team: FlaskClient) -> None:
    asking.answer_all()
    assert "Nobody is waiting for an answer." in text(team.get("/staff/referral"))


def test_a_therapist_takes_one_and_the_board_says_so(university: str, team: FlaskClient) -> None:
    found = sent(university)
    assert team.post(f"/staff/referral/{found}/take").status_code == 303
    board = team.get("/staff/referral")
    assert "With you Read and decide" in text(board)
    assert f'href="/staff/referral/{found}">Read and decide' in board.text


@pytest.mark.hazard("H18")
def test_another_route_needs_a_reason_and_ends_the_wait(university: str, team: FlaskClient) -> None:
    found = sent(university)
    address = f"/staff/referral/{found}/signpost"
    page = team.post(address, data={"version": "1", "reason": "  "})
    assert page.status_code == 400
    assert text(page).count("Write which route you agreed, and why") == 2
    assert text(page).count("Choose what the student reads") == 2
    decided = {"version": "1", "page": "waiting", "reason": "Wellbeing team, agreed by phone"}
    assert team.post(address, data=decided).status_code == 303
    assert "Nobody is waiting" in text(team.get("/staff/referral"))
    assert team.get(f"/staff/referral/{found}").status_code == 404, "nobody's care, nobody's record"
    with db.read() as session:
        assert session.exec(select(Task)).one().done_at is not None
        assert session.exec(select(ReferralEvent.state)).all() == ["submitted", "signposted"]


def test_who_decides_second_loses_nothing_they_wrote(
    university: str, team: FlaskClient, therapist: Viewer
) -> None:
    found = sent(university)
    service.accept(referral_id=found, seen_version=1, by=therapist, at=clock.now())
    person_id = queries.one(therapist, found, at=clock.now()).person_id
    access.end_care(person_id=person_id, kind=access.CareKind.TRIAGE, by=therapist, at=clock.now())
    page = team.post(
        f"/staff/referral/{found}/signpost", data={"version": "1", "page": "waiting", "reason": "My own plan"}
    )
    assert page.status_code == 409
    assert "Somebody else decided about this request first" in text(page)
    assert "My own plan" in text(page)


def test_a_request_is_decided_once(university: str, therapist: Viewer) -> None:
    found = sent(university)
    service.accept(referral_id=found, seen_version=1, by=therapist, at=clock.now())
    with pytest.raises(Conflict):
        service.signpost(
            referral_id=found,
            page=PageKey.ANOTHER,
            reason="no",
            seen_version=1,
            by=therapist,
            at=clock.now(),
        )
    with pytest.raises(Conflict):
        service.accept(referral_id=found, seen_version=2, by=therapist, at=clock.now())
    with db.read() as session:
        assert session.get_one(Referral, found).state == ReferralState.ACCEPTED


@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.LIAISON, Role.ANYONE])
def test_nobody_but_the_therapists_opens_a_request(university: str, therapist: Viewer, role: Role) -> None:
    found = sent(university)
    stranger = Viewer(therapist.service_id, None, role)
    assert queries.board(stranger, at=clock.now()) == []
    with pytest.raises(NotFound):
        queries.one(stranger, found, at=clock.now())
    with pytest.raises(NotFound):
        service.accept(referral_id=found, seen_version=1, by=stranger, at=clock.now())
    with pytest.raises(NotFound):
        service.take(referral_id=found, by=stranger, at=clock.now())


def test_a_student_sees_where_their_own_request_stands(university: str, therapist: Viewer) -> None:
    found = sent(university)
    person_id = queries.one(therapist, found, at=clock.now()).person_id
    mine = queries.latest(care.as_student(therapist.service_id, person_id), person_id)
    assert mine == queries.Mine(found, ReferralState.SUBMITTED, date(2026, 12, 14))
    other = care.as_student(therapist.service_id, care.person(therapist.service_id, "Other"))
    with pytest.raises(NotFound):
        queries.latest(other, person_id)
