"""The student's pages, as a phone without scripts meets them."""

import re
from collections.abc import Callable

import pytest

from student_portal.access.queries import Viewer
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries
from tests.integration.measures import story
from tests.integration.measures.conftest import Browser
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, SOMETIMES
from tests.support import care

HELP_NOW = "You can talk to someone now."
PAUSE = "Before you go on"


@pytest.mark.hazard("H07")
def test_the_whole_way_from_the_first_page_to_sent(
    hand: Phone, therapist: Viewer, session: SessionFacts
) -> None:
    first = hand.open()
    assert "Answers are seen only after you press Send." in first
    assert "Nobody is watching while you fill this in." in first
    assert "34 short questions, about 8 minutes" in first
    assert "today until 5pm" in first
    assert "IMPORTANT - PLEASE READ THIS FIRST" in first
    question = hand.post()
    assert hand.where == "/1"
    assert "Over the last week 1. I have felt terribly alone and isolated" in question
    for item in range(1, 35):
        assert hand.where == f"/{item}"
        hand.tap(item, NOT_AT_ALL)
    assert hand.where == "/check"
    check = hand.text
    assert "Nothing is sent until you press Send. 34 of 34 questions are answered." in check
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', hand.page.text)
    assert seen
    sent = hand.post("/send", seen=seen[1])
    assert hand.where == "/sent"
    assert "We have your answers." in sent
    assert "Nobody watches in between" in sent
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.score() is not None


def test_saved_is_said_only_of_what_the_database_has(hand: Phone, session: SessionFacts) -> None:
    assert "saved" not in hand.post().split("Question 1 of 34")[1].split("Over the last week")[0]
    assert "Answer 1 saved" in hand.tap(1, SOMETIMES)
    assert "Answers 1 to 2 saved" in hand.tap(2, SOMETIMES)
    assert "3 answers saved" in hand.tap(7, SOMETIMES)
    assert story.stored(session) == {1: SOMETIMES, 2: SOMETIMES, 7: SOMETIMES}


@pytest.mark.hazard("H09")
def test_closing_the_browser_at_question_12_goes_on_at_13(
    hand: Phone, another_hand: Callable[[bool], Phone]
) -> None:
    hand.post()
    for item in range(1, 13):
        hand.tap(item, SOMETIMES if item == 9 else NOT_AT_ALL)
    later = another_hand(False)
    assert "13. I have been disturbed by unwanted thoughts and feelings" in later.open()
    assert later.where == "/13"


@pytest.mark.hazard("H13")
def test_what_was_answered_before_is_not_shown_until_the_student_signs_in(
    hand: Phone, another_hand: Callable[[bool], Phone], session: SessionFacts
) -> None:
    hand.post()
    hand.tap(1, OFTEN)
    later = another_hand(False)
    back = later.open("/1")
    assert "You answered this before. It is not shown" in back
    assert later.chosen == []
    assert "isolated Answered Change" in later.open("/check")
    assert "Often" not in later.text
    later.post("/1")  # Continue without choosing keeps it
    assert later.where == "/2"
    assert story.stored(session) == {1: OFTEN}
    signed_in = another_hand(True)
    signed_in.open("/1")
    assert signed_in.chosen == [str(OFTEN)]
    assert "isolated Often Change" in signed_in.open("/check")


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("word", [1, 2, 3, 4])
def test_the_first_safety_answer_brings_the_pause_page_and_every_word_brings_the_same(
    hand: Phone, word: int
) -> None:
    hand.post()
    page = hand.tap(9, word)
    assert hand.where == "/pause"
    assert page.startswith(PAUSE)
    assert "Nobody is reading it right now." in page
    assert "Call 111" in page
    assert "Call 999" in page
    assert not re.search("hurting|Not at all|Only occasionally|Sometimes|Often|Most or", page)
    assert "/10" in hand.page.text, "Continue"
    assert "/9" in hand.page.text, "Back to the question"


@pytest.mark.hazard("H01")
def test_later_safety_answers_bring_help_on_the_next_page_in_the_same_answer(hand: Phone) -> None:
    hand.post()
    hand.tap(9, SOMETIMES)
    assert HELP_NOW not in hand.open("/10")
    assert HELP_NOW in hand.tap(16, SOMETIMES)
    assert hand.where == "/17"
    block = hand.page.text.split("Someone to talk to now", 1)[1].split("</section>")[0]
    assert 'href="tel:999"' in block
    assert 'href="tel:111"' in block
    assert 'href="sms:' in block
    assert 'href="/help"' in block
    assert HELP_NOW in hand.open("/17"), "a refresh does not lose it"
    assert HELP_NOW not in hand.tap(17, SOMETIMES)
    assert HELP_NOW in hand.tap(34, SOMETIMES)
    assert hand.where == "/check"


def test_not_at_all_on_a_safety_question_goes_on_as_any_other(hand: Phone) -> None:
    hand.post()
    assert HELP_NOW not in hand.tap(9, NOT_AT_ALL)
    assert hand.where == "/10"


