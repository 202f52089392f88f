"""Sending one plain-text e-mail over SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from student_portal.foundation.sms import NotReached, OutcomeUnknown, Rejected


@dataclass(frozen=True, repr=False)
class SmtpSender:
    """A mail server. The first line of `body` is the subject; the rest, after a blank line, the message."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None

    def send(self, *, to: str, body: str, message_id: str) -> str:
        subject, _, text = body.partition("\n\n")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Message-ID"] = f"<{message_id}@{self.sender.partition('@')[2]}>"
        message.set_content(text)
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=10)
        except OSError as broken:
            raise NotReached from broken
        self._hand_over(message, server)
        return message_id

    def _hand_over(self, message: EmailMessage, server: smtplib.SMTP) -> None:
        try:
            with server:
                if self.user and self.password:
                    server.starttls(context=ssl.create_default_context())
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPResponseException as refusal:
            raise _refused(refusal.smtp_code) from refusal
        except smtplib.SMTPRecipientsRefused as refusal:
            [(code, _)] = refusal.recipients.values()
            raise _refused(code) from refusal
        except OSError as broken:
            raise OutcomeUnknown from broken


def _refused(code: int) -> Exception:
    """What a server's "no" means: 4xx is "not now", everything else is final (RFC 5321, 4.2.1)."""
    return NotReached() if 400 <= code < 500 else Rejected(str(code))
