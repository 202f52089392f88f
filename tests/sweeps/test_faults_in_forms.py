"""The database fails at each of its calls while a form is sent: it says so, and nothing is left half."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.support.asking import hidden
from tests.support.rewind import Rewind
from tests.support.striking import struck
from tests.support.world import World
from tests.sweeps.faults import wrong
from tests.sweeps.forms import FORMS, WHO, Form, by_link
from tests.sweeps.staff_forms import STAFF_FORMS, StaffForm

TRIED = {"attempt", "one_time_code", "browser_session", "audit_event"}
"""What may be left of a request that failed: that somebody came, tried or read."""

CHOSEN = {
    "/code", "/code/enter", "/code/proof", "/code/pin", "/code/out", "/join", "/join/1", "/join/code",
    "/join/check", "/form/<session_id>", "/form/<session_id>/1", "/form/<session_id>/all",
    "/form/<session_id>/decline", "/form/<session_id>/talk", "/choices", "/dates/leave",
    "/staff/episodes/open", "/staff/alerts/<alert_id>/did", "/staff/measures/<session_id>/here",
    "/staff/signposting/<contact_id>/approve",
}  # fmt: skip
"""Asking, signing in, answering, deciding, and the team's side of each."""


def answered(world: World) -> FlaskClient:
    """A form answered to the end and not sent."""
    browser, form = by_link(world), f"/form/{world.session(WHO, 1)}"
    browser.post(form)
    browser.post(f"{form}/layout", data={"layout": "page"})
    answers = {f"q{number}": "1" for number in range(1, 35)}
    browser.post(f"{form}/all", data=hidden(browser.get(f"{form}/all")) | answers | {"then": "check"})
    return browser


SEND = Form("/form/<session_id>/send", answered)


@pytest.fixture
def seeded(world: World) -> Iterator[Rewind]:
    mark = Rewind(world)
    yield mark
    mark.back()


def filled(form: Form, world: World, browser: FlaskClient) -> dict[str, str]:
    if form is SEND:
        return hidden(browser.get(form.path(world).replace("/send", "/check")))
    return form.found(world, browser).fields if isinstance(form, StaffForm) else form.fields


@pytest.mark.hazard("H09")
@pytest.mark.parametrize(
    "form", [one for one in (*FORMS, SEND, *STAFF_FORMS) if one is SEND or str(one) in CHOSEN], ids=str
)
def test_a_form_that_meets_a_fault_says_so_and_is_written_whole_or_not_at_all(
    world: World, seeded: Rewind, form: Form
) -> None:
    browser = form.stand(world)
    path, fields = form.path(world), filled(form, world, browser)
    standing, found = Rewind(world, "standing"), list[str]()
    written: list[tuple[int, set[str]]] = []
    for call, answer in enumerate(struck(lambda: browser.post(path, data=fields)), 1):
        found += [f"call {call}: {what}" for what in wrong(answer)]
        if answer.status_code < 400:
            found.append(f"call {call}: {answer.status_code}, as if it had been done")
        if changed := standing.changed():
            written.append((call, changed - TRIED))
            standing.back()
    whole = standing.changed() - TRIED  # by the last one, which met no fault
    found += [
        f"call {call}: half written, {tables}" for call, tables in written if tables not in (set(), whole)
    ]
    assert found == []
