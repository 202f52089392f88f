"""What a student may type: every slip gets a sentence that says what to do, and keeps what was typed."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.foundation import i18n
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions.queries import Listed
from student_portal.referral.draft import Draft
from student_portal.referral.forms import QuestionForm, form_for, tidy
from student_portal.referral.questions import QUESTIONS, question

PLACES = [Listed("0" * 26, "University of Anywhere", "Anywhere")]
EMPTY = Draft("draft", {}, False)


@pytest.fixture(scope="module")
def app() -> Flask:
    made = Flask("forms")
    made.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    i18n.init(made)
    return made


@pytest.fixture(autouse=True)
def _monday(frozen: FrozenClock) -> None:
    """Every age is counted from the standing clock's day."""


def posted(app: Flask, key: str, **fields: str) -> tuple[QuestionForm, list[str]]:
    """The form of a question after these fields were sent, and its sentences."""
    with app.test_request_context(method="POST", data={k.replace("_", "-"): v for k, v in fields.items()}):
        form = form_for(question(key), EMPTY, places=PLACES)
        form.validate_on_submit()
        return form, [sentence for field in form for sentence in _sentences(field.errors)]


def _sentences(errors: Any) -> list[str]:
    nested = errors.values() if isinstance(errors, dict) else [errors]
    return [str(sentence) for group in nested for sentence in group]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sam", "Sam"),
        ("J", "J"),
        ("Madonna", "Madonna"),
        ("O'Brien-Ng", "O'Brien-Ng"),
        ("  Ana   María ", "Ana María"),
        ("Zoe\u0308", "Zoë"),
        ("\u202eليلى\u202c 123", "ليلى 123"),
        ("S\x00a\x07m", "Sam"),
        ("می\u200cرا", "می\u200cرا"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}} a' OR 1=1--", "{{7*7}} a' OR 1=1--"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("Sam\r\nSet-Cookie: x", "Sam Set-Cookie: x"),
    ],
)
def test_a_name_is_kept_as_people_write_it(app: Flask, typed: str, kept: str) -> None:
    form, sentences = posted(app, "name", answer=typed)
    assert (form.answer_given()["value"], sentences) == (kept, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write what we should call you. A first name is fine"),
        (" \t ", "Write what we should call you. A first name is fine"),
        ("\u202e\u200b\x00", "Write what we should call you. A first name is fine"),
        ("\ufffd\ufffd", "Write what we should call you. A first name is fine"),
        ("🌊🌊", "Use at least one letter, so that a person can say it"),
        ("a" * 10_000, "That is too long for us to keep. Use 100 letters or fewer"),
    ],
)
def test_a_name_that_nobody_could_say_gets_a_sentence(app: Flask, typed: str, sentence: str) -> None:
    form, sentences = posted(app, "name", answer=typed)
    assert sentences == [sentence]
    assert form.answer.data == tidy(typed), "what was typed stands in the field again"


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [
        ("14", "5", "2005", "2005-05-14"),
        (" 1 ", "02", "2004", "2004-02-01"),
        ("29", "2", "2004", "2004-02-29"),
        ("１４", "٥", "2005", "2005-05-14"),
        ("1", "1", "2011", "2011-01-01"),
        ("1", "1", "2010", "2010-01-01"),
        ("1", "1", "2009", "2009-01-01"),
    ],
)
def test_a_date_of_birth_in_any_digits_is_kept(
    app: Flask, day: str, month: str, year: str, kept: str
) -> None:
    form, sentences = posted(app, "born", answer_day=day, answer_month=month, answer_year=year)
    assert sentences == []
    assert form.answer_given() == {"value": kept}


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "", "", "Write your date of birth: day, month and year"),
        ("31", "4", "2005", "There is no such date. Check the day and the month"),
        ("29", "2", "2005", "There is no such date. Check the day and the month"),
        ("30", "11", "2026", "Check the year. It should be the year you were born"),
        ("1", "1", "1900", "Check the year. It should be the year you were born"),
        ("1", "1", "2031", "Check the year. It should be the year you were born"),
        ("14", "5", "05", "Write the year with four numbers, for example 2005"),
        ("14", "May", "2005", "Write the day, month and year as numbers, for example 14 5 2005"),
        ("-1", "5", "2005", "Write the day, month and year as numbers, for example 14 5 2005"),
        ("14", "", "2005", "Write the day, month and year as numbers, for example 14 5 2005"),
        ("9" * 5000, "5", "2005", "Write the day, month and year as numbers, for example 14 5 2005"),
    ],
)
def test_a_date_that_cannot_be_gets_one_sentence(
    app: Flask, day: str, month: str, year: str, sentence: str
) -> None:
    form, sentences = posted(app, "born", answer_day=day, answer_month=month, answer_year=year)
    assert sentences == [sentence]
    assert form.answer.form.month.data == month


