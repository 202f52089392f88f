"""What the answers suggest: advice for a reader, never a verdict (service.md 2.3)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.referral.eligibility import ANOTHER_ROUTE, Reason, advise, age
from student_portal.referral.models import Advice
from student_portal.referral.question import Kind
from student_portal.referral.questions import QUESTIONS

TODAY = date(2026, 11, 30)
ADULT = date(2005, 5, 14)
PLAIN = {
    "institution": "listed",
    "harm": "yes",
    "unreal": "no",
    "team": "no",
    "therapy": "no",
    "waiting": "no",
    "substances": "no",
    "gp": "none",
}
GP = [choice.code for choice in next(q for q in QUESTIONS if q.key == "gp").choices]

everything = st.fixed_dictionaries(
    {
        question.key: st.sampled_from([choice.code for choice in question.choices] + ["listed"])
        for question in QUESTIONS
        if question.choices and question.key != "gp"
    }
)
birthdays = st.dates(min_value=date(1950, 1, 1), max_value=TODAY)


def advice(**changed: str) -> tuple[Advice, tuple[Reason, ...]]:
    return advise({**PLAIN, **changed}, born=ADULT, on=TODAY)


def test_an_adult_at_a_listed_university_who_hurt_themselves_is_likely_to_fit() -> None:
    assert advice() == (Advice.LIKELY_SUITABLE, ())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"harm": "urges"}, Reason.URGES_ONLY),
        ({"harm": "no"}, Reason.NO_SELF_HARM),
        ({"harm": "rather"}, Reason.RATHER_TALK),
        ({"therapy": "yes"}, Reason.IN_THERAPY),
        ({"waiting": "yes"}, Reason.WAITING),
        ({"substances": "yes"}, Reason.SUBSTANCES),
        ({"unreal": "not_sure"}, Reason.NOT_SURE),
        ({"team": "rather"}, Reason.RATHER_TALK),
    ],
)
@pytest.mark.hazard("H18")
def test_whatever_could_still_fit_is_talked_about_and_never_refused(
    changed: dict[str, str], reason: Reason
) -> None:
    assert advice(**changed) == (Advice.TALK_TO_US, (reason,))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"unreal": "yes"}, Reason.UNREAL),
        ({"team": "yes"}, Reason.OTHER_TEAM),
        ({"institution": "another"}, Reason.UNLISTED),
    ],
)
def test_another_route_may_come_first(changed: dict[str, str], reason: Reason) -> None:
    assert advice(**changed) == (Advice.ANOTHER_ROUTE_FIRST, (reason,))


@pytest.mark.hazard("H20")
def test_the_day_before_the_eighteenth_birthday_a_person_calls_back_and_on_it_not() -> None:
    assert advise(PLAIN, born=date(2008, 12, 1), on=TODAY) == (Advice.TALK_TO_US, (Reason.UNDER_18,))
    assert advise(PLAIN, born=date(2008, 11, 30), on=TODAY) == (Advice.LIKELY_SUITABLE, ())


def test_someone_born_on_a_leap_day_turns_eighteen_on_the_first_of_march() -> None:
    assert age(date(2008, 2, 29), on=date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), on=date(2026, 3, 1)) == 18


@pytest.mark.hazard("H11")
@given(chosen=everything, born=birthdays, one=st.sampled_from(GP), other=st.sampled_from(GP))
def test_the_gp_answer_never_changes_the_advice(
    chosen: dict[str, str], born: date, one: str, other: str
) -> None:
    with_one = advise({**chosen, "gp": one}, born=born, on=TODAY)
    assert with_one == advise({**chosen, "gp": other}, born=born, on=TODAY)
    assert with_one == advise(chosen, born=born, on=TODAY)


@given(chosen=everything, born=birthdays)
def test_every_advice_but_the_plain_one_gives_its_reasons(chosen: dict[str, str], born: date) -> None:
    found, reasons = advise(chosen, born=born, on=TODAY)
    assert (found == Advice.LIKELY_SUITABLE) == (reasons == ())
    assert (found == Advice.ANOTHER_ROUTE_FIRST) == bool(ANOTHER_ROUTE.intersection(reasons))


@given(st.sets(st.sampled_from([q.key for q in QUESTIONS if q.kind is not Kind.CODE])))
def test_a_question_left_out_is_never_read_as_no(left_out: set[str]) -> None:
    answered = {key: code for key, code in PLAIN.items() if key not in left_out}
    found, reasons = advise(answered, born=ADULT, on=TODAY)
    asked = {"harm", "unreal", "team", "therapy", "waiting", "substances"}
    assert (Reason.RATHER_TALK in reasons) == bool(left_out & asked)
    assert found != Advice.ANOTHER_ROUTE_FIRST
