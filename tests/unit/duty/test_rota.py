"""Who works and who stands in: somebody who is away never reads, and leave never makes reading sooner."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.duty.queries import Away, DayHalf, DutyRole, Gap, Rota, Span, Turn, WorkingCalendar
from student_portal.duty.reading import reading_by
from student_portal.duty.rota import AHEAD
from student_portal.foundation import clock

USUAL = {weekday: (time(9), time(17)) for weekday in range(5)}
PEOPLE = ("owner", "first", "second", "third")
BEGIN = datetime(2027, 3, 22, tzinfo=UTC)  # clocks go forward on the 28th


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of winter 2026; 1 December is a Tuesday."""
    return clock.in_london(date(2027 if month < 10 else 2026, month, day), time(hour, minute))


LONG_AGO = at(10, 1)
FIRST = Turn(DutyRole.COVER, "first", Span(LONG_AGO), "owner")
SECOND = Turn(DutyRole.COVER, "second", Span(LONG_AGO), "owner", place=2)
EVERYBODY = Turn(DutyRole.COVER, "third", Span(LONG_AGO))
ROTA = Rota(
    WorkingCalendar(USUAL, frozenset({date(2026, 12, 25), date(2026, 12, 28)})),
    (),
    (EVERYBODY, SECOND, FIRST),
)


def without(rota: Rota, *people: str, since: datetime = LONG_AGO, until: datetime | None = None) -> Rota:
    return replace(rota, away=rota.away + tuple(Away(person, Span(since, until)) for person in people))


@pytest.mark.hazard("H01")
def test_the_next_in_the_order_stands_in_for_a_cover_who_is_away() -> None:
    moment = at(12, 2, 10)
    assert ROTA.covers("owner", moment) == ["first", "second", "third"]
    assert without(ROTA, "first").covers("owner", moment) == ["second", "third"]
    assert without(ROTA, "first", "second").covers("owner", moment) == ["third"]
    assert without(ROTA, "first", "second", "third").covers("owner", moment) == []
    assert ROTA.covers("third", moment) == [], "nobody stands in for themselves"


def test_managers_stand_in_for_each_other_in_their_order() -> None:
    turns = tuple(
        Turn(DutyRole.MANAGER, name, Span(LONG_AGO), place=n) for n, name in enumerate(("m1", "m2"))
    )
    rota = replace(ROTA, turns=turns)
    assert rota.managers(at(12, 2, 10)) == ["m1", "m2"]
    assert without(rota, "m1").managers(at(12, 2, 10)) == ["m2"]
    assert rota.covers("owner", at(12, 2, 10)) == []


@pytest.mark.parametrize(
    ("moment", "is_away"),
    [((12, 4, 11, 59), False), ((12, 4, 12, 0), True), ((12, 4, 16, 59), True), ((12, 3, 13, 0), False)],
)
def test_a_half_day_begins_and_ends_at_londons_noon(moment: tuple[int, ...], is_away: bool) -> None:
    fridays = Away("owner", Span(LONG_AGO, None, weekday=4, half=DayHalf.AFTERNOON))
    assert replace(ROTA, away=(fridays,)).is_away("owner", at(*moment)) is is_away


@pytest.mark.hazard("H01")
def test_nobody_on_friday_afternoons_is_a_gap_from_noon_to_closing() -> None:
    alone = Rota(ROTA.calendar, (Away("owner", Span(LONG_AGO, None, 4, DayHalf.AFTERNOON)),))
    assert alone.gaps("owner", at(12, 1), at(12, 14)) == [
        Gap("owner", at(12, 4, 12), at(12, 4, 17)),
        Gap("owner", at(12, 11, 12), at(12, 11, 17)),
    ]


@pytest.mark.hazard("H01")
def test_a_week_without_anybody_is_one_gap_and_christmas_lies_inside_one() -> None:
    away = without(ROTA, *PEOPLE, since=at(12, 23), until=at(12, 30))
    assert away.gaps("owner", at(12, 1), at(12, 31)) == [Gap("owner", at(12, 23, 9), at(12, 29, 17))]
    assert away.uncovered("owner", at(12, 1), at(12, 31)) == away.gaps("owner", at(12, 1), at(12, 31))


