"""All questions on one scrolling page: saved together or not at all, and nothing moves on by itself."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from questionnaires import load
from student_portal.access.queries import Viewer
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.errors import NotFound, Refused
from student_portal.measures import queries, service
from student_portal.measures.queries import FormLayout
from student_portal.settings import service as settings
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import MOST, NOT_AT_ALL, OFTEN, ONLY_OCCASIONALLY, SOMETIMES, stored

AnotherHand = Callable[[bool], Phone]


@pytest.fixture(autouse=True)
def on_one_page(student: Viewer, hand: Phone) -> None:
    service.choose_layout(layout=FormLayout.PAGE, by=student, at=clock.now())
    hand.post()


def boxes(**ticked: int) -> dict[str, str]:
    return {question: str(position) for question, position in ticked.items()}


def was(hand: Phone) -> str:
    """What the page showed as chosen."""
    found = re.search(r'name="was"[^>]*value="([^"]*)"', hand.page.text)
    assert found
    return found[1]


def test_every_question_stands_there_once_in_order_and_none_is_chosen(hand: Phone) -> None:
    page = hand.open("/all")
    places = [page.index(f"{item.number}. {item.text}") for item in load("core_om").items]
    assert places == sorted(places)
    assert hand.page.text.count('type="radio"') == 34 * 5
    assert " checked" not in hand.page.text
    assert "Over the last week" in page
    assert "© CORE System Trust" in page


def test_start_leads_there_and_what_is_chosen_is_saved_at_once_by_one_button(
    hand: Phone, session: SessionFacts
) -> None:
    hand.post()
    assert hand.where == "/all"
    hand.post("/all", **boxes(q1=SOMETIMES, q2=OFTEN, q34=NOT_AT_ALL), then="stop")
    assert "3 of 34 questions are answered, and saved." in hand.text
    assert stored(session) == {1: SOMETIMES, 2: OFTEN, 34: NOT_AT_ALL}


def test_check_saves_too_and_names_what_is_missing_with_a_way_to_it(
    hand: Phone, session: SessionFacts
) -> None:
    hand.post("/all", **boxes(q1=SOMETIMES), then="check")
    assert hand.where == "/check"
    assert "1 of 34 questions are answered." in hand.text
    assert f"{hand.form}/all#q2" in hand.page.text
    assert stored(session) == {1: SOMETIMES}


def test_what_was_saved_stands_chosen_until_the_proof_ends(hand: Phone, another_hand: AnotherHand) -> None:
    hand.post("/all", **boxes(q1=SOMETIMES), then="stop")
    hand.open("/all")
    assert hand.chosen == [str(SOMETIMES)]
    later = another_hand(False)
    assert "Answered before. Not shown." in later.open("/all")
    assert later.chosen == []
    later.post("/all", **boxes(q2=OFTEN), then="stop")
    assert "2 of 34 questions are answered" in later.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"q3": "5"}, "Question 3: Choose one of the answers, or leave this one out."),
        ({"q3": "O"}, "Question 3: Choose one of the answers, or leave this one out."),
        ({"q3": ["1", "2"]}, "Question 3: Choose one of the answers, or leave this one out."),
        ({"q35": "1"}, "That page was from another form, so nothing was saved."),
        ({"q0": "1"}, "That page was from another form, so nothing was saved."),
        ({"qx": "1"}, "That page was from another form, so nothing was saved."),
        ({"edition": "another"}, "That page was from another form, so nothing was saved."),
    ],
)
def test_one_wrong_answer_keeps_none_and_everything_stands_as_it_was_chosen(
    hand: Phone, session: SessionFacts, typed: dict[str, object], said: str
) -> None:
    answer = hand.client.post(f"{hand.form}/all", data={"q1": "2", "q2": "4", **typed, "then": "check"})
    assert answer.status_code == 400
    assert said in re.sub(r"\s+", " ", answer.text)
    assert re.findall(r'id="(q[12]-\d)"[^>]*checked', answer.text) == ["q1-2", "q2-4"]
    assert 'href="tel:999"' in answer.text
    assert stored(session) == {}


def test_an_item_that_does_not_exist_keeps_the_others_out_too(student: Viewer, session: SessionFacts) -> None:
    for wrong, refusal in (({1: SOMETIMES, 35: 1}, NotFound), ({1: SOMETIMES, 2: 5}, Refused)):
        with pytest.raises(refusal):
            service.save_answers(
                session_id=session.id, answers=wrong, proof_id=None, by=student, at=clock.now()
            )
    assert stored(session) == {}


@pytest.mark.hazard("H09")
def test_an_old_page_does_not_undo_what_another_tab_saved_meanwhile(
    hand: Phone, session: SessionFacts
) -> None:
    hand.post("/all", **boxes(q1=SOMETIMES, q2=OFTEN), then="stop")
    hand.open("/all")
    old = was(hand)
    hand.post("/all", **boxes(q1=MOST, q2=OFTEN), was=old, then="stop")
    hand.post("/all", **boxes(q1=SOMETIMES, q2=OFTEN, q3=OFTEN), was=old, then="stop")
    assert stored(session) == {1: MOST, 2: OFTEN, 3: OFTEN}
    assert "For each question the newest answer counts." in hand.text
    hand.post("/all", **boxes(q1=SOMETIMES), was=old.replace(str(SOMETIMES), str(MOST), 1), then="check")
    assert stored(session)[1] == SOMETIMES, "chosen afresh, it counts"


def test_the_same_page_sent_twice_changes_nothing_more(hand: Phone, session: SessionFacts) -> None:
    hand.open("/all")
    first = was(hand)
    for _ in range(2):
        hand.post("/all", **boxes(q1=SOMETIMES), was=first, then="check")
    assert stored(session) == {1: SOMETIMES}
    assert "Some answers changed after you opened this page" not in hand.text


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("word", [ONLY_OCCASIONALLY, SOMETIMES, OFTEN, MOST])
def test_the_pause_comes_once_for_all_that_was_saved_and_leads_back_and_on(
    hand: Phone, word: int, session: SessionFacts
) -> None:
    hand.post("/all", **boxes(q9=word, q16=word, q30=OFTEN), then="check")
    assert hand.where == "/pause"
    assert f"{hand.form}/all#q9" in hand.page.text
    assert f'action="{hand.form}/check"' in hand.page.text
    assert "You can talk to someone now." not in hand.open("/check")
    hand.open("/all")
    hand.post("/all", **boxes(q34=word, q33=OFTEN), was=was(hand), then="check")
    assert hand.where == "/check"
    assert "You can talk to someone now." in hand.text
    hand.open("/all")
    hand.post("/all", **boxes(q32=OFTEN), was=was(hand), then="check")
    assert "You can talk to someone now." not in hand.text


def test_a_student_sees_the_other_layout_and_stays_with_it(hand: Phone, another_hand: AnotherHand) -> None:
    hand.post("/all", **boxes(q1=SOMETIMES), then="stop")
    assert "One question a screen" in hand.open("/all")
    hand.post("/layout", layout="one")
    assert hand.where == "/2"
    assert "All questions on one page" in hand.text
    assert another_hand(False).open().startswith("Back")
    hand.post("/layout?first=1", layout="page")
    assert "A few questions before you meet" in hand.text
    refused = hand.client.post(f"{hand.form}/layout", data={"layout": "grid"})
    assert refused.status_code == 400


def test_the_services_setting_stands_until_the_student_chooses(
    therapist: Viewer, sessions: tuple[SessionFacts, ...], student: Viewer
) -> None:
    person_id = str(student.person_id)
    service.choose_layout(layout=FormLayout.ONE, by=student, at=clock.now())
    settings.decide(key="form_layout", value="page", reason="asked", by=therapist, at=clock.now())
    assert queries.own_form(student, sessions[0].id, at=clock.now()).layout is FormLayout.ONE
    assert person_id
    with pytest.raises(Refused, match="among"):
        settings.decide(key="form_layout", value="grid", reason="no", by=therapist, at=clock.now())


def test_going_live_waits_for_whoever_compared_the_words_and_asked_about_the_layout(
    therapist: Viewer, client: FlaskClient
) -> None:
    def decide(**settled: str) -> None:
        for key, value in settled.items():
            settings.decide(key=key, value=value, reason="so", by=therapist, at=clock.now())

    with client.application.test_request_context():
        assert [sentence[:16] for sentence in queries.go_live_blockers()] == ["Nobody has compa"]
        decide(wording_compared_by="A. Person", wording_compared_on="2026-11-30")
        assert queries.go_live_blockers() == []
        decide(form_layout="page")
        assert "copyright holder" in queries.go_live_blockers()[0]
        decide(layout_asked_by="A. Person", layout_asked_on="2026-11-30")
        assert queries.go_live_blockers() == []
