"""Asking for support, question by question, as a student on a phone meets it."""

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.foundation import db
from student_portal.referral.models import Referral, ReferralDraft
from student_portal.referral.questions import QUESTIONS, TOTAL, number_of, question
from tests.support.asking import ANSWERS, Asking, list_a_university, text

pytestmark = pytest.mark.one_database


def kept() -> dict[str, dict[str, str]]:
    """The answers of the one draft there is."""
    with db.read() as session:
        return session.exec(select(ReferralDraft)).one().answers


def title(page: str) -> str:
    return re.search("<title>(.*)</title>", page).group(1)


@pytest.mark.hazard("H07")
def test_the_first_page_says_who_reads_it_and_that_nobody_watches(
    client: FlaskClient, service_id: str
) -> None:
    page = client.get("/join")
    assert page.status_code == 200
    assert "Nobody reads anything until you press Send" in text(page)
    assert "Nobody watches this page" in text(page)
    assert "You do not need a GP" in text(page)


def test_a_get_begins_nothing(client: FlaskClient, service_id: str) -> None:
    client.get("/join")
    client.get("/join/1")
    with db.read() as session:
        assert session.exec(select(ReferralDraft)).all() == []


@pytest.mark.hazard("H14")
def test_titles_and_addresses_tell_nothing(asking: Asking) -> None:
    asking.answer_all()
    for number in range(1, TOTAL + 1):
        page = asking.browser.get(f"/join/{number}").get_data(as_text=True)
        assert title(page) == f"Question {number} of {TOTAL} - Student portal"
        assert page.count("<h1") == 1


def test_every_question_has_help_a_way_back_and_a_way_to_stop(asking: Asking) -> None:
    asking.answer_all()
    for number in range(1, TOTAL + 1):
        page = asking.browser.get(f"/join/{number}").get_data(as_text=True)
        assert 'href="tel:999"' in page
        assert 'class="back"' in page
        assert "Save and come back later" in page


def test_each_answer_is_kept_at_once_and_shown_on_return(asking: Asking) -> None:
    asking.start()
    asking.answer("name", answer="Zoë O'Brien-Ng")
    asking.answer("born")
    asking.answer("institution", answer="another", more="Somewhere else")
    assert kept()["name"]["value"] == "Zoë O'Brien-Ng"
    assert 'value="Zoë O&#39;Brien-Ng"' in asking.open("name").get_data(as_text=True)
    assert 'value="2005"' in asking.open("born").get_data(as_text=True)
    shown = asking.open("institution").get_data(as_text=True)
    assert re.search(r'value="another" checked', shown)
    assert 'value="Somewhere else"' in shown


def test_nothing_is_chosen_before_the_student_chooses(asking: Asking) -> None:
    asking.start()
    asking.answer("name")
    asking.answer("born")
    assert " checked" not in asking.open("institution").get_data(as_text=True)


def test_nobody_can_jump_over_a_question(asking: Asking) -> None:
    asking.start()
    asking.answer("name")
    assert asking.open("gp").location == f"/join/{number_of('born')}"
    assert asking.answer("gp").location == f"/join/{number_of('born')}"
    assert asking.browser.get("/join/check").location == f"/join/{number_of('born')}"
    assert "gp" not in kept()


BAD = [
    ("name", {"answer": ""}, question("name").missing),
    ("name", {"answer": "🌊"}, "Use at least one letter, so that a person can say it"),
    ("name", {"answer": "x" * 10_000}, "That is too long for us to keep. Use 100 letters or fewer"),
    ("born", {"answer-day": "31", "answer-month": "4", "answer-year": "2005"}, "There is no such date"),
    ("institution", {"answer": ""}, question("institution").missing),
    ("institution", {"answer": "0" * 26}, question("institution").missing),
    ("contact", {"answer": "0151 496 0123"}, "Use a mobile number that starts with 07"),
    ("contact", {"answer": "my GP is Dr Smith"}, "It should look like 07700 900142"),
    ("safe", {"answer": "maybe", "more": "after 4pm"}, question("safe").missing),
    ("harm", {}, question("harm").missing),
    ("waiting", {"answer": "yes", "more": "long " * 200}, "Use 500 letters or fewer"),
    ("gp", {"answer": "<script>"}, question("gp").missing),
    ("service", {"answer": "maybe"}, question("service").missing),
]


