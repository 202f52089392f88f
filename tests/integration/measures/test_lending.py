"""A therapist lends their device: it shows one form, and nothing else until their own six digits."""

import re
from collections import defaultdict

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Role, Viewer
from student_portal.accounts.models import BrowserSession, StaffAccount
from student_portal.audit.queries import machine
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db, passwords
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries
from student_portal.measures.models import ResponseMode
from tests.integration.measures import story
from tests.integration.measures.conftest import FIRST_SESSION
from tests.integration.measures.hand import Phone, words
from tests.integration.measures.story import NOT_AT_ALL, OFTEN
from tests.support import care
from tests.support.routes import address

UNLOCK = "/staff/accounts/unlock"
GIVE_BACK = "Please give this device back"


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    """Signed in on the one device of these stories."""
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client)


@pytest.fixture
def lent(client: FlaskClient, session: SessionFacts, portal: FrozenClock) -> Phone:
    """The device in the student's hand."""
    assert client.post(f"/staff/measures/{session.id}/here").location == f"/form/{session.id}"
    return Phone(client, session, portal)


def digits(portal: FrozenClock) -> str:
    """What the therapist's authenticator shows now."""
    with db.read() as unit:
        return passwords.totp_now(unit.exec(select(StaffAccount)).one().totp)


def staff_sees(device: FlaskClient, session: SessionFacts) -> int:
    return device.get(f"/staff/caseload/{session.person_id}").status_code