@pytest.mark.hazard("H01")
def test_an_owner_at_work_with_nobody_behind_them_is_uncovered_but_read() -> None:
    alone = Rota(ROTA.calendar)
    assert alone.gaps("owner", at(12, 1), at(12, 5)) == []
    assert alone.uncovered("owner", at(12, 1), at(12, 5)) == [Gap("owner", at(12, 1, 9), at(12, 4, 17))]
    assert alone.unmanaged(at(12, 4), at(12, 8)) == [Gap("", at(12, 4, 9), at(12, 7, 17))]


def test_a_service_without_hours_has_no_gap_and_no_reader() -> None:
    never = Rota(WorkingCalendar({}, frozenset()))
    assert never.next_reader("owner", at(12, 1)) is None
    assert never.gaps("owner", at(12, 1), at(12, 31)) == []


def test_with_everybody_away_for_good_nobody_reads() -> None:
    assert without(ROTA, *PEOPLE).next_reader("owner", at(12, 1)) is None


# Any rota: who is away when, who stands in for whom, in hours that a change of clocks may break.
moments = st.integers(0, 40 * 24 * 4).map(lambda quarter: BEGIN + timedelta(minutes=15 * quarter))
people = st.sampled_from(PEOPLE)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since = draw(moments)
    until = draw(st.none() | st.integers(1, 30 * 24).map(lambda hours: since + timedelta(hours=hours)))
    return Span(since, until, draw(st.none() | st.integers(0, 6)), draw(st.none() | st.sampled_from(DayHalf)))


aways = st.builds(Away, people, spans())
turns = st.builds(Turn, st.sampled_from(DutyRole), people, spans(), st.none() | people, st.integers(1, 3))
walls = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
hours = st.dictionaries(
    st.integers(0, 6), st.tuples(walls, walls).filter(lambda span: span[0] < span[1]), min_size=1
)
days = st.dates(date(2027, 3, 22), date(2027, 6, 1))
calendars = st.builds(WorkingCalendar, st.just(USUAL) | hours, st.frozensets(days, max_size=8))
rotas = st.builds(
    Rota,
    calendars,
    st.lists(aways, max_size=5).map(tuple),
    st.lists(turns.filter(lambda turn: turn.owner_id != turn.person_id), max_size=4).map(tuple),
)


@pytest.mark.hazard("H01")
@given(rotas, moments)
def test_whoever_reads_next_is_at_work_and_nobody_was_before(rota: Rota, moment: datetime) -> None:
    reader = rota.next_reader("owner", moment)
    if reader is None:
        return
    assert reader.at >= moment
    assert rota.works(reader.person_id, reader.at)
    assert reader.person_id in {"owner", *rota.covers("owner", reader.at)}
    for gap in rota.gaps("owner", moment, reader.at):
        assert gap.until <= reader.at
    between = moment + (reader.at - moment) / 2
    if between < reader.at:
        assert not rota.works("owner", between)
        assert not any(rota.works(cover, between) for cover in rota.covers("owner", between))


@pytest.mark.hazard("H01")
@given(rotas, moments, aways)
def test_leave_never_makes_the_reading_sooner(rota: Rota, moment: datetime, leave: Away) -> None:
    more = replace(rota, away=(*rota.away, leave))
    before, after = rota.next_reader("owner", moment), more.next_reader("owner", moment)
    assert after is None or (before is not None and before.at <= after.at)
    promised, then = (reading_by(each, "owner", moment, None).window for each in (rota, more))
    assert then is None or (promised is not None and promised.opens_at <= then.opens_at)


@given(rotas, moments)
def test_what_is_promised_is_working_time_with_somebody_in_it(rota: Rota, moment: datetime) -> None:
    window = reading_by(rota, "owner", moment, None).window
    if window is None:
        return
    assert window.opens_at >= moment
    assert window.closes_at - window.opens_at >= timedelta(hours=1)
    assert window.by_owner is not rota.is_away("owner", window.opens_at)
    assert rota.gaps("owner", window.opens_at, window.closes_at) == []


@given(rotas, people, moments, moments)
def test_in_a_gap_nobody_reads_and_outside_all_gaps_somebody_does(
    rota: Rota, owner: str, since: datetime, moment: datetime
) -> None:
    gaps = rota.gaps(owner, since, since + AHEAD)
    inside = any(gap.since <= moment < gap.until for gap in gaps)
    reads = rota.works(owner, moment) or any(rota.works(p, moment) for p in rota.covers(owner, moment))
    if rota.calendar.is_open(moment) and since <= moment < since + AHEAD:
        assert inside is not reads
