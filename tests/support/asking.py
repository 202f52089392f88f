"""A student who asks for support in a browser without pictures: one question after the other."""

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import addresses, clock
from student_portal.institutions import service as institutions
from student_portal.institutions.queries import OrganisationKind, Pathway
from student_portal.referral import queries
from student_portal.referral import service as referral
from student_portal.referral.questions import QUESTIONS, number_of
from student_portal.settings import queries as settings

ANSWERS: dict[str, dict[str, str]] = {
    "name": {"answer": "Sam"},
    "born": {"answer-day": "14", "answer-month": "5", "answer-year": "2005"},
    "institution": {"answer": ""},  # the listed university, once it exists
    "contact": {"answer": "07700 900142"},
    "safe": {"answer": "some_times", "more": "after 4pm"},
    "harm": {"answer": "yes"},
    "unreal": {"answer": "no"},
    "team": {"answer": "no"},
    "therapy": {"answer": "no"},
    "waiting": {"answer": "no"},
    "substances": {"answer": "no"},
    "gp": {"answer": "none"},
    "service": {"answer": "yes"},
    "forms": {"answer": "yes"},
    "messages": {"answer": "yes"},
}


def list_a_university(name: str = "University of Anywhere") -> str:
    """Put a university on the list of those whose students can ask; gives its id."""
    by = machine(settings.service_id())
    return institutions.add(
        kind=OrganisationKind.PROVIDER,
        name=name,
        short_name=name.rsplit(maxsplit=1)[-1],
        pathways=[Pathway.THERAPY],
        by=by,
        at=clock.now(),
    )


def sent(university: str, **changed: str) -> str:
    """A whole request, written and sent through the verbs without a page; gives its id.

    `changed`: question key to choice code or text; `waiting_words="..."` for the box under a question.
    """
    by, at = visitor(), clock.now()
    draft_id = referral.start(instead_of=None, by=by, at=at).draft_id
    plain = {key: fields.get("answer", "") for key, fields in ANSWERS.items()}
    values = plain | {"born": "2005-05-14", "contact": "+447700900142", "institution": university} | changed
    for question in QUESTIONS:
        if question.key == "code":
            referral.contact_proved(draft_id=draft_id, contact=values["contact"], by=by, at=at)
            continue
        answer = {"value": values[question.key]}
        if question.more:
            answer["words"] = values.get(f"{question.key}_words", "")
        if question.key == "contact":
            channel = "email" if "@" in values["contact"] else "sms"
            answer |= {"channel": channel, "shown": addresses.shown(values["contact"])}
        referral.save_answer(draft_id=draft_id, key=question.key, answer=answer, by=by, at=at)
    writer = replace(by, role=Role.DRAFT, about=draft_id)
    shown = queries.draft(writer).digest
    return referral.submit(draft_id=draft_id, digest=shown, by=writer, at=at)


def visitor() -> Viewer:
    """Somebody who is not signed in."""
    return Viewer(settings.service_id(), None, Role.ANYONE)


@dataclass
class Asking:
    """One browser. Every method gives the page that came back."""

    browser: FlaskClient
    university: str

    def start(self) -> TestResponse:
        return self.browser.post("/join")

    def open(self, key: str) -> TestResponse:
        return self.browser.get(f"/join/{number_of(key)}")

    def answer(self, key: str, **fields: str) -> TestResponse:
        """Answer one question: as in ANSWERS, or with these fields (a dash is written as _)."""
        given = {name.replace("_", "-"): value for name, value in fields.items()} or ANSWERS[key]
        if key == "institution" and not fields:
            given = {"answer": self.university}
        return self.browser.post(f"/join/{number_of(key)}", data=given)

    def prove(self) -> TestResponse:
        """Type the code that was sent."""
        with self.browser.session_transaction() as cookie:
            code_id = cookie["contact_code"]
        digits = accounts.draw_digits(code_id=code_id)
        return self.browser.post(f"/join/{number_of('code')}", data={"answer": digits})

    def answer_all(self, *, but: str = "", **changed: dict[str, str]) -> TestResponse:
        """From the first question to the check page."""
        self.start()
        page = None
        for question in QUESTIONS:
            if question.key == but:
                continue
            if question.key == "code":
                page = self.prove()
            else:
                page = self.answer(question.key, **changed.get(question.key, {}))
            assert page.status_code == 303, (question.key, text(page))
        return self.browser.get("/join/check")

    def send(self, page: TestResponse | None = None) -> TestResponse:
        """Press Send on a check page; without one, on the present one."""
        return self.browser.post("/join/check", data=hidden(page or self.browser.get("/join/check")))


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page.get_data(as_text=True))
    found: dict[str, Any] = {}
    for tag in tags:
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name.group(1)] = unescape(value.group(1)) if value else ""
    return found


def text(page: TestResponse) -> str:
    """What a person reads on a page, in one line."""
    body = page.get_data(as_text=True)
    plain = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", body, flags=re.DOTALL)
    return " ".join(unescape(plain).split())
