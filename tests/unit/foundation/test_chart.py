"""The line: true to dates and scores, honest about what is missing."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation.chart import (
    DATE_ROOM,
    FIRST,
    LAST,
    NUMBER_ROOM,
    PHONE_ROOM,
    ChartGeometry,
    Point,
    line,
)

OCTOBER = date(2026, 10, 6)


def weekly(*values: float | None) -> list[Point]:
    return [Point(OCTOBER + timedelta(weeks=i), value, str(i + 1)) for i, value in enumerate(values)]


def xs(chart: ChartGeometry) -> list[int]:
    return [tick.x for tick in chart.ticks]


def test_six_weekly_sessions_fill_the_width_evenly() -> None:
    assert xs(line(weekly(24, 22, 23, 18, 16.7, 14))) == [56, 120, 185, 249, 314, 378]


def test_a_gap_of_three_weeks_looks_three_times_as_long_as_one() -> None:
    points = [Point(OCTOBER + timedelta(weeks=week), 20, str(week)) for week in (0, 1, 2, 3, 4, 7)]
    first, second, *_, fifth, last = xs(line(points))
    assert last - fifth == pytest.approx(3 * (second - first), abs=2)


def test_nought_stands_on_the_axis_and_forty_at_the_top() -> None:
    chart = line(weekly(0, 40, Fraction(11)))
    assert [dot.y for dot in chart.dots] == [222, 20, chart.height_of(11)]
    assert [value for _, value in chart.grid] == [0, 10, 20, 30, 40]


def test_a_missing_score_leaves_a_gap_and_no_dot() -> None:
    chart = line(weekly(24, 22, None, 18, 16))
    assert [dot.label for dot in chart.dots] == ["1", "2", "4", "5"]
    assert len(chart.segments) == 2


def test_one_score_is_a_dot_without_a_line() -> None:
    chart = line(weekly(24, None, None))
    assert (len(chart.dots), chart.segments) == (1, ())


def test_sessions_still_to_be_booked_are_ticks_without_dates() -> None:
    chart = line([Point(OCTOBER, 24, "1"), *(Point(None, None, str(n)) for n in range(2, 7))])
    assert [(tick.label, tick.on) for tick in chart.ticks[:2]] == [("1", OCTOBER), ("2", None)]
    assert xs(chart)[-1] == LAST


def test_nothing_booked_at_all_still_draws_the_axis() -> None:
    assert len(set(xs(line([Point(None, None, str(n)) for n in range(1, 7)])))) == 6
    assert line([]).ticks == ()


def test_a_session_moved_behind_the_next_one_stands_where_it_took_place() -> None:
    second, third = Point(OCTOBER + timedelta(days=20), 20, "2"), Point(OCTOBER + timedelta(days=14), 18, "3")
    assert [tick.label for tick in line([Point(OCTOBER, 22, "1"), second, third]).ticks] == ["1", "3", "2"]


def test_dates_too_close_to_read_are_left_to_the_table() -> None:
    points = [Point(OCTOBER + timedelta(days=day), 20, str(day)) for day in (0, 1, 7)]
    assert [bool(tick.on) for tick in line(points).ticks] == [True, False, True]


def test_of_a_long_course_the_latest_is_always_told() -> None:
    chart = line(weekly(*[20.0] * 20))
    assert (chart.ticks[-1].label, chart.ticks[-1].on) == ("20", OCTOBER + timedelta(weeks=19))
    assert chart.dots[-1].has_room
    for told, room in (
        ([tick.x for tick in chart.ticks if tick.label], NUMBER_ROOM),
        ([tick.x for tick in chart.ticks if tick.on], DATE_ROOM),
        ([tick.x for tick in chart.ticks if tick.on and not tick.is_tight], PHONE_ROOM),
        ([dot.x for dot in chart.dots if dot.has_room], NUMBER_ROOM),
    ):
        assert len(told) > 1
        assert all(x + room <= following for x, following in pairwise(told))


def test_a_dot_shows_the_score_as_told_without_an_idle_nought() -> None:
    points = [
        Point(OCTOBER, Fraction(24), "1", shown="24.0"),
        Point(OCTOBER, Fraction(50, 3), "2", shown="16.7"),
    ]
    assert [dot.shown for dot in line(points).dots] == ["24", "16.7"]


@pytest.mark.parametrize("value", [-1, 40.1])
def test_a_score_off_the_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="outside 0 to 40"):
        line(weekly(value))


@given(
    st.lists(
        st.tuples(st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.none() | st.floats(0, 40))
    )
)
def test_everything_stays_inside_the_picture_and_higher_scores_stand_higher(
    given_points: list[tuple[date | None, float | None]],
) -> None:
    chart = line([Point(on, value, str(i)) for i, (on, value) in enumerate(given_points)])
    assert all(FIRST <= x <= LAST for x in xs(chart))
    assert xs(chart) == sorted(xs(chart))
    by_score = sorted((point.value for point in chart.points if point.value is not None), reverse=True)
    assert [chart.height_of(value) for value in by_score] == sorted(dot.y for dot in chart.dots)
