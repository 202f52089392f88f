"""Proving a number or an address before anything else is sent to it."""

import pytest
from sqlmodel import select

from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.models import Channel, OutboundMessage
from student_portal.referral.questions import QUESTIONS, number_of
from tests.support.asking import Asking, text

pytestmark = pytest.mark.one_database

CODE = number_of("code")


def until_code(asking: Asking) -> None:
    asking.start()
    for question in QUESTIONS[: CODE - 1]:
        asking.answer(question.key)


def sent() -> list[str]:
    with db.read() as session:
        return [message.kind for message in session.exec(select(OutboundMessage))]


@pytest.mark.hazard("H05")
def test_nothing_but_the_code_goes_to_a_contact_before_it_is_proved(asking: Asking) -> None:
    until_code(asking)
    assert sent() == ["code"]
    page = asking.open("code")
    assert "sent to 07700 900142" in text(page)
    assert 'autocomplete="one-time-code"' in page.get_data(as_text=True)


def test_the_page_before_says_that_a_code_will_be_sent(asking: Asking) -> None:
    asking.start()
    for question in QUESTIONS[: number_of("safe") - 1]:
        asking.answer(question.key)
    page = text(asking.open("safe"))
    assert "we send six digits to 07700 900142" in page
    assert sent() == [], "opening a page sends nothing"


def test_the_right_code_goes_on(asking: Asking) -> None:
    until_code(asking)
    assert asking.prove().location == f"/join/{CODE + 1}"
    assert "This is checked" in text(asking.open("code"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write the six digits from the message"),
        ("12345", "The code is six digits"),
        ("abcdef", "The code is six digits"),
        ("000000", "That is not the code we sent"),
    ],
)
def test_a_wrong_code_says_what_to_do(asking: Asking, typed: str, sentence: str) -> None:
    until_code(asking)
    page = asking.browser.post(f"/join/{CODE}", data={"answer": typed})
    assert page.status_code == 400
    assert text(page).count(sentence) == 2


def test_a_code_that_is_too_old_can_be_asked_for_again(asking: Asking, portal: FrozenClock) -> None:
    until_code(asking)
    portal.forward(minutes=11)
    page = asking.browser.post(f"/join/{CODE}", data={"answer": "123456"})
    assert page.status_code == 400
    assert "Ask for a new one" in text(page)
    assert asking.browser.post("/join/code").location == f"/join/{CODE}"
    assert asking.prove().status_code == 303


def test_the_code_can_wait_and_the_check_page_asks_for_it(asking: Asking) -> None:
    page = asking.answer_all(but="code")
    assert "One thing is left" in text(page)
    assert ">Send<" not in page.get_data(as_text=True)
    assert asking.send(page).status_code == 400
    asking.prove()
    assert ">Send<" in asking.browser.get("/join/check").get_data(as_text=True)


def test_too_many_codes_get_a_pause_and_another_way(asking: Asking) -> None:
    until_code(asking)
    for _ in range(6):
        assert asking.browser.post("/join/code").status_code == 303
    page = text(asking.open("code"))
    assert "We sent several codes already" in page
    assert "phone us on a working day" in page
    assert len(sent()) == 3


@pytest.mark.hazard("H24")
def test_after_stop_nothing_is_sent_and_the_page_offers_another_way(asking: Asking, service_id: str) -> None:
    messaging.stop(
        channel=Channel.SMS, address="+447700900142", reason="stop", by=machine(service_id), at=clock.now()
    )
    until_code(asking)
    assert sent() == []
    page = text(asking.open("code"))
    assert "someone replied STOP from it" in page
    assert "Use an e-mail address, or phone us." in page
    for _ in range(3):
        asking.browser.post("/join/code")
    page = text(asking.open("code"))
    assert "someone replied STOP" not in page, "or anyone could go through numbers to see who said STOP"
