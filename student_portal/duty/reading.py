"""When somebody next reads what a student sends now, and the one sentence in which every room says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from student_portal.duty.rota import Rota, Window
from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.settings import queries as settings

TIME_TO_READ = timedelta(hours=1)  # of working time; with less left nobody may have read it yet
ANYBODY = ""


@dataclass(frozen=True)
class NextReading:
    """The working time in which what is sent at `at` is read; None where nobody will.

    `again_at`: when it is read on another day after that. `starts_at`: the session it is about, if
    that is still ahead.
    """

    at: datetime
    window: Window | None
    again_at: datetime | None
    starts_at: datetime | None

    @property
    def meets_first(self) -> bool:
        """Whether too little working time is left before the session to be sure."""
        if self.starts_at is None:
            return False
        return self.window is None or self.starts_at < self.window.opens_at + TIME_TO_READ


def reading_by(rota: Rota, owner_id: str | None, at: datetime, starts_at: datetime | None) -> NextReading:
    """Pure. With less than an hour left of somebody's day it is the next who reads."""
    windows = rota.windows(owner_id or ANYBODY, at)
    window = next((found for found in windows if found.closes_at - found.opens_at >= TIME_TO_READ), None)
    return NextReading(
        at=at,
        window=window,
        again_at=_another_day(windows, window) if window else None,
        starts_at=starts_at if starts_at and starts_at > at else None,
    )


def _another_day(windows: Iterator[Window], after: Window) -> datetime | None:
    others = (found.opens_at for found in windows)
    return next((opens for opens in others if not i18n.same_day(opens, after.opens_at)), None)


def reading_words(reading: NextReading, reader: str = "") -> str:
    """ "Robin or someone in the team reads this on Tuesday from 9am." `reader`: the owner's first name, if
    known; it is said only where that person is there then.
    """
    if reading.meets_first and reading.starts_at:
        return _meeting_words(reading.starts_at, reading.at)
    if reading.window is None:
        phone = settings.current().team_phone
        return str(_("We cannot say yet when this is read. You can call the team: %(phone)s.", phone=phone))
    who = _who(reading.window, reader)
    if reading.window.opens_at > reading.at:
        return _later_words(who, reading.window.opens_at, reading.at)
    return _today_words(who, reading, reading.window.closes_at)


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


def _who(window: Window, reader: str) -> str:
    if not reader:
        return str(_("Your therapist’s team"))
    if not window.by_owner:
        return str(_("Someone in the team"))
    return str(_("%(name)s or someone in the team", name=reader)) if window.by_cover else reader


def _later_words(who: str, opens_at: datetime, at: datetime) -> str:
    opens = i18n.hour(opens_at)
    if i18n.same_day(opens_at, at):
        return str(_("%(who)s reads this today from %(hour)s.", who=who, hour=opens))
    day = i18n.near_day(opens_at, at)
    return str(_("%(who)s reads this on %(day)s from %(hour)s.", who=who, day=day, hour=opens))


def _today_words(who: str, reading: NextReading, closes_at: datetime) -> str:
    if reading.starts_at and i18n.same_day(reading.starts_at, reading.at):
        starts = i18n.hour(reading.starts_at)
        return str(_("%(who)s reads this today, before you meet at %(hour)s.", who=who, hour=starts))
    closes = i18n.hour(closes_at)
    if reading.again_at is None:
        return str(_("%(who)s reads this today until %(hour)s.", who=who, hour=closes))
    day = i18n.near_day(reading.again_at, reading.at)
    return str(
        _("%(who)s reads this today until %(hour)s, or on %(day)s.", who=who, hour=closes, day=day)
    )  # fmt: skip
