"""Sending one text message: through Twilio, or to the demo's phone.

What can happen: accepted (an id comes back), refused (`Rejected`), not reached (`NotReached`: certainly not
taken, may be tried again), or nobody knows (`OutcomeUnknown`: the line broke after we had begun). The caller
never resends the last by itself.
"""

from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError


class OutcomeUnknown(Exception):
    """The provider may or may not have taken the message."""


class NotReached(Exception):
    """The provider certainly did not take the message: no connection, or "come back later"."""


class Rejected(Exception):
    """The provider said no; `code` is its own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sender(Protocol):
    """Takes one message to one address and says what the provider called it."""

    def send(self, *, to: str, body: str, message_id: str) -> str: ...


class _PinnedHttp(TwilioHttpClient):  # type: ignore[misc]  # Twilio ships no types
    """Twilio's own HTTP client, with a timeout (it has none) and, for tests, another host."""

    def __init__(self, base: str | None) -> None:
        super().__init__(timeout=10, max_retries=0)
        self._base = urlsplit(base) if base else None

    def request(self, method: str, url: str, *args: Any, **kw: Any) -> Response:
        if self._base:
            asked = urlsplit(url)
            url = urlunsplit((self._base.scheme, self._base.netloc, asked.path, asked.query, ""))
        return super().request(method, url, *args, **kw)


@dataclass(frozen=True, repr=False)
class TwilioSender:
    """The real provider. `callback` is the public URL that hears what became of message {id}."""

    account: str
    token: str
    sender: str
    callback: str | None = None
    base: str | None = None

    def send(self, *, to: str, body: str, message_id: str) -> str:
        client = Client(self.account, self.token, http_client=_PinnedHttp(self.base))
        extra = {"status_callback": self.callback.format(id=message_id)} if self.callback else {}
        try:
            message = client.messages.create(to=to, from_=self.sender, body=body, **extra)
        except TwilioRestException as refusal:
            if refusal.status >= 500:
                raise OutcomeUnknown from refusal
            if refusal.status == 429:
                raise NotReached from refusal
            raise Rejected(str(refusal.code)) from refusal
        except requests.RequestException as broken:
            raise (NotReached if _never_connected(broken) else OutcomeUnknown) from broken
        return str(message.sid)


def _never_connected(broken: requests.RequestException) -> bool:
    """Whether the line was never open, so that nothing can have been taken."""
    cause = getattr(broken.args[0], "reason", None) if broken.args else None
    return isinstance(broken, requests.ConnectTimeout) or isinstance(cause, NewConnectionError)
