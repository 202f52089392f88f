"""When a form can be filled in: rules.md, "Form clocks"."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from student_portal.foundation import clock
from student_portal.measures.window import Window, has_moved_far, window
from student_portal.settings.queries import ServiceSettings

RULES = ServiceSettings()
HOUR = timedelta(hours=1)

SPRING = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)  # half an hour before London's clocks go forward
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half an hour before they go back

minutes = st.integers(min_value=0, max_value=3 * 366 * 24 * 60)
moments = minutes.map(lambda past: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=past))
spans = st.timedeltas(min_value=timedelta(days=-12), max_value=timedelta(days=30))


def at(year: int, month: int, day: int, hour: int = 14, minute: int = 0) -> datetime:
    return clock.in_london(date(year, month, day), time(hour, minute))


def times(
    starts_at: datetime,
    *,
    next_opens_at: datetime | None = None,
    begun_at: datetime | None = None,
    last_saved_at: datetime | None = None,
) -> Window:
    return window(
        starts_at=starts_at,
        next_opens_at=next_opens_at,
        begun_at=begun_at,
        last_saved_at=last_saved_at,
        rules=RULES,
    )


TUESDAY = at(2026, 12, 8)


def test_it_opens_at_eight_three_days_before() -> None:
    assert times(TUESDAY).opens_at == at(2026, 12, 5, 8)


def test_a_form_not_begun_can_be_sent_until_an_hour_into_the_session() -> None:
    shut = times(TUESDAY)
    assert shut.send_until == shut.closes_at == TUESDAY + HOUR
    assert shut.is_open(TUESDAY + HOUR)
    assert not shut.is_open(TUESDAY + HOUR + timedelta(seconds=1))


@pytest.mark.hazard("H09")
def test_a_form_begun_in_time_may_be_finished_for_twenty_hours_after_its_last_answer_and_is_late() -> None:
    saved = TUESDAY - HOUR
    begun = times(TUESDAY, begun_at=saved - HOUR, last_saved_at=saved)
    assert begun.closes_at == saved + 20 * HOUR
    assert not begun.is_late(TUESDAY + HOUR)
    assert begun.is_late(TUESDAY + HOUR + timedelta(seconds=1))


def test_an_answer_given_late_brings_twenty_hours_of_its_own() -> None:
    late = TUESDAY + 15 * HOUR
    assert times(TUESDAY, begun_at=TUESDAY - HOUR, last_saved_at=late).closes_at == late + 20 * HOUR


def test_a_form_begun_too_late_gets_no_more_time() -> None:
    begun_at = TUESDAY + 2 * HOUR
    assert times(TUESDAY, begun_at=begun_at, last_saved_at=begun_at).closes_at == TUESDAY + HOUR


def test_finishing_ends_when_the_next_form_opens() -> None:
    next_opens_at = TUESDAY + 10 * HOUR
    begun = times(TUESDAY, next_opens_at=next_opens_at, begun_at=TUESDAY, last_saved_at=TUESDAY)
    assert begun.closes_at == next_opens_at


def test_a_next_form_that_opens_before_this_session_takes_nothing_from_it() -> None:
    begun = times(TUESDAY, next_opens_at=TUESDAY - 24 * HOUR, begun_at=TUESDAY - 48 * HOUR)
    assert begun.closes_at == TUESDAY + HOUR


@pytest.mark.parametrize(
    ("starts_at", "opens_at"),
    [
        (at(2027, 3, 29, 9), at(2027, 3, 26, 8)),  # the clocks went forward in between
        (at(2026, 10, 27, 9), at(2026, 10, 24, 8)),  # the clocks went back in between
    ],
)
@pytest.mark.hazard("H16")
def test_eight_oclock_is_eight_on_the_wall_on_both_sides_of_a_clock_change(
    starts_at: datetime, opens_at: datetime
) -> None:
    assert times(starts_at).opens_at == opens_at
    assert clock.london(times(starts_at).opens_at).time() == time(8)


def test_finishing_ends_a_week_after_the_session_on_the_wall_across_a_clock_change() -> None:
    starts_at = at(2026, 10, 20)
    end = at(2026, 10, 27)
    answered_up_to_the_end = times(starts_at, begun_at=starts_at, last_saved_at=end - HOUR)
    assert answered_up_to_the_end.closes_at == end
    assert end - starts_at == timedelta(days=7, hours=1)


@pytest.mark.parametrize("starts_at", [at(2027, 3, 25, 10), at(2026, 10, 22, 10), at(2026, 12, 8, 10)])
def test_a_week_is_a_week_on_the_wall_whatever_the_clocks_do(starts_at: datetime) -> None:
    wall = clock.london(starts_at)
    week_on = clock.in_london(wall.date() + timedelta(days=7), wall.time())
    assert has_moved_far(starts_at, week_on, RULES)
    assert has_moved_far(week_on, starts_at, RULES), "moved to an earlier day counts the same"
    assert not has_moved_far(starts_at, week_on - timedelta(minutes=1), RULES)
    assert not has_moved_far(starts_at, starts_at, RULES)


@given(moments)
@example(SPRING)
@example(AUTUMN)
def test_every_form_opens_before_its_session_and_stays_open_until_an_hour_in(starts_at: datetime) -> None:
    found = times(starts_at)
    assert found.opens_at < starts_at < found.send_until <= found.closes_at
    assert clock.london(found.opens_at).time() == time(8)
    assert clock.london(starts_at).date() - clock.london(found.opens_at).date() == timedelta(days=3)


@given(moments, spans, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20)), spans | st.none())
@example(SPRING, timedelta(0), timedelta(0), None)
@example(AUTUMN, timedelta(0), timedelta(0), None)
def test_it_never_closes_before_the_hour_is_up_nor_after_any_of_its_limits(
    starts_at: datetime, begun: timedelta, saved: timedelta, next_opens: timedelta | None
) -> None:
    begun_at = starts_at + begun
    last_saved_at = begun_at + saved
    next_opens_at = None if next_opens is None else starts_at + next_opens
    found = times(starts_at, next_opens_at=next_opens_at, begun_at=begun_at, last_saved_at=last_saved_at)
    assert found.closes_at >= found.send_until
    if found.closes_at > found.send_until:
        assert begun_at <= found.send_until
        assert found.closes_at <= last_saved_at + 20 * HOUR
        assert next_opens_at is None or found.closes_at <= next_opens_at
        assert clock.london(found.closes_at).date() - clock.london(starts_at).date() <= timedelta(days=7)


@given(moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=6)))
def test_another_answer_never_brings_the_end_nearer(starts_at: datetime, later: timedelta) -> None:
    before = times(starts_at, begun_at=starts_at, last_saved_at=starts_at)
    after = times(starts_at, begun_at=starts_at, last_saved_at=starts_at + later)
    assert after.closes_at >= before.closes_at
