"""What the machine writes about itself says nothing of anybody, from a request for support to its reading."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from student_portal import worker
from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.demo import phone
from student_portal.foundation import clock, logs
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.measures import queries as measures
from student_portal.settings import queries as settings
from tests.support.asking import Asking
from tests.support.rewind import Rewind
from tests.support.world import World

SECRET_WORDS = ["Zanzibarine", "zqfreewords", "zqnote", "7700900777", "7700 900777", "2001-02-03", "zqbroken"]
KEYS = {
    "endpoint", "event", "level", "method", "milliseconds", "request", "status", "timestamp", "kind", "trace",
    "message", "messages", "count", "sent", "channel", "code", "reason", "worker", "seconds", "error",
}  # fmt: skip


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[StringIO]:
    """Our own lines, and (in caplog) those of every library at its most talkative."""
    caplog.set_level(logging.DEBUG)
    lines = StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", lines)
        logs.init(logging.DEBUG)
    yield lines
    structlog.reset_defaults()


@pytest.fixture
def fresh(world: World) -> Iterator[World]:
    rewind = Rewind(world, "logs")
    yield world
    rewind.back()


@pytest.mark.hazard("H14")
def test_a_whole_journey_leaves_nothing_of_anybody_in_the_logs(
    fresh: World, written: StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = [*SECRET_WORDS, *asks(fresh), *comes_by_a_link(fresh), *is_read(fresh)]
    breaks(fresh)
    ours = written.getvalue()
    lines = [json.loads(line) for line in ours.splitlines()]
    assert len(lines) > 40, "the journey was logged"
    everything = "\n".join([ours, caplog.text, *(str(record.__dict__) for record in caplog.records)])
    found = {secret for secret in secrets if secret and secret.lower() in everything.lower()}
    assert found == set()
    assert {key for line in lines for key in line} <= KEYS
    assert not re.search(r"/(form|l|join|staff/caseload)/\w", everything), "addresses carry ids and tokens"


def asks(world: World) -> list[str]:
    """A request with a name, a number, free words and a code; gives what was secret on the way."""
    place = institutions.listed(Pathway.THERAPY)[0].id
    asking = Asking(world.browser(Role.ANYONE), place)
    born = {"answer_day": "3", "answer_month": "2", "answer_year": "2001"}
    page = asking.answer_all(
        name={"answer": "Zanzibarine"},
        born=born,
        contact={"answer": "07700 900777"},
        safe={"answer": "some_times", "more": "zqfreewords"},
    )
    assert asking.send(page).status_code == 303
    worker.tick(clock.now(), phone.senders(world.config.data_dir))
    cookies = [asking.browser.get_cookie(name) for name in ("portal", "draft")]
    return [cookie.value for cookie in cookies if cookie]


def comes_by_a_link(world: World) -> list[str]:
    """A link, the wrong and the right date of birth, answers, Send; and a sign-in with a code."""
    session_id, name = world.session("Teo Testcase", 1), "Teo Testcase"
    token = accounts.make_link(
        person_id=world.person(name),
        about=session_id,
        target=f"/form/{session_id}",
        closes_at=measures.form_state(session_id).closes_at,  # type: ignore[union-attr]
        by=machine(settings.service_id()),
        at=clock.now(),
    )
    browser = world.browser(Role.ANYONE)
    browser.get(f"/l/{token}")
    browser.post(f"/l/{token}")
    for day in ("13", "14"):
        browser.post("/code/proof", data={"born-day": day, "born-month": "6", "born-year": "2003"})
    for item in range(13, 35):
        assert browser.post(f"/form/{session_id}/{item}", data={"answer": "1"}).status_code == 303
    assert browser.post(f"/form/{session_id}/send").status_code == 303
    browser.post("/code", data={"where": "07700 900109"})
    return [token, session_id, world.person(name), "Testcase", "7700900109", "07700 900109", "2003-06-14"]


def is_read(world: World) -> list[str]:
    """Staff sign in wrongly, open a record, write a note."""
    world.browser(Role.ANYONE).post(
        "/staff/accounts/sign-in",
        data={"email": "robin@demo.example", "password": "zqnote", "code": "123456"},
    )
    browser, values = world.browser(Role.THERAPIST), world.values()
    assert browser.get(f"/staff/caseload/{values['person_id']}").status_code == 200
    browser.post(f"/staff/alerts/{values['alert_id']}/did", data={"note": "zqnote"})
    return ["robin@demo", "Okafor", str(values["alert_id"])]


def breaks(world: World) -> None:
    """Something unforeseen, whose message holds what a person typed."""
    view = world.app.view_functions["pages.who"]

    def fails() -> str:
        raise ValueError("zqbroken 07700 900777")

    world.app.view_functions["pages.who"] = fails
    try:
        assert world.browser(Role.ANYONE).get("/who?name=Zanzibarine").status_code == 500
    finally:
        world.app.view_functions["pages.who"] = view
