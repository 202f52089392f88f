"""The page "Going live" as a manager and an admin meet it."""

import re

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal import cli
from student_portal.access.queries import Role
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.demo import set_up
from student_portal.foundation import clock, outlets
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.outlets import Outlets
from student_portal.governance import queries
from student_portal.institutions import queries as institutions
from student_portal.institutions import service as lists
from student_portal.settings import service as settings
from tests.integration.governance.standing import BOTH, Open, live, look, only_open
from tests.support.asking import hidden, text
from tests.support.staff import signed_in

PAGE = "/staff/governance/go-live"
REASON = "Nobody is booked before Monday. Lin Quay rings the rest on Friday."
STOPPED = "The wrong number stands in the texts. Staff ring round today."
FORMS = "Nobody has compared the words of the forms with the official ones, letter by letter."


@pytest.fixture
def manager(client: FlaskClient) -> FlaskClient:
    return signed_in(client, Role.MANAGER, name="Max Ferry")


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A live service in which only these things are open."""
    return only_open(monkeypatch, FORMS)


def decide(browser: FlaskClient, reason: str = REASON, **more: str) -> TestResponse:
    kept = hidden(browser.get(PAGE))
    return browser.post(PAGE, data={"seen": kept.get("seen", ""), "reason": reason, **more})


def test_it_names_what_is_open_room_by_room_and_when_it_was_looked_at(
    manager: FlaskClient, service_id: str
) -> None:
    live()
    lists.add_partners(by=machine(service_id), at=clock.now())
    page = text(manager.get(PAGE))
    assert "Looked at on Monday 30 November at 10am" in page
    assert "Nothing is sent yet No text and no e-mail leaves" in page
    for title in ("Settings of the service", "People of the team", "Universities", "The forms", "Hazard log"):
        assert title in page
    assert "Rota and cover Nobody has said when the service works" in page
    assert "In the next four weeks there is a time at which no manager is on duty." in page
    assert "Go there : Rota and cover" in page
    assert FORMS in page
    assert "There is no therapist with an open account." in page
    assert "H01: A watchdog tells a person" in page or "H02: Two records of one person" in page
    assert "What no program can see" in page
    assert "Somebody rings every number at least each 90 days" in page
    links = manager.get("/staff/signposting").get_data(as_text=True)
    assert f'<a href="{PAGE}">Going live</a>' in links


def test_the_demo_says_that_it_sends_to_its_phone_alone(manager: FlaskClient) -> None:
    page = text(manager.get(PAGE))
    assert "This is the demo: messages reach its phone and nobody else" in page
    assert "Nothing is sent" not in page


def test_a_manager_goes_live_all_the_same_goes_on_and_stops(
    manager: FlaskClient, opened: Open, portal: FrozenClock, service_id: str
) -> None:
    assert decide(manager).location == PAGE
    page = text(manager.get(PAGE))
    assert "Messages are sent Since Monday 30 November at 10am, because Max Ferry decided so." in page
    assert "Nothing came up since" in page
    assert f"Max Ferry let messages leave on Monday 30 November at 10am “{REASON}” It stands." in page
    assert "Go live all the same" not in page
    assert "Came up on" not in page

    portal.forward(minutes=5)
    opened.things.append("Something that came later.")
    look(service_id)
    page = text(manager.get(PAGE))
    assert "Something came up since. It stops nothing" in page
    assert "Something that came later. New Came up on Monday 30 November at 10:05am" in page
    assert page.count("Came up on") == 1
    assert "Go on with what came up" in page
    decide(manager, "Lin Quay sees to it today.")
    page = text(manager.get(PAGE))
    assert "Came up on" not in page
    assert "It stood until Monday 30 November at 10:05am, when Max Ferry ended it." in page

    portal.forward(minutes=5)
    for why in (STOPPED, "Pressed twice."):
        assert manager.post(f"{PAGE}/stop", data={"why": why}).location == PAGE
    page = text(manager.get(PAGE))
    assert "Nothing is sent, because Max Ferry stopped it Since Monday 30 November at 10:10am" in page
    assert f"Max Ferry stopped the sending on Monday 30 November at 10:10am “{STOPPED}” It stands." in page
    assert REASON in page, "what was decided stays on the page"
    assert "Pressed twice." not in page
    assert "Stop sending" not in page
    opened.things.clear()
    assert "Start sending again" in text(manager.get(PAGE)), "settled or not"
    decide(manager)
    assert "Messages are sent" in text(manager.get(PAGE))


def test_what_came_up_stands_among_the_managers_tasks_and_leads_here(
    manager: FlaskClient, opened: Open, portal: FrozenClock, service_id: str
) -> None:
    decide(manager)
    portal.forward(minutes=1)
    opened.things.append("Something that came later.")
    look(service_id)
    tasks = manager.get("/staff/alerts/tasks")
    assert "Look at what came up since the service is live" in text(tasks)
    assert f'href="{PAGE}"' in tasks.text
    opened.things.clear()
    look(service_id)
    assert "Look at what came up" not in text(manager.get("/staff/alerts/tasks"))


def test_with_nothing_open_it_starts_by_itself_and_offers_to_keep_sending_off(
    manager: FlaskClient, opened: Open, service_id: str
) -> None:
    opened.things.clear()
    page = text(manager.get(PAGE))
    assert "Sending starts within a minute Nothing that the portal can see stands in the way" in page
    assert "Keep sending off" in page
    assert "Go live all the same" not in page
    look(service_id)
    page = text(manager.get(PAGE))
    assert "Messages are sent Since Monday 30 November at 10am, when nothing stood in the way." in page
    assert "Live since Monday 30 November at 10am: nothing stood in the way It stands." in page
    assert "Stop sending" in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "Write why, for whoever reads this later"), ("now", "Use 10 to 1,000 characters")],
)
def test_without_a_reason_nothing_is_decided_and_what_was_typed_stays(
    manager: FlaskClient, opened: Open, reason: str, said: str
) -> None:
    page = decide(manager, reason)
    assert page.status_code == 400
    assert text(page).count(said) == 2
    assert f">\n{reason}</textarea>" in page.text
    assert queries.decisions() == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "Write why, for whoever reads this later"), ("x" * 1001, "Use 10 to 1,000 characters")],
)
def test_without_a_reason_nothing_is_stopped_and_what_was_typed_stays(
    manager: FlaskClient, opened: Open, reason: str, said: str
) -> None:
    decide(manager)
    page = manager.post(f"{PAGE}/stop", data={"why": reason})
    assert page.status_code == 400
    assert text(page).count(said) == 2
    assert f">\n{reason}</textarea>" in page.text
    assert queries.may_send()


def test_what_changed_while_it_was_written_is_shown_first(manager: FlaskClient, opened: Open) -> None:
    page = decide(manager, seen="something else")
    assert page.status_code == 409
    assert "Nothing was decided. Look at it again" in text(page)
    assert REASON in page.text
    assert queries.decisions() == []
    again = manager.post(PAGE, data={"seen": hidden(page)["seen"], "reason": REASON})
    assert again.location == PAGE


def test_what_was_written_while_somebody_else_decided_is_not_lost(manager: FlaskClient, opened: Open) -> None:
    seen = hidden(manager.get(PAGE))["seen"]
    decide(manager, "The other tab was faster.")
    page = manager.post(PAGE, data={"seen": seen, "reason": REASON})
    assert page.status_code == 409
    assert f"What you wrote “{REASON}”" in text(page)
    assert len(queries.decisions()) == 1


def test_an_admin_reads_it_and_may_decide_nothing(client: FlaskClient, opened: Open) -> None:
    admin = signed_in(client, Role.ADMIN, name="Ade Quill")
    page = text(admin.get(PAGE))
    assert FORMS in page
    assert "Only a manager can start and stop the sending." in page
    assert "Keep sending off" not in page
    assert admin.post(PAGE, data={"reason": REASON}).status_code == 404
    assert admin.post(f"{PAGE}/stop", data={"why": REASON}).status_code == 404


def test_the_names_on_the_list_of_universities_are_checked_here(
    manager: FlaskClient, service_id: str
) -> None:
    lists.add_partners(by=machine(service_id), at=clock.now())
    page = manager.get(PAGE)
    shown = re.findall(r'name="id" value="(\w+)"', page.text)
    assert len(shown) == 6
    assert manager.post("/staff/governance/universities", data={"id": shown[:5]}).location == PAGE
    assert [place.id for place in institutions.unchecked()] == shown[5:], "only what stood on the page"
    manager.post("/staff/governance/universities", data={"id": [shown[5], "nobody"]})
    assert institutions.unchecked() == []
    assert "Nobody has checked the names" not in text(manager.get(PAGE))


def test_a_command_prints_the_same_and_fails_while_nothing_leaves(
    config: Config, portal: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up.first_time(at=clock.now())
    monkeypatch.setattr(cli, "_started", lambda: config)
    live(BOTH - {"email"})
    found = CliRunner().invoke(cli.main, ["go-live"])
    assert found.exit_code == 1
    assert "messaging: No mail server for e-mails is set up." in found.output
    assert "No provider for texts" not in found.output
    assert "institutions: Nobody has checked the names" in found.output
    assert "Nothing is sent until this is settled or a manager decides." in found.output


def test_the_command_knows_live_from_stopped(
    config: Config, manager: FlaskClient, opened: Open, service_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_started", lambda: config)

    def said() -> tuple[int, str]:
        found = CliRunner().invoke(cli.main, ["go-live"])
        return found.exit_code, found.output

    opened.things.clear()
    assert said() == (0, "Nothing stands in the way: the worker starts sending within a minute.\n")
    look(service_id)
    opened.things.append(FORMS)
    assert said() == (0, f"measures: {FORMS} (came up since)\nMessages are sent.\n")
    manager.post(f"{PAGE}/stop", data={"why": STOPPED})
    exit_code, output = said()
    assert exit_code == 1
    assert "A manager stopped the sending" in output


def test_what_is_settled_leaves_the_list(portal: FrozenClock, service_id: str) -> None:
    outlets.install(Outlets(is_demo=False, real=frozenset()))
    before = {blocker.words for blocker in queries.go_live().blockers}
    assert "No provider for texts is set up." in before
    by = machine(service_id)
    settings.decide(key="wording_compared_by", value="R. Lunt", reason="", by=by, at=clock.now())
    settings.decide(key="wording_compared_on", value="2026-11-30", reason="", by=by, at=clock.now())
    live()
    assert before - {blocker.words for blocker in queries.go_live().blockers} == {
        FORMS,
        "No provider for texts is set up.",
        "No mail server for e-mails is set up.",
    }
