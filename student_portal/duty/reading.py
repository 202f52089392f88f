"""When somebody next reads what a student sends now, and the one sentence in which every room says so."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from student_portal.duty.calendar import WorkingCalendar
from student_portal.foundation import clock, i18n

TIME_TO_READ = 1  # working hours; with fewer left nobody may have read it yet


@dataclass(frozen=True)
class NextReading:
    """The working time in which what is sent at `at` is read.

    `opens_at`: when that begins, `at` itself if it has. `closes_at`: when it ends that day. `starts_at`: the
    session it is read before, if that is still to come. `meets_first`: too little working time is left before
    that session to be sure.
    """

    at: datetime
    opens_at: datetime
    closes_at: datetime
    starts_at: datetime | None
    meets_first: bool


def next_reading(calendar: WorkingCalendar, at: datetime, starts_at: datetime | None = None) -> NextReading:
    """Pure. The last hour of a working day counts for the next day. Raises LookupError if there is none."""
    opens_at = calendar.next_open(at)
    enough = calendar.after(at, TIME_TO_READ)
    if not i18n.same_day(opens_at, enough):
        opens_at = calendar.next_open(_closing(calendar, opens_at))
    ahead = starts_at if starts_at and starts_at > at else None
    return NextReading(
        at=at,
        opens_at=opens_at,
        closes_at=_closing(calendar, opens_at),
        starts_at=ahead,
        meets_first=ahead is not None and ahead < enough,
    )


def _closing(calendar: WorkingCalendar, opens_at: datetime) -> datetime:
    day = clock.london(opens_at).date()
    return clock.in_london(day, calendar.hours[day.weekday()][1])


def reading_words(reading: NextReading, reader: str = "") -> str:
    """ "Robin or someone in the team reads this on Tuesday from 9am." `reader`: a first name, if known."""
    if reading.meets_first and reading.starts_at:
        return _meeting_words(reading.starts_at, reading.at)
    if reading.opens_at > reading.at:
        return _later_words(reading, reader)
    if reading.starts_at and i18n.same_day(reading.starts_at, reading.at):
        starts = i18n.hour(reading.starts_at)
        if reader:
            return str(
                _("%(name)s or someone in the team reads this today, before you meet at %(hour)s.",
                  name=reader, hour=starts)
            )  # fmt: skip
        return str(_("Your therapist’s team reads this today, before you meet at %(hour)s.", hour=starts))
    closes = i18n.hour(reading.closes_at)
    if reader:
        return str(
            _("%(name)s or someone in the team reads this today until %(hour)s, or on the next working day.",
              name=reader, hour=closes)
        )  # fmt: skip
    return str(
        _("Your therapist’s team reads this today until %(hour)s, or on the next working day.", hour=closes)
    )


def _meeting_words(starts_at: datetime, at: datetime) -> str:
    if i18n.same_day(starts_at, at):
        return str(
            _("You meet today at %(hour)s. There may be no time to read this before then, so you can go "
              "through it together.", hour=i18n.hour(starts_at))
        )  # fmt: skip
    return str(
        _("You meet on %(when)s. There may be no time to read this before then, so you can go through it "
          "together.", when=i18n.moment(starts_at))
    )  # fmt: skip


def _later_words(reading: NextReading, reader: str) -> str:
    day, opens = i18n.near_day(reading.opens_at, reading.at), i18n.hour(reading.opens_at)
    if reader:
        return str(
            _("%(name)s or someone in the team reads this on %(day)s from %(hour)s.",
              name=reader, day=day, hour=opens)
        )  # fmt: skip
    return str(_("Your therapist’s team reads this on %(day)s from %(hour)s.", day=day, hour=opens))
