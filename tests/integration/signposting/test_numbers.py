""" "Text me these numbers": read first, sent once, to the student who asks and nobody else."""

import html
import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from student_portal.access.queries import Viewer
from student_portal.accounts.models import ContactPoint
from student_portal.audit.queries import machine
from student_portal.consent import queries as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import queries as messages
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel, address_mark
from student_portal.messaging.wording import words
from student_portal.signposting import service
from student_portal.signposting.numbers import numbers
from student_portal.signposting.opening import Opening
from student_portal.signposting.queries import Shown, Way
from tests.support import booked, care
from tests.support.asking import hidden, text
from tests.support.booked import Phone, Student
from tests.support.care import at

PAGE = "/help/numbers"
ALL = "Reminder: text 85258 or call 116 123, 0800 068 4141, 111 or 999."


@pytest.fixture
def sam(service_id: str) -> Student:
    service.publish_starting(organisations={}, by=machine(service_id), at=clock.now())
    return booked.student(service_id)


@pytest.fixture
def signed_in(client: FlaskClient, sam: Student) -> Viewer:
    return care.on_phone(client, sam.therapist.service_id, sam.person_id)


@pytest.fixture
def phone(portal: FrozenClock, sam: Student) -> Phone:
    """Sam's, after everything about their dates has come."""
    held = Phone(portal)
    held.round()
    held.texts.clear()
    return held


def asked(sam: Student) -> list[str]:
    sent = messages.messages_to(sam.viewer, sam.person_id)
    return [message.state for message in sent if message.kind == "help_numbers"]


@pytest.mark.hazard("H14")
def test_what_was_read_is_what_arrives_at_night_too_and_without_permission_for_texts(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone, portal: FrozenClock
) -> None:
    sam.decide(Scope.SMS, Decision.WITHDRAWN)
    portal.move_to(at(12, 1, 2))
    page = client.get(PAGE)
    assert f"<p>{ALL}</p>" in page.text
    assert "Reminders" in page.text, "the sender a locked phone shows"
    assert "even if you said no to texts" in text(page)
    answer = client.post(PAGE, data=hidden(page), follow_redirects=True)
    assert "It is on its way." in text(answer)
    phone.round()
    assert phone.words == [ALL]
    assert "It was sent at 2am." in text(client.get(PAGE))
    assert not consent.allows(Scope.SMS, "", sam.person_id, clock.now()), "one text, no permission"
    phone.live_until(at(12, 5, 12))
    assert phone.words == [ALL]
    assert ALL in text(client.get("/home/texts"))


def test_looking_sends_nothing_and_pressing_twice_sends_one(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone
) -> None:
    page = client.get(PAGE)
    assert asked(sam) == []
    for _ in range(2):
        assert client.post(PAGE, data=hidden(page)).status_code == 303
    phone.round()
    assert phone.words == [ALL]


def test_three_a_day_and_then_the_page_says_so(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone, portal: FrozenClock
) -> None:
    for _ in range(3):
        assert client.post(PAGE, data=hidden(client.get(PAGE))).status_code == 303
    fourth = client.post(PAGE, data=hidden(client.get(PAGE)))
    assert (fourth.status_code, len(asked(sam))) == (429, 3)
    assert "three times today" in text(fourth)
    portal.forward(hours=25)
    care.on_phone(client, sam.therapist.service_id, sam.person_id)
    client.post(PAGE, data=hidden(client.get(PAGE)))
    assert len(asked(sam)) == 4, "and the day after it works again"


@pytest.mark.hazard("H24")
def test_after_stop_nothing_goes_there_and_the_page_says_so_and_offers_a_person(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone
) -> None:
    page = client.get(PAGE)
    by = machine(sam.therapist.service_id)
    messaging.stop(channel=Channel.SMS, address=sam.number, reason="text", by=by, at=clock.now())
    refused = client.post(PAGE, data=hidden(page))
    assert refused.status_code == 400
    assert "Someone replied STOP from this phone, so nothing goes there" in text(refused)
    assert "You can phone the team on a working day: 0151 496 0000" in text(refused)
    phone.round()
    assert (phone.words, asked(sam)) == ([], [])


def test_stopped_between_the_tap_and_the_sending_it_does_not_go(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone
) -> None:
    client.post(PAGE, data=hidden(client.get(PAGE)))
    by = machine(sam.therapist.service_id)
    messaging.stop(channel=Channel.SMS, address=sam.number, reason="text", by=by, at=clock.now())
    phone.round()
    assert (phone.words, asked(sam)) == ([], ["dropped"])
    assert "It could not be sent." in text(client.get(PAGE))


