"""A phone that fills in a form over a line that may break: what it was told, and what it cannot know."""

import http.client
import random
import time
import urllib.parse
from contextlib import closing
from dataclasses import dataclass, field

from tests.support.pages import Page

Position = int | None
"""The ticked box of an item; None: skipped."""

PATIENCE = 30  # seconds until a request counts as broken; longer than any that still works
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class Phone:
    """A browser reduced to what matters here: one cookie, one form, and what became of each answer.

    `told`: the newest answer to each item that the server said is saved. `unsure`: what was posted since
    and never answered, because the line broke; it may have arrived whole, or not at all.
    """

    url: str
    cookie: str
    form: str
    told: dict[int, Position] = field(default_factory=dict)
    unsure: dict[int, set[Position]] = field(default_factory=dict)
    times_told: int = 0
    send_took: float = 0  # seconds, the last Send that was answered
    _page: dict[str, str] | None = None
    _check: dict[str, str] | None = None

    def taps(self, chance: random.Random, items: int) -> bool:
        """Give any answer to any question; whether the server said that it is saved."""
        return self.answer(chance.randint(1, items), chance.choice([0, 1, 2, 3, 4, None]))

    def answer(self, item: int, position: Position) -> bool:
        """Post an answer to a question, from a page that was opened once; whether it was said to be saved."""
        page = f"{self.form}/{item}"
        if self._page is None:
            self._page = self._hidden(page, page)
        if self._page is None:
            return False
        fields = self._page | ({"skip": "sure"} if position is None else {"answer": str(position)})
        self.unsure.setdefault(item, set()).add(position)
        led_to = self._post(page, fields)
        if not led_to.startswith(f"{self.form}/") or "?" in led_to:  # "?": "choose one", "too late"
            return False
        self.told[item] = position
        del self.unsure[item]
        self.times_told += 1
        return True

    def opens_check(self) -> bool:
        """Open the check page; whether it came, with its Send button."""
        self._check = self._hidden(f"{self.form}/check", f"{self.form}/send")
        return self._check is not None

    def presses_send(self) -> bool:
        """Press Send on the check page that is open; whether the server said that the form is sent."""
        began = time.monotonic()
        led_to = self._post(f"{self.form}/send", self._check or {})
        assert led_to in ("", f"{self.form}/sent"), f"Send led to {led_to}"
        if led_to:
            self.send_took = time.monotonic() - began
        return bool(led_to)

    def opens_check_and_sends(self) -> bool:
        """The same from the beginning; True also when the form turns out to be sent already."""
        if self._get(f"{self.form}/sent").status == 200:
            return True
        return self.opens_check() and self.presses_send()

    def _hidden(self, path: str, address: str) -> dict[str, str] | None:
        """The hidden fields of the form on this page that is posted to that address, if it came."""
        page = self._get(path)
        return next((hidden for posted_to, hidden in page.forms() if posted_to == address), None)

    def _get(self, path: str) -> Page:
        status, _, html = self._ask("GET", path)
        return Page(path, status, html)

    def _post(self, path: str, fields: dict[str, str]) -> str:
        """Where the answer leads; nothing if none came."""
        return self._ask("POST", path, urllib.parse.urlencode(fields))[1]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, where to, page; the cookie is kept as a browser keeps it. (0, "", "") if the line broke."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        host = urllib.parse.urlsplit(self.url).netloc
        try:
            with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as connection:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                html = answer.read().decode()
        except BROKEN:
            return 0, "", ""
        if given := answer.getheader("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return answer.status, answer.getheader("Location", "") if answer.status == 303 else "", html
