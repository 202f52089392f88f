"""Opening hours in a sentence, true on every day it is read: for pages that stand without a clock."""

from collections.abc import Iterator
from datetime import time
from itertools import groupby

from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting.opening import Hours

WEEK = tuple(str(day) for day in range(7))


def in_words(hours: Hours | None) -> str:
    """Monday to Friday 9am to 5pm. Days that follow each other and are alike are said once."""
    if hours is None:
        return str(_("Day and night."))
    if not any(hours.values()):
        return str(_("Not open at set hours."))
    runs = ", ".join(_runs(hours))
    said = str(_("%(days)s.", days=runs)) if runs else ""
    return f"{said} {_holidays(hours)}".strip()


def _holidays(hours: Hours) -> str:
    times = _spans(hours, "holiday")
    return str(_("On bank holidays %(times)s.", times=times) if times else _("Not on bank holidays."))


def _runs(hours: Hours) -> Iterator[str]:
    for spans, days in groupby(WEEK, key=lambda day: _spans(hours, day)):
        first, *_between = same = list(days)
        if spans and len(same) == 1:
            yield _("%(day)s %(times)s", day=_name(first), times=spans)
        elif spans:
            yield _("%(first)s to %(last)s %(times)s", first=_name(first), last=_name(same[-1]), times=spans)


def _spans(hours: Hours, day: str) -> str:
    """9am to 12pm, 2pm to 5pm; nothing on a day that is closed."""
    spans = sorted(tuple(span) for span in hours.get(day, ()))
    return ", ".join(_span(opens, closes) for opens, closes in spans)


def _span(opens: str, closes: str) -> str:
    """A span that ends at midnight says so; one that goes on says that it ends on the next day."""
    times = {"opens": _time(opens), "closes": _time(closes)}
    if closes > opens:
        return str(_("%(opens)s to %(closes)s", **times))
    if closes == "00:00":
        return str(_("%(opens)s to midnight", **times))
    return str(_("%(opens)s to %(closes)s the next day", **times))


def _time(wall: str) -> str:
    return i18n.clock_time(time.fromisoformat(wall))


def _name(day: str) -> str:
    return i18n.weekday(int(day))
