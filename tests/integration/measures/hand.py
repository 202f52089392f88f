"""A hand on a phone without scripts: taps on one form and reads the page that comes."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal.episodes.queries import SessionFacts
from student_portal.foundation.clock import FrozenClock


class Phone:
    """Taps on one form, following each page to the next, one second apart."""

    def __init__(self, client: FlaskClient, session: SessionFacts, standing: FrozenClock) -> None:
        self.client, self.clock = client, standing
        self.form = f"/form/{session.id}"

    def open(self, path: str = "") -> str:
        self.page = self.client.get(self.form + path, follow_redirects=True)
        return self.text

    def post(self, path: str = "", **fields: object) -> str:
        self.clock.forward(seconds=1)
        self.page = self.client.post(self.form + path, data=fields, follow_redirects=True)
        return self.text

    def tap(self, item: int, position: int) -> str:
        return self.post(f"/{item}", answer=str(position))

    def skip(self, item: int) -> str:
        return self.post(f"/{item}", skip="sure")

    @property
    def text(self) -> str:
        assert self.page.status_code == 200, self.page.status_code
        return words(self.page)

    @property
    def where(self) -> str:
        """The part of the address after the form's own."""
        return self.page.request.path.removeprefix(self.form)

    @property
    def chosen(self) -> list[str]:
        """The boxes ticked on the page."""
        return re.findall(r'value="(\d)" checked', self.page.text)


def words(page: TestResponse) -> str:
    """The page's visible words on one line."""
    main = page.text.split('tabindex="-1">', 1)[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
