"""Every kind of message can be sent, and is asked everything at the moment it goes."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from student_portal import worker
from student_portal.accounts import queries as accounts
from student_portal.accounts import service as people
from student_portal.accounts.models import ContactPoint, Person
from student_portal.accounts.service import CodePurpose
from student_portal.audit.queries import machine
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import Mode
from student_portal.episodes.service import Slot
from student_portal.foundation import clock, db, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import queries as messaging
from student_portal.messaging import service
from student_portal.messaging.queries import KINDS, Channel
from student_portal.messaging.service import Outbound
from student_portal.messaging.wording import placeholders, words
from tests.support import booked
from tests.support.booked import MONDAY_AT_TWO, Phone, Student
from tests.support.care import at


@pytest.fixture
def sam(service_id: str) -> Student:
    return booked.student(service_id)


@pytest.fixture
def phone(portal: FrozenClock) -> Phone:
    return Phone(portal)


def code(sam: Student, about: str) -> str:
    return people.ask_code(
        purpose=CodePurpose.SIGN_IN, about=about, channel=Channel.SMS, address=sam.number, by=sam.viewer,
        at=clock.now(),
    )  # fmt: skip


def outbound(sam: Student, kind: str, channel: Channel) -> Outbound:
    session = sam.sessions[0]
    facts = {
        "session_id": session.id, "starts_at": MONDAY_AT_TWO.isoformat(), "reply_by": "2026-12-14",
        "text": "85258", "calls": "116 123",
        "due_at": MONDAY_AT_TWO.isoformat(),
    }  # fmt: skip
    about = code(sam, ids.new()) if kind == "code" else session.id
    return Outbound(ids.new(), sam.person_id, channel, kind, facts, about, sam.number, clock.now())


def reasons(sam: Student) -> set[str]:
    lines = messaging.messages_to(sam.viewer, sam.person_id)
    return {line.reason for line in lines if line.state == "dropped"}


def test_every_kind_has_a_recipe_and_every_recipe_a_kind() -> None:
    assert set(worker.TABLE) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_recipe_fills_the_fullest_wording_of_its_kind(
    sam: Student, portal: FrozenClock, kind: str
) -> None:
    portal.move_to(at(12, 4, 10))
    for channel in Channel:
        out = outbound(sam, kind, channel)
        recipe = worker.TABLE[kind]
        if channel is Channel.SMS and not KINDS[kind].to_staff:
            assert recipe.address(out) == sam.number
        values = recipe.fill(out)
        assert placeholders(KINDS[kind].wordings(channel)[0]) <= values.keys()
        assert "%(" not in words(kind, channel, values)


def test_a_code_that_was_asked_for_arrives_and_works(sam: Student, phone: Phone) -> None:
    phone.round()
    asked = code(sam, ids.new())
    phone.round()
    [digits] = re.findall(r"code is (\d{3} \d{3})\.", phone.words[-1])
    assert people.check_code(code_id=asked, digits=digits.replace(" ", ""), at=clock.now())


def test_of_two_codes_asked_for_in_a_row_only_the_second_is_sent(sam: Student, phone: Phone) -> None:
    phone.round()
    browser = ids.new()
    code(sam, browser)
    code(sam, browser)
    phone.round()
    assert len(phone.words) == 2


def test_a_code_that_ran_out_before_it_was_sent_is_not_sent(
    sam: Student, phone: Phone, portal: FrozenClock
) -> None:
    phone.round()
    code(sam, ids.new())
    before = clock.now()
    portal.forward(minutes=11)
    portal.move_to(before)  # only the machine's time passed, as when the demo's clock is set
    phone.round()
    assert len(phone.words) == 1
    assert reasons(sam) == {"spent"}


@pytest.mark.hazard("H05")
def test_the_link_in_a_text_leads_to_that_form_of_that_student_until_it_closes(
    sam: Student, phone: Phone
) -> None:
    phone.live_until(at(12, 4, 10))
    [token] = re.findall(r"/l/(\w+)$", phone.words[-1])
    link = accounts.find_link(token, clock.now())
    assert link is not None
    session = sam.sessions[0]
    assert (link.person_id, link.about, link.target) == (sam.person_id, session.id, f"/form/{session.id}")
    assert accounts.find_link(token, MONDAY_AT_TWO + timedelta(days=6))
    assert accounts.find_link(token, MONDAY_AT_TWO + timedelta(days=7)) is None


def test_the_word_the_student_chose_stands_first(sam: Student, phone: Phone) -> None:
    with db.write() as session:
        mine = select(ContactPoint).where(ContactPoint.person_id == sam.person_id)
        session.exec(mine).one().text_word = "Dentist"
    phone.round()
    assert phone.words[0].startswith("Dentist: your next appointment")


def test_the_request_was_received(sam: Student, phone: Phone) -> None:
    service.queue(
        kind="received", channel=Channel.SMS, recipient_id=sam.person_id, facts={"reply_by": "2026-12-14"},
        about=ids.new(), due_at=clock.now(), expires_at=clock.now() + timedelta(days=2), by=sam.viewer,
        at=clock.now(),
    )  # fmt: skip
    phone.round()
    assert "Reminder: we have your request. You will hear from us by Monday 14 December." in phone.words


@pytest.mark.hazard("H04")
def test_somebody_who_died_gets_nothing_more(sam: Student, phone: Phone) -> None:
    with db.write() as session:
        person = session.get(Person, sam.person_id)
        assert person is not None
        person.died_at = clock.now()
    phone.live_until(at(12, 10))
    assert phone.words == []
    assert reasons(sam) == {"died"}


@pytest.mark.hazard("H04")
@pytest.mark.parametrize("scope", [Scope.SMS, Scope.SERVICE])
def test_a_permission_withdrawn_while_a_text_waits_is_asked_again_when_it_would_go(
    sam: Student, phone: Phone, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "drop_for", lambda **_: 0)  # even if nobody took the waiting ones back
    sam.decide(scope, Decision.WITHDRAWN)
    phone.round()
    assert phone.words == []
    assert reasons(sam) == {"no_permission"}


@pytest.mark.hazard("H10")
def test_a_reminder_of_where_a_session_stood_does_not_go_when_it_moved(
    sam: Student, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.round()
    monkeypatch.setattr(service, "drop", lambda **_: 0)  # even if nobody took the waiting ones back
    facts = sam.sessions[0]
    slot = Slot(facts.id, at(12, 9, 9), 50, Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=sam.therapist, at=clock.now())
    phone.live_until(at(12, 9, 8))
    assert [words for words in phone.words[1:] if "2pm" in words or "Monday" in words] == []
    assert "moved" in reasons(sam)


def test_without_permission_for_forms_there_is_a_reminder_but_no_link(sam: Student, phone: Phone) -> None:
    phone.round()
    sam.decide(Scope.DIGITAL_FORMS, Decision.WITHDRAWN)
    phone.live_until(at(12, 7, 8))
    assert len(phone.words) == 2
    assert "/l/" not in phone.words[1]
    assert "tomorrow at 2pm" in phone.words[1]


def test_the_notice_to_a_stranger_needs_no_person(service_id: str, phone: Phone) -> None:
    service.receive(
        address="+447700900777", body="who is this?", provider_id=None, by=machine(service_id), at=clock.now()
    )
    phone.round()
    assert phone.words[0].startswith("Reminder: nobody reads replies")
