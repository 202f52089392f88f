"""When a student is reminded of one session."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import clock
from student_portal.reminders.moments import Moment, moments

USUAL = {"has_form": True, "text_hour": 10, "opens_days": 3, "opens_hour": 8}


def london(month: int, day: int, hour: int = 0, year: int = 2026) -> datetime:
    return clock.in_london(date(year, month, day), time(hour))


def test_the_link_three_days_before_and_a_word_the_day_before_at_ten() -> None:
    assert moments(london(12, 10, 14), **USUAL) == [
        Moment("form_link", london(12, 7, 10), london(12, 9, 10)),
        Moment("day_before", london(12, 9, 10), london(12, 10)),
    ]


def test_a_session_without_a_form_has_only_the_day_before() -> None:
    [only] = moments(london(12, 10, 14), **{**USUAL, "has_form": False})
    assert only.kind == "day_before"


def test_the_student_chooses_the_hour_but_no_link_goes_before_the_form_opens() -> None:
    link, before = moments(london(12, 10, 14), **{**USUAL, "text_hour": 18})
    assert (link.due_at, before.due_at) == (london(12, 7, 18), london(12, 9, 18))
    link, before = moments(london(12, 10, 14), **{**USUAL, "text_hour": 9, "opens_hour": 12})
    assert (link.due_at, before.due_at) == (london(12, 7, 12), london(12, 9, 9))


def test_a_form_that_opens_the_day_before_goes_with_that_reminder_alone() -> None:
    [only] = moments(london(12, 10, 14), **{**USUAL, "opens_days": 1})
    assert only.kind == "day_before"


@pytest.mark.hazard("H16")
@pytest.mark.parametrize("sunday", [date(2027, 3, 28), date(2027, 10, 31)])
def test_when_clocks_change_in_between_it_is_still_ten_on_the_wall(sunday: date) -> None:
    starts_at = clock.in_london(sunday + timedelta(days=1), time(14))
    walls = [clock.london(moment.due_at) for moment in moments(starts_at, **USUAL)]
    assert [(wall.day - sunday.day, wall.hour) for wall in walls] == [(-2, 10), (0, 10)]


@given(
    st.integers(
        int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2029, 1, 1, tzinfo=UTC).timestamp())
    ),
    st.integers(8, 20),
    st.integers(0, 10),
    st.integers(0, 12),
    st.booleans(),
)
def test_reminders_follow_one_another_and_end_before_the_session(
    start: int, text_hour: int, opens_days: int, opens_hour: int, has_form: bool
) -> None:
    starts_at = datetime.fromtimestamp(start, UTC)
    found = moments(
        starts_at, has_form=has_form, text_hour=text_hour, opens_days=opens_days, opens_hour=opens_hour
    )
    assert [moment.kind for moment in found][-1] == "day_before"
    for earlier, later in pairwise(found):
        assert earlier.expires_at == later.due_at
    for moment in found:
        assert moment.due_at < moment.expires_at <= starts_at
        assert 8 <= clock.london(moment.due_at).hour <= 20
    tomorrow = clock.london(found[-1].due_at).date() + timedelta(days=1)
    assert tomorrow == clock.london(starts_at).date()
