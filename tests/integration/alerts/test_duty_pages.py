"""What everybody on duty sees, and whose names only some do."""

import re

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.alerts import queries
from student_portal.audit import queries as audit
from student_portal.duty import queries as duty
from student_portal.duty import service as tasks
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, as_one, pass_until, team
from tests.support.staff import signed_in


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def alert_id(people: Team) -> str:
    facts = care.sessions(people.robin, care.in_therapy(people.robin))[0]
    return people.raised(facts.person_id, facts.id, at(12, 7))


@pytest.mark.hazard("H01")
def test_where_nobody_stands_in_the_pages_lead_to_the_rota(
    client: FlaskClient, people: Team, alert_id: str, portal: FrozenClock
) -> None:
    """From the answer on the duty page, and from the task that a step found nobody makes."""
    people.goes_away("jo", at(11, 29))
    people.goes_away("max", at(11, 29))
    browser, to_rota = as_one(client, people.max), 'href="/staff/alerts/rota#turns"'
    assert to_rota not in browser.get("/staff/alerts/duty").text
    pass_until(Phone(portal), at(11, 30, 14))
    assert to_rota in browser.get("/staff/alerts/duty").text
    assert to_rota in browser.get("/staff/alerts/tasks").text
    assert to_rota not in signed_in(client, Role.ADMIN).get("/staff/alerts/duty").text


def test_a_page_below_a_main_link_marks_that_link(client: FlaskClient, people: Team) -> None:
    task_id = call_back(people, str(people.robin.person_id))
    browser = as_one(client, people.robin)
    for page, link in (("running", "On duty"), (f"tasks/{task_id}/done", "Tasks"), ("rota/leave", "Rota")):
        shown = browser.get(f"/staff/alerts/{page}").text
        assert re.findall(r'aria-current="page">([^<]+)<', shown) == [link], page


def call_back(people: Team, owner_id: str | None, person_id: str | None = None) -> str:
    return tasks.raise_task(
        kind=duty.TaskKind.CALL_BACK, subject=("thing", "x" * 26), person_id=person_id, owner_id=owner_id,
        due_at=at(11, 30, 12), by=people.by, at=clock.now(),
    )  # fmt: skip


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", [Role.LIAISON, Role.ADMIN, Role.MANAGER])
def test_everybody_sees_that_something_is_unread_and_whose_but_not_about_whom(
    client: FlaskClient, people: Team, alert_id: str, portal: FrozenClock, role: Role
) -> None:
    pass_until(Phone(portal), at(11, 30, 14))
    page = text(signed_in(client, role).get("/staff/alerts/duty"))
    assert "A student of Robin Okafor Overdue Robin Okafor’s to read." in page
    assert "Was due today at 2pm." in page
    assert "at 2pm: Jo Lindqvist was told, who stands in." in page
    assert "Sam" not in page


@pytest.mark.hazard("H01")
def test_its_owner_sees_the_name_and_the_reading_is_recorded(
    client: FlaskClient, people: Team, alert_id: str
) -> None:
    page = text(as_one(client, people.robin).get("/staff/alerts/duty"))
    assert "Sam Ashby Not read yet Yours to read. Sent today at 10am. Due today at 2pm." in page
    assert (
        "Stands in for Robin Okafor Jo Lindqvist Stands in for Jo Lindqvist Nobody Manager Max Ferry" in page
    )
    assert "alerts.duty" in audit.verbs(["alerts.duty"])


@pytest.mark.hazard("H01")
def test_an_overdue_answer_stands_above_every_page_of_the_team(
    client: FlaskClient, people: Team, alert_id: str, portal: FrozenClock
) -> None:
    signed_in(client, Role.ADMIN)
    line = "1 thing to read is overdue: Robin Okafor’s."
    assert line not in text(client.get("/staff/signposting"))
    portal.forward(hours=4)
    as_one(client, people.max)
    assert line in text(client.get("/staff/signposting"))


@pytest.mark.hazard("H01")
def test_an_empty_list_says_when_it_was_looked_at_and_never_that_all_is_well(
    client: FlaskClient, people: Team
) -> None:
    as_one(client, people.jo)
    page = text(client.get("/staff/alerts/duty"))
    assert "Nothing is waiting to be read, as at Monday 30 November at 10am. This says only" in page
    page = text(client.get("/staff/alerts/tasks"))
    assert "Nothing is yours to do. Looked at Monday 30 November at 10am." in page