@pytest.mark.hazard("H13")
def test_the_student_fills_it_in_and_gives_the_device_back(
    lent: Phone, therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    assert "A few questions before you meet" in lent.open()
    lent.post()
    for item in range(1, 35):
        lent.tap(item, NOT_AT_ALL)
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', lent.page.text)
    assert seen
    sending = lent.client.post(f"{lent.form}/send", data={"seen": seen[1]})
    assert sending.location == "/form/back", "the student is signed out by Send itself"
    sent = words(lent.client.get("/form/back"))
    assert sent.startswith(GIVE_BACK)
    assert "We have your answers. Thank you." in sent
    for path in ("", "/1", "/check", "/sent"):
        assert GIVE_BACK in lent.open(path), "Back shows nothing"
    unlocked = lent.client.post(UNLOCK, data={"code": digits(portal)}, follow_redirects=True)
    assert unlocked.request.path == f"/staff/caseload/{session.person_id}"
    assert "Form filled in here" in words(unlocked)
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.manner.mode is ResponseMode.HERE


@pytest.mark.hazard("H21")
def test_no_staff_page_opens_until_the_therapists_own_digits(
    app: Flask, lent: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    values = defaultdict(lambda: session.id, person_id=session.person_id)
    policies, tried = app.extensions["policies"], 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/staff") or "anyone" in policies[rule.endpoint]:
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            path = address(rule, values)
            answer = lent.client.open(path, method=method)
            if rule.endpoint != "accounts.unlock":
                assert answer.status_code == 303, path
                assert answer.location.partition("?")[0] == UNLOCK, path
                tried += 1
    assert tried > 30
    page = lent.client.get(UNLOCK).text
    assert "Sam Ashby" not in page
    assert "Okafor" not in page
    assert "My students" not in page


@pytest.mark.hazard("H21")
def test_the_digits_are_the_therapists_work_once_and_wrong_ones_end_in_signing_in(
    lent: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    right = digits(portal)
    for _ in range(4):
        wrong = lent.client.post(UNLOCK, data={"code": "000000"})
        assert wrong.status_code == 400
    assert lent.client.post(UNLOCK, data={"code": right}).status_code == 303
    assert staff_sees(lent.client, session) == 200
    lent.client.post(f"/staff/measures/{session.id}/here")
    assert lent.client.post(UNLOCK, data={"code": right}).status_code == 400, "used before"
    for _ in range(4):
        answer = lent.client.post(UNLOCK, data={"code": "000000"})
    assert answer.location == "/staff/accounts/sign-in"
    assert lent.client.get(UNLOCK).location.startswith("/staff/accounts/sign-in"), "signed out for good"
    portal.forward(minutes=1)
    too_late = lent.client.post(UNLOCK, data={"code": digits(portal)})
    assert too_late.location.startswith("/staff/accounts/sign-in")
    assert staff_sees(lent.client, session) == 303


@pytest.mark.hazard("H21")
def test_a_cookie_copied_from_the_lent_device_opens_nothing_afterwards(
    app: Flask, lent: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    kept = lent.client.get_cookie("staff")
    assert kept
    lent.client.post(UNLOCK, data={"code": digits(portal)})
    thief = app.test_client()
    thief.set_cookie("staff", kept.value)
    assert staff_sees(lent.client, session) == 200
    assert thief.get(f"/staff/caseload/{session.person_id}").location.startswith("/staff/accounts/sign-in")


@pytest.mark.hazard("H02")
def test_on_the_device_there_is_one_form_and_help_and_nothing_else(
    lent: Phone, sessions: tuple[SessionFacts, ...], therapist: Viewer
) -> None:
    assert lent.client.get(f"/form/{sessions[1].id}").status_code == 404
    for path in ("/", "/home", "/dates", "/choices", "/code", "/join", "/l/" + "a" * 26, "/home/texts"):
        assert lent.client.get(path).location == "/form/back", path
    assert lent.client.get("/form/back").location == lent.form, "and from there back to the form"
    for path in ("/help", "/who", "/privacy", "/accessibility"):
        assert lent.client.get(path).status_code == 200, path


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("way", ["stop", "decline", "exit", "left alone"])
def test_however_the_filling_in_ends_nothing_of_it_can_be_seen(
    lent: Phone, session: SessionFacts, portal: FrozenClock, way: str
) -> None:
    lent.post()
    lent.tap(1, OFTEN)
    if way == "decline":
        assert "Not this time. That is fine." in lent.post("/decline")
    elif way == "exit":
        lent.client.get("/exit")
    elif way == "left alone":
        portal.forward(minutes=15)
        assert "What you pressed last was not saved." in lent.post("/2", answer="1")
    else:
        assert "What you answered is kept for you" in lent.open("/stop")
    for path in ("", "/1", "/check"):
        assert GIVE_BACK in lent.open(path)
        assert "Often" not in lent.page.text
    locked = lent.client.get("/code/locked", follow_redirects=True)
    assert GIVE_BACK in words(locked), "no sign-in page that makes no sense here"
    assert story.stored(session) == {1: OFTEN}


@pytest.mark.hazard("H13")
def test_what_was_answered_on_the_phone_stays_hidden_and_the_form_is_filled_in_here_from_then_on(
    lent: Phone, student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 1, OFTEN, proof="another browser")
    assert story.forms(session)[0].mode is ResponseMode.OWN_DEVICE
    assert "It is not shown" in lent.open("/1")
    assert lent.chosen == []
    lent.tap(2, NOT_AT_ALL)
    assert story.forms(session)[0].mode is ResponseMode.HERE


def test_forms_on_the_phone_are_not_needed_but_the_service_is(
    client: FlaskClient, therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    def withdraw(scope: Scope) -> None:
        consent.record(
            person_id=session.person_id, scope=scope, decision=Decision.WITHDRAWN, by=student, at=clock.now()
        )

    withdraw(Scope.DIGITAL_FORMS)
    client.post(f"/staff/measures/{session.id}/here")
    lent = Phone(client, session, portal)
    lent.post()
    lent.tap(1, OFTEN)
    assert story.stored(session) == {1: OFTEN}
    client.post(UNLOCK, data={"code": digits(portal)})
    withdraw(Scope.SERVICE)
    answer = client.post(f"/staff/measures/{session.id}/here")
    assert answer.status_code == 409
    assert "does not permit the service to keep anything new" in words(answer)


@pytest.mark.hazard("H13")
def test_taking_the_device_back_ends_the_students_side_at_once(
    lent: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    lent.post()
    lent.tap(1, OFTEN)
    lent.client.post(UNLOCK, data={"code": digits(portal)})
    assert lent.client.get(f"{lent.form}/1").location == "/code"
    with db.read() as unit:
        (here,) = unit.exec(select(BrowserSession).where(BrowserSession.proved_by == "here"))
    assert here.role is Role.LINK
    assert here.ended_at


def test_signing_in_again_also_takes_the_device_back(
    lent: Phone, session: SessionFacts, portal: FrozenClock
) -> None:
    lent.post()
    portal.forward(minutes=1)
    signing_in = {"email": "therapist.okafor@example.com", "password": "a long enough passphrase"}
    answer = lent.client.post("/staff/accounts/sign-in", data={**signing_in, "code": digits(portal)})
    assert answer.location == "/staff"
    assert staff_sees(lent.client, session) == 200
    assert lent.client.get(f"{lent.form}/1").location == "/code"


def test_whoever_stood_on_the_students_side_of_this_browser_is_signed_out(
    client: FlaskClient, therapist: Viewer, session: SessionFacts
) -> None:
    other = care.person(therapist.service_id, "Alex Other")
    care.on_phone(client, therapist.service_id, other)
    before = client.get_cookie("portal")
    assert client.get("/home").status_code == 200
    client.post(f"/staff/measures/{session.id}/here")
    assert client.get("/home").location == "/form/back"
    assert before
    client.set_cookie("portal", before.value)
    assert client.get("/home").location == "/code"


def test_a_form_that_is_not_open_or_not_theirs_is_not_lent(
    client: FlaskClient, therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    answer = client.post(f"/staff/measures/{sessions[3].id}/here")
    assert answer.status_code == 409
    assert "This form opens on" in words(answer)
    assert client.get("/staff/caseload").status_code == 200, "the device is not lent"
    jo = care.therapist(therapist.service_id, "J. Lindqvist")
    theirs = care.in_therapy(jo, "Lou Other")
    episodes.book(bookings=care.weekly(jo, theirs, FIRST_SESSION.replace(hour=16)), by=jo, at=clock.now())
    for path in ("here", "paper"):
        assert client.get(f"/staff/measures/{care.sessions(jo, theirs)[0].id}/{path}").status_code == 404
        assert client.post(f"/staff/measures/{care.sessions(jo, theirs)[0].id}/{path}").status_code == 404
