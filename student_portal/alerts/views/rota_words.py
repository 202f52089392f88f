"""How the rota is said: gaps, weeks, leave and turns, in words and never in colours."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from flask_babel import ngettext

from student_portal.alerts.forms import rota as forms
from student_portal.alerts.queries.rota import Day, Lack, LeftBehind, Line, Missing, Stretch, TurnLine
from student_portal.duty.queries import DutyRole, Span, WorkingCalendar
from student_portal.foundation import clock, i18n
from student_portal.foundation.i18n import gettext as _

NOON = time(12)
SATURDAY = 5
A_MOMENT = timedelta(seconds=1)  # the end of a span is no longer in it


def gap_words(gap: Missing, calendar: WorkingCalendar) -> str:
    """ "Nobody reads for Robin Okafor on the afternoon of Friday 4 December." """
    when = _when(gap, calendar)
    if gap.lack is Lack.MANAGER:
        return str(_("No manager is on duty %(when)s.", when=when))
    if gap.lack is Lack.READER:
        return str(_("Nobody reads for %(name)s %(when)s.", name=gap.name, when=when))
    return str(_("Nobody stands in for %(name)s %(when)s.", name=gap.name, when=when))


def _when(gap: Missing, calendar: WorkingCalendar) -> str:
    if not i18n.same_day(gap.since, gap.until):
        return str(
            _("from %(since)s to %(until)s", since=i18n.moment(gap.since), until=i18n.moment(gap.until))
        )
    day = clock.london(gap.since).date()
    opens, closes = (clock.in_london(day, wall) for wall in calendar.hours[day.weekday()])
    noon, words = clock.in_london(day, NOON), i18n.day(day)
    if gap.until == closes and gap.since in (opens, noon):
        whole = gap.since == opens
        return str(_("on %(day)s", day=words) if whole else _("on the afternoon of %(day)s", day=words))
    if (gap.since, gap.until) == (opens, noon):
        return str(_("on the morning of %(day)s", day=words))
    since, until = i18n.hour(gap.since), i18n.hour(gap.until)
    return str(_("on %(day)s from %(since)s to %(until)s", day=words, since=since, until=until))


def week_rows(line: Line) -> list[tuple[str, list[str]]]:
    """Each day with what is said of it; days after each other of which the same is said share a row. Weekends
    stand there only if the service works then.
    """
    days = [day for day in line.days if day.stretches or day.day.weekday() < SATURDAY]
    told = groupby(days, key=lambda day: _said(day, is_manager=not line.person_id))
    return [(_row_days([day.day for day in same]), said) for said, same in told]


def _row_days(days: list[date]) -> str:
    if len(days) == 1:
        return i18n.day(days[0])
    return str(_("%(first)s to %(last)s", first=i18n.day(days[0]), last=i18n.day(days[-1])))


def _said(day: Day, *, is_manager: bool) -> list[str]:
    if not day.stretches:
        return [str(_("Closed"))]
    if len(day.stretches) == 1:
        return [_stretch_words(day.stretches[0], is_manager=is_manager)]
    return [
        str(
            _("%(since)s to %(until)s: %(said)s", since=i18n.hour(stretch.opens_at),
              until=i18n.hour(stretch.closes_at), said=_stretch_words(stretch, is_manager=is_manager))
        )
        for stretch in day.stretches
    ]  # fmt: skip


def _stretch_words(stretch: Stretch, *, is_manager: bool) -> str:
    """ "Works. Stands in: Jo Lindqvist." Of managers, who is on duty."""
    names = ", ".join(stretch.names)
    if is_manager:
        return names or str(_("Nobody"))
    if stretch.works:
        return str(_("Works. Stands in: %(names)s.", names=names) if names else _("Works. Nobody stands in."))
    return str(_("Away. Reads: %(names)s.", names=names) if names else _("Away. Nobody reads."))


def span_words(span: Span, at: datetime) -> str:
    """ "Monday 7 December to Friday 11 December. Afternoons, from noon." What has begun says only its end."""
    said = [_dates(span, at)]
    if span.weekday is not None:
        said.append(str(forms.ONLY[span.weekday]))
    if span.half:
        said.append(str(forms.HALVES[span.half]))
    return "".join(f"{words}. " for words in said).strip()


def _dates(span: Span, at: datetime) -> str:
    first, has_begun = i18n.day(span.since), span.since <= at
    if span.until is None:
        return str(_("Until further notice") if has_begun else _("From %(first)s on", first=first))
    last = i18n.day(span.until - A_MOMENT)
    if last == first:
        return first
    return str(
        _("Until %(last)s", last=last) if has_begun else _("%(first)s to %(last)s", first=first, last=last)
    )


def turn_words(line: TurnLine) -> str:
    if line.turn.role is DutyRole.MANAGER:
        return str(_("%(name)s is the manager on duty", name=line.name))
    if line.owner:
        return str(_("%(name)s reads for %(owner)s", name=line.name, owner=line.owner))
    return str(_("%(name)s reads for every therapist", name=line.name))


def left_words(left: LeftBehind, calendar: WorkingCalendar) -> list[str]:
    """What to settle before somebody goes."""
    said = [gap_words(gap, calendar) for gap in left.missing]
    if left.sessions:
        said.append(ngettext(
            "%(num)s session is booked in this time. Move it, or tell the student.",
            "%(num)s sessions are booked in this time. Move them, or tell the students.", left.sessions,
        ))  # fmt: skip
    if left.unread:
        said.append(ngettext(
            "%(num)s answer waits to be read first.", "%(num)s answers wait to be read first.", left.unread,
        ))  # fmt: skip
    return said