def test_who_has_a_proved_address_for_e_mail_can_have_it_there_after_stop(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone
) -> None:
    mail, by = "sam@example.org", machine(sam.therapist.service_id)
    with db.write() as session:
        row = ContactPoint(
            service_id=by.service_id, person_id=sam.person_id, channel=Channel.EMAIL,
            address_index=address_mark(Channel.EMAIL, mail), since=clock.now(), proved_at=clock.now(),
        )  # fmt: skip
        row.address = mail
        session.add(row)
    messaging.mark_proved(channel=Channel.EMAIL, address=mail, reason="code", by=by, at=clock.now())
    messaging.stop(channel=Channel.SMS, address=sam.number, reason="text", by=by, at=clock.now())
    page = client.get(PAGE)
    assert "phone the team" not in text(page)
    fields = {name: html.unescape(value) for name, value in hidden(page).items()}
    # A browser sends line breaks of a hidden field as carriage return and line feed.
    client.post(PAGE, data={**fields, "seen": fields["seen"].replace("\n", "\r\n")})
    phone.round()
    assert phone.words == [fields["seen"]]
    assert phone.words[0].startswith("Reminder: what you asked for\n\nText 85258\nCall 116 123")


def test_numbers_that_changed_meanwhile_are_read_again_before_they_go(
    client: FlaskClient, sam: Student, signed_in: Viewer, phone: Phone
) -> None:
    seen = {**hidden(client.get(PAGE)), "seen": ALL.replace("116 123", "116 124")}
    again = client.post(PAGE, data=seen)
    assert again.status_code == 409
    assert "The numbers have changed since you opened this page." in text(again)
    assert ALL in text(again)
    assert asked(sam) == []


@pytest.mark.hazard("H02")
def test_without_signing_in_nobody_can_make_it_send_anything_anywhere(
    client: FlaskClient, sam: Student, phone: Phone
) -> None:
    page = client.get(PAGE)
    assert "Sign in with a code, then come back here" in text(page)
    assert not re.search(r'<input(?! type="hidden")|<form method="post" action="/help', page.text)
    tried = client.post(PAGE, data={"channel": "sms", "key": "0" * 26, "seen": ALL})
    assert (tried.status_code, tried.location) == (303, "/code/locked?pressed=1")
    assert asked(sam) == []


@pytest.mark.parametrize("fields", [{}, {"channel": "fax"}, {"key": "x"}, {"seen": ""}])
def test_what_the_page_does_not_offer_is_refused(
    client: FlaskClient, sam: Student, signed_in: Viewer, fields: dict[str, str]
) -> None:
    good = {"channel": "sms", "key": "0" * 26, "seen": ALL}
    wrong = client.post(PAGE, data={**good, **fields} if fields else {})
    assert wrong.status_code in (400, 409)
    assert "Call 999" in text(wrong)
    assert asked(sam) == []


@pytest.mark.hazard("H03")
def test_the_one_to_text_is_for_everybody_and_so_is_the_first_to_call() -> None:
    """The message has no room to say for whom a number is."""
    always = Opening(always=True, open_now=True)
    some = [Shown("x", way, "0800 1", always, "", "", for_whom="People under 35") for way in Way]
    everybody = [Shown("x", way, "0800 2", always, "", "") for way in Way]
    assert numbers(some + everybody) == {"text": "0800 2", "calls": "0800 2, 0800 1"}
    assert numbers(some) == {"text": "85258", "calls": "116 123, 0800 1"}


NUMBER = st.from_regex(r"\+?[0-9][0-9 ]{1,18}[0-9]", fullmatch=True)
CONTACT = st.builds(
    lambda way, target, always: Shown("x", way, target, Opening(always=always, open_now=True), "", ""),
    st.sampled_from(Way), NUMBER, st.booleans(),
)  # fmt: skip


@given(st.lists(CONTACT, max_size=12))
def test_whatever_is_published_it_is_one_part_and_holds_only_what_is_always_open(
    contacts: list[Shown],
) -> None:
    facts = numbers(contacts)
    written = words("help_numbers", Channel.SMS, {**facts, "word": "w" * 20, "base": ""})
    assert len(written) <= 160
    always = {contact.target for contact in contacts if contact.opening.always}
    assert facts["text"] in always | {"85258"}
    assert set(facts["calls"].split(", ")) <= always | {"116 123"}