@pytest.mark.parametrize(("key", "typed", "sentence"), BAD)
def test_a_slip_gets_a_sentence_and_keeps_what_was_typed(
    asking: Asking, key: str, typed: dict[str, str], sentence: str
) -> None:
    asking.start()
    for earlier in QUESTIONS[: number_of(key) - 1]:
        if earlier.key != "code":
            asking.answer(earlier.key)
    before = kept()
    page = asking.browser.post(f"/join/{number_of(key)}", data=typed)
    assert page.status_code == 400
    assert text(page).count(sentence) == 2, "once in the summary, once next to the field"
    assert title(page.get_data(as_text=True)).startswith("Error: ")
    assert kept() == before, "nothing half stored"
    if key in {"contact", "safe"}:
        assert f'value="{typed.get("more", typed["answer"])}"' in page.get_data(as_text=True)


def test_a_university_of_another_list_cannot_be_chosen(asking: Asking) -> None:
    from student_portal.audit.queries import machine
    from student_portal.foundation import clock
    from student_portal.institutions import service as institutions
    from student_portal.institutions.queries import OrganisationKind
    from student_portal.settings import queries as settings

    elsewhere = institutions.add(
        kind=OrganisationKind.PROVIDER,
        name="Not on this list",
        short_name="Elsewhere",
        pathways=[],
        by=machine(settings.service_id()),
        at=clock.now(),
    )
    asking.start()
    asking.answer("name")
    asking.answer("born")
    assert asking.answer("institution", answer=elsewhere).status_code == 400
    assert asking.answer("institution", answer=list_a_university("Newly listed")).status_code == 303


def test_the_gp_page_says_that_nobody_needs_one(asking: Asking) -> None:
    asking.answer_all()
    assert "You do not need one." in text(asking.open("gp"))


def test_another_number_must_be_proved_and_asked_about_again(asking: Asking) -> None:
    asking.answer_all()
    assert asking.answer("contact", answer="sam@example.com").location == f"/join/{number_of('safe')}"
    assert {"safe", "messages"}.isdisjoint(kept())
    page = asking.answer("safe")
    assert page.location == f"/join/{number_of('code')}"
    asking.prove()
    asking.answer("messages")
    assert "sam@example.com" in text(asking.browser.get("/join/check"))


def test_the_same_number_written_otherwise_stays_proved(asking: Asking) -> None:
    asking.answer_all()
    assert asking.answer("contact", answer="+44 7700 900142").location == "/join/check"


def test_scripts_and_templates_are_shown_and_not_run(asking: Asking) -> None:
    evil = "<script>alert(1)</script>{{7*7}}"
    asking.answer_all(name={"answer": evil}, waiting={"answer": "yes", "more": '"onfocus=alert(1) x="'})
    page = asking.browser.get("/join/check").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert '"onfocus=' not in asking.open("waiting").get_data(as_text=True)


def test_a_flood_of_text_is_refused_with_a_kind_page(asking: Asking) -> None:
    asking.start()
    page = asking.browser.post("/join/1", data={"answer": "x" * 200_000})
    assert page.status_code == 413
    assert 'href="tel:999"' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/join/0", f"/join/{TOTAL + 1}", "/join/999999999999", "/join/-1", "/join/x"]
)
def test_there_is_no_question_beyond_the_last(asking: Asking, path: str) -> None:
    asking.start()
    page = asking.browser.get(path)
    assert page.status_code == 404
    assert 'href="tel:999"' in page.get_data(as_text=True)


def test_crisis_words_are_never_read_by_the_machine(asking: Asking) -> None:
    asking.answer_all(waiting={"answer": "no", "more": "I want to die"})
    asking.send()
    with db.read() as session:
        advice = session.exec(select(Referral)).one().advice
    assert advice == "likely_suitable"


def test_answers_given_here_are_those_of_the_story() -> None:
    assert set(ANSWERS) == {q.key for q in QUESTIONS if q.key != "code"}
