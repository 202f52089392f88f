"""Where a student stands in an unsent request."""

from hypothesis import given
from hypothesis import strategies as st

from student_portal.referral.draft import Draft
from student_portal.referral.question import Kind
from student_portal.referral.questions import QUESTIONS, TOTAL, number_of

KEYS = [q.key for q in QUESTIONS if q.kind is not Kind.CODE]
CODE = number_of("code")


def draft(*keys: str, proved: bool = False, **values: str) -> Draft:
    answers = {key: {"value": "yes"} for key in keys} | {key: {"value": v} for key, v in values.items()}
    return Draft("draft", answers, proved)


def test_a_new_draft_begins_at_the_first_question() -> None:
    assert draft().next_open() == 1
    assert draft().may_open(1)
    assert not draft().may_open(2)


def test_the_code_may_wait_and_is_all_that_is_left_at_the_end() -> None:
    nearly = draft(*KEYS)
    assert nearly.may_open(TOTAL + 1)
    assert nearly.missing() == [CODE]
    assert nearly.next_open(after=CODE) is None
    assert not nearly.may_be_sent


def test_a_whole_proved_draft_may_be_sent_and_not_against_the_students_will() -> None:
    assert draft(*KEYS, proved=True).may_be_sent
    assert not draft(*KEYS, proved=True, service="no").may_be_sent


@given(st.sets(st.sampled_from(KEYS)), st.booleans())
def test_nobody_skips_a_question_and_nobody_is_sent_back(answered: set[str], proved: bool) -> None:
    standing = draft(*answered, proved=proved)
    following = standing.next_open() or TOTAL + 1
    assert standing.may_open(following)
    before = [q for q in QUESTIONS[: following - 1] if q.kind is not Kind.CODE]
    assert all(q.key in answered for q in before)


@given(st.sets(st.sampled_from(KEYS), min_size=1), st.booleans())
def test_the_digest_changes_with_every_answer_and_with_the_proof(answered: set[str], proved: bool) -> None:
    standing = draft(*answered, proved=proved)
    changed = next(iter(answered))
    assert standing.digest == draft(*answered, proved=proved).digest
    assert standing.digest != draft(*answered, proved=proved, **{changed: "no"}).digest
    assert standing.digest != draft(*answered, proved=not proved).digest
