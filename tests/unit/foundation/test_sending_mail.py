"""E-mail against a mail server on this machine."""

from collections.abc import Iterator

import pytest

from student_portal.foundation.mail import SmtpSender
from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected
from tests.support.peers import MailPeer, mail_peer


@pytest.fixture
def peer() -> Iterator[MailPeer]:
    with mail_peer() as listening:
        yield listening


def send(peer: MailPeer) -> str:
    sender = SmtpSender("127.0.0.1", peer.port, "reminders@portal.example")
    body = "Reminder: your next appointment\n\nYour next appointment is Monday 7 December at 2pm."
    return sender.send(to="sam@example.org", body=body, message_id="m1")


def test_the_first_line_is_the_subject_and_the_rest_the_letter(peer: MailPeer) -> None:
    assert send(peer) == "m1"
    head, _, text = peer.letters[0].partition("\n\n")
    assert "Subject: Reminder: your next appointment" in head
    assert "To: sam@example.org" in head
    assert text.strip() == "Your next appointment is Monday 7 December at 2pm."


@pytest.mark.parametrize(
    ("says", "meaning"),
    [
        ({"hello": "421 too busy"}, NotReached),
        ({"rcpt": "450 mailbox busy"}, NotReached),
        ({"rcpt": "550 no such mailbox"}, Rejected),
        ({"end": "554 not wanted"}, Rejected),
        ({"end": "451 try later"}, NotReached),
        ({"mail": "550 not from you"}, Rejected),
        ({"data": "cut"}, OutcomeUnknown),
    ],
)
def test_what_the_server_says_is_understood(
    peer: MailPeer, says: dict[str, str], meaning: type[Exception]
) -> None:
    peer.says = says
    with pytest.raises(meaning):
        send(peer)


def test_nobody_listening_means_it_was_not_taken() -> None:
    with mail_peer() as gone:
        pass
    with pytest.raises(NotReached):
        send(gone)


def test_a_sender_shows_no_secret_in_a_log() -> None:
    assert "hidden" not in repr(SmtpSender("127.0.0.1", 25, "a@portal.example", "user", "hidden"))
