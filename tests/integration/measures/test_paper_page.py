"""The page on which staff enter a form: slips are caught, nothing typed is lost or stored by half."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries
from student_portal.messaging.models import MessageState, OutboundMessage
from student_portal.reminders import service as reminders
from student_portal.settings import queries as settings
from tests.integration.measures import story
from tests.integration.measures.conftest import Browser
from tests.integration.measures.hand import Phone, words
from tests.integration.measures.story import OFTEN
from tests.support import care

PAPER = {"mode": "paper", "day": "30/11/2026", **{f"item_{number}": "1" for number in range(1, 35)}}


@pytest.fixture
def therapist(client: FlaskClient, service_id: str) -> Viewer:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return care.at_desk(client)


@pytest.fixture
def page(session: SessionFacts) -> str:
    return f"/staff/measures/{session.id}/paper"


def waiting(session: SessionFacts) -> set[str]:
    """The kinds of message about this session that are still to be sent."""
    with db.read() as unit:
        queued = select(OutboundMessage.kind).where(
            OutboundMessage.about == session.id, OutboundMessage.state == MessageState.QUEUED
        )
        return set(unit.exec(queued))


def press(client: FlaskClient, page: str, do: str, **changed: str) -> TestResponse:
    """The button, with everything the page holds and these answers."""
    edition = re.search(r'name="edition" type="hidden" value="(\w+)"', client.get(page).text)
    assert edition
    given = {**PAPER, "edition": edition[1], "do": do, **changed}
    return client.post(page, data={name: value for name, value in given.items() if value})


def ticked(answer: TestResponse) -> dict[str, str]:
    """The boxes that are chosen on the page, by question."""
    return dict(re.findall(r'type="radio" id="[\w-]+" name="(\w+)" value="(\w+)" checked', answer.text))


def test_the_whole_form_stands_stacked_word_for_word_with_nothing_chosen(
    client: FlaskClient, page: str
) -> None:
    shown = client.get(page, query_string={"mode": "spoken"})
    assert ticked(shown) == {"mode": "spoken"}
    assert shown.text.count('<fieldset lang="en-GB" dir="ltr" translate="no">') == 34
    assert "Over the last week" in words(shown)
    assert "© CORE System Trust" in words(shown)
    assert "9. I have thought of hurting myself Not at all Only occasionally" in words(shown)
    assert words(shown).count("Not answered") == 34
    assert "<table" not in shown.text


@pytest.mark.hazard("H02")
def test_a_typing_error_is_seen_in_words_and_mended_before_anything_is_stored(
    client: FlaskClient, therapist: Viewer, session: SessionFacts, page: str
) -> None:
    check = press(client, page, "check", item_1="4", item_9="blank")
    assert "Check it against the paper" in words(check)
    assert "1. “I have felt terribly alone and isolated” Most or all the time" in words(check)
    assert "9. “I have thought of hurting myself” Not answered" in words(check)
    assert "33 of 34" in words(check)
    assert story.forms(session) == [], "nothing is stored by looking at it"
    changing = press(client, page, "change", item_1="4", item_9="blank")
    assert ticked(changing)["item_1"] == "4"
    assert ticked(changing)["item_9"] == "blank"
    stored = press(client, page, "store", item_1="2", item_9="blank")
    assert stored.location == f"/staff/caseload/{session.person_id}"
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    lines = queries.response(therapist, form.response_id).lines
    assert [line.chosen for line in (lines[0], lines[8])] == ["Sometimes", None]


def test_what_is_missing_is_said_beside_the_question_and_the_rest_is_kept(
    client: FlaskClient, session: SessionFacts, page: str
) -> None:
    for do in ("check", "store"):
        answer = press(client, page, do, item_5="", item_7="9", day="30/2/2026", mode="by post")
        assert answer.status_code == 400
        for sentence in (
            "Question 5: choose what was answered, or Not answered.",
            "Question 7: choose what was answered, or Not answered.",
            "Write the date like 3/12/2026.",
            "Choose how it was filled in.",
        ):
            assert words(answer).count(sentence) == 2, "in the list, and beside it"
        assert len(ticked(answer)) == 32
        assert 'value="30/2/2026"' in answer.text
    assert "It can have been filled in from" in words(press(client, page, "store", day="31/12/2026"))
    assert story.forms(session) == []


def test_an_empty_form_and_one_from_another_page_are_not_stored(
    client: FlaskClient, session: SessionFacts, page: str
) -> None:
    blank = {f"item_{number}": "blank" for number in range(1, 35)}
    assert "Nothing is answered on this form" in words(press(client, page, "store", **blank))
    assert "That page was from another form" in words(press(client, page, "store", edition="another"))
    assert story.forms(session) == []


def test_store_pressed_twice_stores_once_and_what_was_sent_meanwhile_is_not_overwritten(
    client: FlaskClient, student: Viewer, session: SessionFacts, page: str
) -> None:
    open_page = client.get(page).text
    edition = re.search(r'name="edition" type="hidden" value="(\w+)"', open_page)
    assert edition
    data = {**PAPER, "edition": edition[1], "do": "store"}
    assert client.post(page, data=data).status_code == 303
    assert client.post(page, data=data).status_code == 303
    assert len(story.forms(session)) == 1
    other = client.post(page, data={**data, "item_1": "3"})
    assert other.status_code == 409
    assert "There is nothing to enter." in words(other)
    assert "This form came in on" in words(client.get(page))


@pytest.mark.hazard("H13")
def test_begun_on_the_phone_it_says_how_far_and_never_what_and_the_student_is_told_kindly(
    client: FlaskClient,
    browser: Browser,
    student: Viewer,
    session: SessionFacts,
    page: str,
    portal: FrozenClock,
) -> None:
    story.save(student, session, 1, OFTEN)
    shown = client.get(page)
    assert "1 of 34 answered on their phone, not sent." in words(shown)
    assert ticked(shown) == {}
    press(client, page, "store")
    told = Phone(browser(session.person_id, session.id), session, portal).open()
    assert told.startswith("Filled in with your therapist")
    assert "You filled this in on paper, and your therapist copied it here." in told
    assert "nobody saw those answers, and they are gone" in told
    home = words(browser(session.person_id).get("/home"))
    assert "Sent Filled in with your therapist." in home


def test_no_text_asks_for_a_form_that_was_entered(
    client: FlaskClient, session: SessionFacts, page: str
) -> None:
    reminders.plan(by=machine(settings.service_id()), at=clock.now())
    assert "form_link" in waiting(session)
    press(client, page, "store")
    assert "form_link" not in waiting(session)


@pytest.mark.parametrize(
    ("mode", "short", "whole"),
    [
        (
            "paper",
            "Form on paper",
            "On paper, filled in Monday 30 November. Entered Monday 30",
        ),
        ("spoken", "Form told to R. Okafor", "Told to R. Okafor Monday 30 November. Entered"),
    ],
)
def test_wherever_staff_see_the_form_they_see_how_it_came_in(
    client: FlaskClient,
    session: SessionFacts,
    page: str,
    portal: FrozenClock,
    mode: str,
    short: str,
    whole: str,
) -> None:
    record = f"/staff/caseload/{session.person_id}"
    assert "Enter a paper form" in words(client.get(record))
    press(client, page, "store", mode=mode)
    shown = words(client.get(record))
    assert shown.count(whole) == 2, "by the words to read and by the scores"
    assert whole in words(client.get(f"{record}/forms"))
    assert short in shown
    assert "Enter a paper form" not in shown
    assert short in words(client.get("/staff/caseload/students"))
    portal.move_to(care.at(12, 2, 9))
    assert short in words(client.get("/staff/caseload"))
