"""Who reads what a student sends, on which day and from when: true in any evening, holiday or last minute."""

from datetime import date, datetime, time

import pytest

from student_portal.duty.queries import (
    USUAL_HOURS,
    DutyRole,
    Rota,
    Span,
    Turn,
    WorkingCalendar,
    reading_words,
)  # fmt: skip
from student_portal.duty.reading import reading_by
from student_portal.foundation import clock

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
CALENDAR = WorkingCalendar(USUAL_HOURS, CHRISTMAS)  # Monday to Friday, 9am to 5pm
LONG_AGO = clock.in_london(date(2026, 1, 1), time(0))
COVERED = Rota(CALENDAR, (), (Turn(DutyRole.COVER, "cover", Span(LONG_AGO)),))


def at(day: int, hour: int, minute: int = 0, *, month: int = 12) -> datetime:
    """A moment of winter 2026; 1 December is a Tuesday."""
    year = 2027 if month == 1 else 2026
    return clock.in_london(date(year, month, day), time(hour, minute))


def said(now: datetime, starts_at: datetime | None = None, *, reader: str = "Robin") -> str:
    return reading_words(reading_by(COVERED, "owner", now, starts_at), reader)


@pytest.mark.hazard("H07")
def test_on_friday_evening_it_is_monday() -> None:
    words = said(at(4, 18), at(8, 14))
    assert words == "Robin or someone in the team reads this on Monday from 9am."


def test_without_a_name_it_is_the_therapists_team() -> None:
    assert said(at(7, 20), reader="") == "Your therapist’s team reads this on Tuesday from 9am."


@pytest.mark.hazard("H07")
def test_in_working_hours_it_is_today_or_the_next_working_day() -> None:
    words = said(at(1, 10), at(3, 14))
    assert words == "Robin or someone in the team reads this today until 5pm, or on Wednesday."


def test_on_the_day_of_the_session_it_is_before_it() -> None:
    words = "Robin or someone in the team reads this today, before you meet at 2pm."
    assert said(at(1, 10), at(1, 14)) == words
    assert "before you meet at 6:30pm" in said(at(1, 10), at(1, 18, 30)), "an evening session is still today"


def test_the_last_hour_of_a_day_counts_for_the_next() -> None:
    assert "today until 5pm" in said(at(1, 16), at(3, 14))
    assert "on Wednesday from 9am" in said(at(1, 16, 1), at(3, 14))


@pytest.mark.hazard("H07")
def test_bank_holidays_are_passed_over_and_a_day_far_off_has_its_date() -> None:
    assert "on Tuesday from 9am" in said(at(24, 18), at(30, 14)), "Christmas Day, a weekend, its Monday"
    long = WorkingCalendar(USUAL_HOURS, CHRISTMAS | {date(2026, 12, day) for day in (29, 30, 31)})
    words = reading_words(reading_by(Rota(long), None, at(24, 18), None))
    assert words == "Your therapist’s team reads this on Monday 4 January from 9am."


@pytest.mark.hazard("H07")
@pytest.mark.parametrize("now", [at(1, 13, 50), at(1, 13, 1), at(1, 14, 0)])
def test_minutes_before_the_session_nothing_is_promised(now: datetime) -> None:
    words = said(now, at(1, 14))
    if now == at(1, 14):
        assert "before you meet" not in words
    else:
        assert words == (
            "You meet today at 2pm. There may be no time to read this before then, so you can go through it "
            "together."
        )


@pytest.mark.hazard("H07")
def test_a_session_before_anybody_has_had_an_hour_to_read_is_said_to_come_first() -> None:
    first_thing = said(at(4, 18), at(7, 9))
    assert first_thing.startswith("You meet on Monday 7 December at 9am. There may be no time to read this")
    assert said(at(4, 18), at(5, 11)).startswith("You meet on Saturday 5 December at 11am.")


def test_after_the_session_only_working_hours_count() -> None:
    assert "today until 5pm" in said(at(1, 14, 30), at(1, 14))
