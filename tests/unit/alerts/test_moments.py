"""One table of awkward moments: what the student is told, by when it is read, who is told if it is not."""

from datetime import date, datetime, time

import pytest

from student_portal.alerts.due import due_at
from student_portal.duty.queries import (
    USUAL_HOURS,
    Away,
    DutyRole,
    Rota,
    Span,
    Turn,
    WorkingCalendar,
    reading_words,
)
from student_portal.duty.reading import reading_by
from student_portal.foundation import clock

CLOSED = [(2026, 12, 25), (2026, 12, 28), (2027, 1, 1), (2027, 3, 26), (2027, 3, 29)]
CALENDAR = WorkingCalendar(USUAL_HOURS, frozenset(date(*day) for day in CLOSED))
WORKING_HOURS, THEN_THE_MANAGER = 4, 2
MEETING = (
    "You meet today at 2pm. There may be no time to read this before then, so you can go through it together."
)
BOTH = "Robin or someone in the team"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """October to December are of 2026, the other months of 2027."""
    return clock.in_london(date(2026 if month >= 10 else 2027, month, day), time(hour, minute))


FOR_GOOD, LEAVE = Span(at(10, 1, 0)), Span(at(12, 1, 0), at(12, 7, 9))
TURNS = (
    Turn(DutyRole.COVER, "jo", FOR_GOOD, "robin"),
    Turn(DutyRole.COVER, "kim", FOR_GOOD),
    Turn(DutyRole.MANAGER, "max", FOR_GOOD),
    Turn(DutyRole.MANAGER, "ana", FOR_GOOD, place=2),
)
# Now; the session; who is away until Monday 7 December; the sentence; due when; who stands in then; the
# manager two working hours later, and when that is.
WEDNESDAY, ITS_SESSION = at(12, 2, 10), at(12, 9, 14)
TODAY = "reads this today until 5pm, or on Thursday."
MOMENTS = {
    "Friday, an hour before closing": (
        at(11, 27, 15, 59), at(12, 1, 14), "", f"{BOTH} reads this today until 5pm, or on Monday.",
        at(11, 30, 11, 59), "jo", "max", at(11, 30, 13, 59),
    ),
    "Friday 16:59": (
        at(11, 27, 16, 59), at(12, 1, 14), "", f"{BOTH} reads this on Monday from 9am.",
        at(11, 30, 12, 59), "jo", "max", at(11, 30, 14, 59),
    ),
    "Friday 17:01": (
        at(11, 27, 17, 1), at(12, 1, 14), "", f"{BOTH} reads this on Monday from 9am.",
        at(11, 30, 13), "jo", "max", at(11, 30, 15),
    ),
    "Christmas Eve in the morning": (
        at(12, 24, 10), at(12, 30, 14), "", f"{BOTH} reads this today until 5pm, or on Tuesday.",
        at(12, 24, 14), "jo", "max", at(12, 24, 16),
    ),
    "Christmas Eve at half past four": (
        at(12, 24, 16, 30), at(12, 30, 14), "", f"{BOTH} reads this on Tuesday from 9am.",
        at(12, 29, 12, 30), "jo", "max", at(12, 29, 14, 30),
    ),
    "the evening before Good Friday": (
        at(3, 25, 17, 30), at(3, 31, 14), "", f"{BOTH} reads this on Tuesday from 9am.",
        at(3, 30, 13), "jo", "max", at(3, 30, 15),
    ),
    "Easter Sunday, an hour before clocks go forward": (
        at(3, 28, 0, 0), at(3, 31, 14), "", f"{BOTH} reads this on Tuesday from 9am.",
        at(3, 30, 13), "jo", "max", at(3, 30, 15),
    ),
    "the Sunday on which clocks go back, in the hour that comes twice": (
        at(10, 25, 1, 30), at(10, 28, 14), "", f"{BOTH} reads this on Monday from 9am.",
        at(10, 26, 13), "jo", "max", at(10, 26, 15),
    ),
    "owner on leave": (
        WEDNESDAY, ITS_SESSION, "robin", f"Someone in the team {TODAY}",
        at(12, 2, 14), "jo", "max", at(12, 2, 16),
    ),
    "cover on leave": (
        WEDNESDAY, ITS_SESSION, "jo", f"{BOTH} {TODAY}",
        at(12, 2, 14), "kim", "max", at(12, 2, 16),
    ),
    "every cover on leave": (
        WEDNESDAY, ITS_SESSION, "jo kim", f"Robin {TODAY}",
        at(12, 2, 14), None, "max", at(12, 2, 16),
    ),
    "manager on leave": (
        WEDNESDAY, ITS_SESSION, "max", f"{BOTH} {TODAY}",
        at(12, 2, 14), "jo", "ana", at(12, 2, 16),
    ),
    "owner and every cover on leave": (
        WEDNESDAY, ITS_SESSION, "robin jo kim", f"{BOTH} reads this on Monday from 9am.",
        at(12, 2, 14), None, "max", at(12, 2, 16),
    ),
    "a session in 40 minutes": (
        at(12, 2, 13, 20), at(12, 2, 14), "",
        MEETING,
        at(12, 2, 13, 20), "jo", "max", at(12, 2, 15, 20),
    ),
    "owner on leave, a session in 40 minutes": (
        at(12, 2, 13, 20), at(12, 2, 14), "robin",
        MEETING,
        at(12, 2, 13, 20), "jo", "max", at(12, 2, 15, 20),
    ),
}  # fmt: skip


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H07")
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_the_sentence_is_true_and_somebody_is_told(moment: tuple) -> None:
    now, starts_at, away, sentence, due, cover, manager, told_at = moment
    rota = Rota(CALENDAR, tuple(Away(person, LEAVE) for person in away.split()), TURNS)
    assert reading_words(reading_by(rota, "robin", now, starts_at), "Robin") == sentence
    assert due_at(now, starts_at, WORKING_HOURS, CALENDAR) == due
    assert next(iter(rota.covers("robin", due)), None) == cover
    assert CALENDAR.after(due, THEN_THE_MANAGER) == told_at
    assert rota.managers(told_at)[0] == manager


def test_without_the_readers_name_it_is_the_therapists_team() -> None:
    reading = reading_by(Rota(CALENDAR, (), TURNS), "robin", at(11, 30, 20), None)
    assert reading_words(reading) == "Your therapist’s team reads this on Tuesday from 9am."


@pytest.mark.hazard("H07")
def test_where_nobody_will_read_for_months_the_sentence_promises_nothing(service_id: str) -> None:
    nobody = Rota(CALENDAR, tuple(Away(person, FOR_GOOD) for person in ("robin", "jo", "kim")), TURNS)
    words = reading_words(reading_by(nobody, "robin", WEDNESDAY, None), "Robin")
    assert words == "We cannot say yet when this is read. You can call the team: 0151 496 0000."
    meeting = reading_words(reading_by(nobody, "robin", WEDNESDAY, ITS_SESSION), "Robin")
    assert meeting.startswith("You meet on Wednesday 9 December at 2pm. There may be no time to read this")