def test_skipping_takes_one_gentle_prompt(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    assert "Do you want to skip this one?" in hand.post("/1", skip="ask")
    assert hand.where == "/1"
    assert story.stored(session) == {}
    hand.post("/1", skip="sure")
    assert hand.where == "/2"
    assert story.stored(session) == {1: None}
    assert "Not answered That is fine." in hand.open("/check")


def test_continue_without_an_answer_says_what_to_do_and_a_refresh_sends_nothing(hand: Phone) -> None:
    hand.post()
    assert "Choose one of the answers, or skip this question." in hand.post("/1")
    assert "<title>Error: Question 1 of 34" in hand.page.text
    assert hand.page.request.method == "GET"


def test_changing_an_answer_from_the_check_page_comes_back_to_it(
    browser: Browser, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    story.fill(student, session, {})
    hand = Phone(browser(session.person_id), session, portal)
    hand.open("/3")
    assert hand.chosen == [str(NOT_AT_ALL)]
    hand.tap(3, OFTEN)
    assert hand.where == "/check"


def test_double_tap_and_back_and_forward_leave_one_form(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.post()
    for position in (OFTEN, OFTEN, SOMETIMES):
        hand.tap(1, position)
    hand.open("/1")
    assert hand.chosen == [str(SOMETIMES)]
    hand.post("/send")
    hand.post("/send")
    assert hand.where == "/sent"
    assert len(story.forms(session)) == 1


def test_after_send_every_page_leads_to_sent_and_nothing_is_added(
    hand: Phone, another_hand: Callable[[bool], Phone], therapist: Viewer, session: SessionFacts
) -> None:
    other_tab = another_hand(False)
    hand.post()
    hand.tap(1, SOMETIMES)
    hand.post("/send")
    (form,) = story.forms(session)
    before = queries.response(therapist, form.id)
    said = other_tab.tap(2, OFTEN)
    assert "The answer you gave just now came after that, so it was not added." in said
    for page in ("", "/1", "/check", "/pause", "/stop", "/sent"):
        assert "We have your answers." in hand.open(page)
        assert "Sometimes" not in hand.text
    assert queries.response(therapist, form.id) == before


def test_two_tabs_on_the_check_page_send_what_was_seen(hand: Phone, session: SessionFacts) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    hand.open("/check")
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', hand.page.text)
    assert seen
    hand.tap(1, OFTEN)
    again = hand.post("/send", seen=seen[1])
    assert "Some answers changed after you opened this page" in again
    assert story.stored(session) == {1: OFTEN}


def test_not_this_time_is_said_kindly_and_can_be_taken_back(hand: Phone) -> None:
    hand.open()
    assert "Your session goes ahead as it is." in hand.post("/decline")
    hand.post()
    assert hand.where == "/1"


@pytest.mark.hazard("H04")
def test_withdrawing_forms_on_the_phone_counts_from_the_next_tap(
    browser: Browser, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    hand = Phone(browser(session.person_id), session, portal)
    hand.post()
    hand.tap(1, SOMETIMES)
    portal.forward(seconds=1)
    consent.record(
        person_id=session.person_id,
        scope=Scope.DIGITAL_FORMS,
        decision=Decision.WITHDRAWN,
        text_version="1",
        language="en-GB",
        channel="portal",
        by=student,
        at=clock.now(),
    )
    assert "You chose not to fill in forms here" in hand.tap(2, SOMETIMES)
    assert "You chose not to fill in forms here" in hand.post("/send")
    for page in ("", "/1", "/check", "/pause", "/stop"):
        assert "You chose not to fill in forms here" in hand.open(page)
    assert story.stored(session) == {1: SOMETIMES}


def test_stopping_says_what_is_kept(hand: Phone) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    said = hand.open("/stop")
    assert "1 of 34 questions are answered, and saved." in said
    assert "You can send it until Wednesday 2 December at 3pm." in said


def test_closed_not_open_and_undated_forms_say_so(
    hand: Phone, browser: Browser, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    next_form = Phone(browser(sessions[1].person_id), sessions[1], portal)
    assert "It opens on Sunday 6 December at 8am." in next_form.open()
    hand.post()
    hand.tap(1, SOMETIMES)
    portal.move_to(care.at(12, 2, 16))
    said = hand.tap(2, SOMETIMES)
    assert "It could be sent until Wednesday 2 December at 3pm." in said
    assert "it is destroyed on Wednesday 16 December" in said
    assert "so it was not added" in said


@pytest.mark.hazard("H02")
def test_somebody_elses_form_does_not_exist(
    hand: Phone, browser: Browser, therapist: Viewer, sessions: tuple[SessionFacts, ...]
) -> None:
    stranger = browser(care.person(therapist.service_id, "Another One"))
    own_link = browser(sessions[0].person_id, sessions[0].id)
    for client, session_id in ((stranger, sessions[0].id), (own_link, sessions[1].id), (stranger, "nothing")):
        for path in ("", "/1", "/check", "/pause", "/sent", "/stop"):
            assert client.get(f"/form/{session_id}{path}").status_code == 404
        for path in ("", "/1", "/send", "/decline"):
            assert client.post(f"/form/{session_id}{path}", data={"answer": "1"}).status_code == 404
    assert story.forms(sessions[0]) == []


@pytest.mark.hazard("H14")
def test_addresses_and_titles_say_nothing(hand: Phone) -> None:
    hand.post()
    hand.tap(9, SOMETIMES)
    for path in ("?first=1", "/1", "/9?ask=skip", "/pause", "/check", "/stop", "/sent"):
        hand.open(path)
        title = re.search("<title>(.*)</title>", hand.page.text)
        assert title
        assert re.fullmatch(
            r"(Before you start|Before you go on|Question \d+ of 34|Check your answers|Stop here for now)"
            r" - Student portal",
            title[1],
        )
        assert hand.page.text.count("<h1") == 1
        assert not re.search(r"style=|<script(?![^>]*nonce)", hand.page.text)


def test_the_licence_line_and_the_period_stand_on_every_page_with_a_question(hand: Phone) -> None:
    hand.post()
    hand.tap(1, SOMETIMES)
    for path in ("/1", "/2", "/check"):
        page = hand.open(path)
        assert "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf" in page
        assert "Over the last week" in page