@pytest.mark.parametrize(
    "typed", ["07700 900123", "+44 (0)7700-900123", "00447700900123", "０７７００９００１２３", "٠٧٧٠٠٩٠٠١٢٣"]
)
def test_one_mobile_written_in_many_ways_is_one_number(app: Flask, typed: str) -> None:
    form, sentences = posted(app, "contact", answer=typed)
    assert sentences == []
    assert form.answer_given() == {"value": "+447700900123", "channel": "sms", "shown": "07700 900123"}


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "Write a UK mobile number or an e-mail address"),
        ("0151 496 0123", "mobile number that starts with 07"),
        ("07012345678", "mobile number"),
        ("0909 8790123", "07"),
        ("85258", "07700 900142"),
        ("+1 202 555 0123", "UK mobile numbers"),
        ("07700 900123, 07700 900124", "one number or one address only"),
        ("my GP is Dr Smith", "07700 900142"),
        ("sam@", "name@example.com"),
        ("sam@example.com\r\nBcc: x@example.com", "one number or one address only"),
        ("javascript:alert(1)", "07700 900142"),
    ],
)
def test_a_contact_that_cannot_be_used_says_what_can(app: Flask, typed: str, part: str) -> None:
    form, sentences = posted(app, "contact", answer=typed)
    assert len(sentences) == 1
    assert part in sentences[0]
    assert form.answer.data == tidy(typed)


@pytest.mark.parametrize("key", [q.key for q in QUESTIONS if q.choices])
@pytest.mark.parametrize("sent", ["", "nothing we offer", "1" * 26, "[]", "null"])
def test_a_choice_that_is_not_offered_gets_the_questions_own_sentence(
    app: Flask, key: str, sent: str
) -> None:
    _form, sentences = posted(app, key, answer=sent)
    assert sentences == [question(key).missing]


def test_too_many_words_keep_the_choice_and_the_words(app: Flask) -> None:
    form, sentences = posted(app, "waiting", answer="yes", more="long " * 200)
    assert sentences == ["That is too long for us to keep. Use 500 letters or fewer"]
    assert form.answer.data == "yes"
    assert form.more.data == tidy("long " * 200)


def test_a_code_is_six_digits_in_any_script(app: Flask) -> None:
    assert posted(app, "code", answer=" 12٣ 456 ")[1] == []
    assert posted(app, "code", answer="12345")[1] == ["The code is six digits, for example 123456"]
    assert posted(app, "code", answer="")[1] == ["Write the six digits from the message"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(key=st.sampled_from([q.key for q in QUESTIONS]), typed=st.text(max_size=40))
def test_nothing_that_can_be_typed_breaks_a_question(app: Flask, key: str, typed: str) -> None:
    fields = {
        "answer": typed,
        "answer_day": typed,
        "answer_month": typed,
        "answer_year": typed,
        "more": typed,
    }
    form, sentences = posted(app, key, **fields)
    assert sentences or form.answer_given()["value"]
