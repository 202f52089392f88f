"""The real Twilio client against a provider on this machine: what it asks and understands."""

from collections.abc import Iterator

import pytest

from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected, TwilioSender
from tests.support.peers import TextPeer, text_peer


@pytest.fixture
def peer() -> Iterator[TextPeer]:
    with text_peer() as listening:
        yield listening


def send(peer: TextPeer, **kw: str) -> str:
    sender = TwilioSender("AC1", "token", "+447700900001", base=peer.url, **kw)
    return sender.send(to="+447700900142", body="Reminder: hello", message_id="m1")


def test_a_text_that_was_taken_comes_back_with_the_providers_id(peer: TextPeer) -> None:
    assert send(peer) == "SM42"
    [(path, asked)] = peer.heard
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert asked == {"To": "+447700900142", "From": "+447700900001", "Body": "Reminder: hello"}


def test_the_provider_is_told_where_to_report_with_our_own_id(peer: TextPeer) -> None:
    send(peer, callback="https://portal.example/hooks/{id}")
    assert peer.heard[0][1]["StatusCallback"] == "https://portal.example/hooks/m1"


def test_a_refusal_carries_the_providers_code(peer: TextPeer) -> None:
    peer.status, peer.answer = 400, {"code": 21610, "message": "unsubscribed", "status": 400}
    with pytest.raises(Rejected, match="21610"):
        send(peer)


def test_come_back_later_means_it_was_not_taken(peer: TextPeer) -> None:
    peer.status, peer.answer = 429, {"code": 20429, "message": "too many", "status": 429}
    with pytest.raises(NotReached):
        send(peer)


@pytest.mark.hazard("H16")
def test_a_provider_in_trouble_may_or_may_not_have_taken_it(peer: TextPeer) -> None:
    peer.status, peer.answer = 503, {"message": "trouble"}
    with pytest.raises(OutcomeUnknown):
        send(peer)


@pytest.mark.hazard("H16")
def test_a_line_cut_after_we_spoke_may_or_may_not_have_carried_it(peer: TextPeer) -> None:
    peer.cut = True
    with pytest.raises(OutcomeUnknown):
        send(peer)
    assert len(peer.heard) == 1  # and nothing tried again behind our back


def test_nobody_listening_means_it_was_not_taken() -> None:
    with text_peer() as gone:
        pass
    with pytest.raises(NotReached):
        send(gone)


def test_a_sender_shows_no_secret_in_a_log() -> None:
    assert "token" not in repr(TwilioSender("AC1", "token", "+447700900001"))
