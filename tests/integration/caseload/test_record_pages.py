"""The four pages of one student's record: each says its part, and leaves its own line in the activity log."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.audit import queries as audit
from student_portal.caseload import service as caseload
from student_portal.caseload.views import pages
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures.models import FormReading
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.asking import text
from tests.support.care import at

PAGES = {"": "caseload.open", "/forms": "caseload.forms", "/notes": "caseload.notes"}
PAGES["/reaching"] = "caseload.reaching"


@pytest.fixture
def record(person_id: str) -> str:
    return f"/staff/caseload/{person_id}"


@pytest.mark.hazard("H21")
def test_each_page_leads_to_the_others_and_is_written_down_as_what_it_is(
    client: FlaskClient, episode_id: str, person_id: str, record: str
) -> None:
    for page, verb in PAGES.items():
        shown = client.get(record + page)
        assert shown.status_code == 200
        assert [line.verb for line in audit.about(person_id)].count(verb) == 1
        tabs = re.search(r'<nav class="parts".*?</nav>', shown.text, re.DOTALL)
        assert tabs
        assert re.findall(r'href="([^"]+)"', tabs.group()) == [record + each for each in PAGES]
        assert f'href="{record}{page}" aria-current="page"' in tabs.group()


def test_none_of_them_opens_to_who_may_not_see_the_student(
    client: FlaskClient, episode_id: str, record: str
) -> None:
    other = client.application.test_client()
    care.at_desk(other, "J. Lindqvist")
    assert {other.get(record + page).status_code for page in PAGES} == {404}


def test_only_the_forms_whose_answers_a_page_shows_count_as_read(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    first, second, *_ = care.sessions(therapist, episode_id)
    for facts, day in ((first, 2), (second, 9)):
        portal.move_to(at(12, day, 9))
        care.send_form(facts.id, *[1] * 5, 0)
    client.get(record)
    assert readings() == 1, "the older form stands there as a score only"
    client.get(f"{record}/notes")
    client.get(f"{record}/reaching")
    assert readings() == 1
    client.get(f"{record}/forms")
    assert readings() == 2


def readings() -> int:
    with db.read() as unit:
        return len(unit.exec(select(FormReading)).all())


def test_the_plan_of_the_latest_note_that_has_one_stands_beside_the_line(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    portal.move_to(at(12, 9, 15))
    first, second, *_ = care.sessions(therapist, episode_id)
    assert "Plan from session" not in text(client.get(record))
    for facts, plan in ((first, "Two <b>walks</b>."), (second, "")):
        caseload.save_note(
            session_id=facts.id,
            formulation="Exams.",
            plan=plan,
            seen_version=0,
            seen_draft=0,
            by=therapist,
            at=clock.now(),
        )
    shown = client.get(record)
    assert "Plan from session 1 Two" in text(shown)
    assert "Two &lt;b&gt;walks&lt;/b&gt;." in shown.text
    assert "Exams." not in shown.text, "the rest stands with the notes"
    assert "Exams." in client.get(f"{record}/notes").text


def test_of_a_long_course_the_sessions_around_the_coming_one_are_listed_and_the_line_shows_all(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert "All 6 sessions" not in text(client.get(record))
    monkeypatch.setattr(pages, "AT_ONCE", 4)
    around = {1: "1234", 2: "1234", 3: "1234", 4: "2345", 5: "3456", 6: "3456"}
    for facts in care.sessions(therapist, episode_id):
        assert facts.starts_at
        portal.move_to(facts.starts_at)
        short = client.get(record)
        assert listed(short.text) == [*around[facts.number]]
        assert short.text.count('<tr><th scope="row">') == 6
    portal.move_to(portal.now() + timedelta(days=9))
    short = client.get(record)
    assert listed(short.text) == [*"3456"], "nothing is to come"
    link = re.search(r'href="([^"]+)">All 6 sessions', short.text)
    assert link
    assert listed(client.get(link.group(1)).text) == ["1", "2", "3", "4", "5", "6"]


def listed(page: str) -> list[str]:
    """The numbers of the sessions that stand one below the other."""
    rows = re.search(r'<ul class="rows day">.*?</ul>', page, re.DOTALL)
    assert rows
    return re.findall(r"<li><b>Session (\d+)</b>", rows.group())


def test_an_older_alert_that_was_read_today_stays_beside_what_to_write_down_until_tomorrow(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    first, second, *_ = care.sessions(therapist, episode_id)
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id, *[1] * 8, 2)
    portal.move_to(at(12, 9, 9))
    care.send_form(second.id, *[1] * 5, 0)
    waiting = re.search(r'action="(/staff/alerts/\w+/read)"', client.get(record).text)
    assert waiting
    address = waiting.group(1)
    done = client.post(
        address, data={"version": re.search(r'name="version" value="(\d+)"', client.get(record).text)[1]}
    )
    assert done.location.partition("#")[0] == record
    shown = client.get(record)
    assert f'id="{done.location.partition("#")[2]}"' in shown.text
    assert address.replace("/read", "/did") in shown.text
    portal.move_to(at(12, 10, 9))
    assert address.replace("/read", "/did") not in client.get(record).text
    assert address.replace("/read", "/did") in client.get(f"{record}/forms").text


def test_every_message_can_be_read_page_by_page(
    client: FlaskClient, therapist: Viewer, person_id: str, record: str
) -> None:
    for minute in range(30):
        messaging.queue(
            kind="day_before",
            channel=Channel.SMS,
            recipient_id=person_id,
            facts={},
            about=None,
            due_at=at(11, 30, 11, minute),
            expires_at=at(12, 1),
            by=therapist,
            at=clock.now(),
        )
    first = client.get(record + "/reaching").text
    second = client.get(record + "/reaching?page=2").text
    told = [re.findall(r"at (11:\d\dam|11am): waits", page) for page in (first, second)]
    assert len(told[0]) == 25
    assert told[0][0] == "11:29am"
    assert set(told[0]) | set(told[1]) >= {f"11:{minute:02}am" for minute in range(1, 30)} | {"11am"}
    assert "Page 1 of 2" in first
    assert "Page before" in second