def test_a_task_is_taken_handed_over_and_done_with_a_note(client: FlaskClient, people: Team) -> None:
    task_id = call_back(people, None)
    as_one(client, people.robin)
    assert "Call back" in text(client.get("/staff/alerts/tasks?whose=team"))
    client.post(f"/staff/alerts/tasks/{task_id}/claim")
    assert duty.open_task(task_id).owner_id == people.robin.person_id
    page = f"/staff/alerts/tasks/{task_id}/hand-over"
    shown = client.get(page)
    assert "Jo Lindqvist" in text(shown)
    refused = client.post(page, data=hidden(shown) | {"to": "somebody else"})
    assert (refused.status_code, duty.open_task(task_id).owner_id) == (400, people.robin.person_id)
    assert "They cannot take it now. Choose somebody else." in text(refused)
    client.post(page, data=hidden(shown) | {"to": people.jo.person_id})
    assert duty.open_task(task_id).owner_id == people.jo.person_id
    assert client.get(f"/staff/alerts/tasks/{task_id}/done").status_code == 200
    as_one(client, people.jo)
    refused = client.post(f"/staff/alerts/tasks/{task_id}/done", data={"note": " "})
    assert refused.status_code == 400
    assert "Write in a few words what you did." in text(refused)
    client.post(f"/staff/alerts/tasks/{task_id}/done", data={"note": "Rang them."})
    assert duty.task_for(duty.TaskKind.CALL_BACK, "x" * 26) is None


def test_whoever_is_second_to_take_a_task_is_told(client: FlaskClient, people: Team) -> None:
    task_id = call_back(people, str(people.jo.person_id))
    as_one(client, people.robin)
    assert client.post(f"/staff/alerts/tasks/{task_id}/claim").status_code == 403
    tasks.finish_task(
        kind=duty.TaskKind.CALL_BACK, subject_id="x" * 26, note="", by=people.jo, at=clock.now()
    )
    assert client.post(f"/staff/alerts/tasks/{task_id}/claim").status_code == 404


def test_a_hand_over_of_what_was_changed_meanwhile_is_shown_again(client: FlaskClient, people: Team) -> None:
    task_id = call_back(people, str(people.robin.person_id))
    as_one(client, people.robin)
    page = f"/staff/alerts/tasks/{task_id}/hand-over"
    stale = hidden(client.get(page))
    tasks.give_task(task_id=task_id, owner_id=people.jo.person_id, by=people.max, at=clock.now())
    tasks.give_task(task_id=task_id, owner_id=people.robin.person_id, by=people.max, at=clock.now())
    answer = client.post(page, data=stale | {"to": people.jo.person_id})
    assert answer.status_code == 409
    assert "Somebody changed this after you opened the page." in text(answer)
    again = client.post(page, data=hidden(answer) | {"to": people.jo.person_id})
    assert again.status_code == 303


@pytest.mark.hazard("H21")
def test_a_task_about_somebody_elses_student_names_nobody(
    client: FlaskClient, people: Team, alert_id: str
) -> None:
    alert = queries.find_unread(alert_id)
    assert alert
    task_id = call_back(people, str(people.robin.person_id), alert.person_id)
    as_one(client, people.jo)
    page = text(client.get("/staff/alerts/tasks?whose=all"))
    assert "A student whose record you cannot open" in page
    assert "Sam" not in page
    for action in ("claim", "hand-over", "done"):
        assert client.post(f"/staff/alerts/tasks/{task_id}/{action}").status_code == 404


@pytest.mark.hazard("H01")
def test_a_number_for_texts_on_duty_is_ones_own(client: FlaskClient, people: Team) -> None:
    as_one(client, people.max)
    for wrong in ("0151 496 0000", "max@example.com", "07700"):
        answer = client.post("/staff/accounts/reach", data={"phone": wrong})
        assert answer.status_code == 400
        assert wrong in answer.text
    client.post("/staff/accounts/reach", data={"phone": "07700 900303"})
    assert accounts.staff_phone(str(people.max.person_id)) == "07700 900303"
    client.post("/staff/accounts/reach", data={"phone": ""})
    assert accounts.staff_phone(str(people.max.person_id)) == ""
