"""The questions as data: what every one of them owes a student."""

import re

import pytest

from student_portal.referral.question import Kind, Question, Section
from student_portal.referral.questions import QUESTIONS, TOTAL, number_of

NEVER = re.compile(
    r"\b(risk|severe|severity|attention|commit\w*|suicid\w*|cut|cutting|overdose\w*|must|invalid|failed|required)\b|!",
    re.IGNORECASE,
)


def words(question: Question) -> str:
    choices = [part for choice in question.choices for part in (choice.words, choice.hint)]
    said = (question.title, question.short, question.hint, question.more, question.missing)
    return " ".join((*said, *choices, *(question.note or ())))


def test_date_of_birth_stands_before_every_telling_question() -> None:
    telling = [q.key for q in QUESTIONS if q.section is Section.GOING_ON]
    assert all(number_of("born") < number_of(key) for key in telling)


def test_a_contact_is_proved_before_the_questions_that_follow_it() -> None:
    assert number_of("contact") < number_of("safe") < number_of("code") == number_of("safe") + 1


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.section is Section.GOING_ON])
def test_every_question_about_what_is_going_on_can_be_left_for_a_conversation(question: Question) -> None:
    assert "rather" in {choice.code for choice in question.choices}


def test_the_gp_page_says_that_nobody_needs_one() -> None:
    gp = next(q for q in QUESTIONS if q.key == "gp")
    assert "You do not need one." in gp.hint


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_are_calm_and_name_no_method(question: Question) -> None:
    assert NEVER.search(words(question)) is None
    assert question.missing, "no answer needs a sentence that says what to do"


def test_nobody_is_asked_for_a_number_an_address_or_a_diagnosis() -> None:
    asked = " ".join(q.title for q in QUESTIONS)
    assert re.search(r"NHS number|student number|postcode|address\b|diagnos|medic", asked) is None


def test_each_question_is_asked_once_and_each_choice_stands_once() -> None:
    assert len({q.key for q in QUESTIONS}) == TOTAL
    for question in QUESTIONS:
        codes = [choice.code for choice in question.choices]
        assert len(codes) == len(set(codes))
        assert bool(codes) == (question.kind in {Kind.CHOICE, Kind.PLACE})
