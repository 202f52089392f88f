"""A contact in words: what templates print."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import floor
from student_portal.signposting.queries import ENGLISH, Content, Shown, Way


@dataclass(frozen=True)
class Card:
    """One way to get help, as components/parts.html draws it."""

    name: str
    open_words: str
    hours_words: str
    href: str
    action: str
    what: str
    secondary: bool
    who: str = ""  # who answers
    takes: str = ""  # how long it takes
    for_whom: str = ""  # who it is for; empty: everybody
    language: str = ENGLISH  # of the words that name and describe it


@dataclass(frozen=True)
class Line:
    """One line of the block at the foot of every student page."""

    href: str
    action: str
    note: str


def card(contact: Shown, at: datetime) -> Card:
    """A contact, with whether it is open at this moment."""
    is_open, hours = _opening(contact, at)
    cost = f" {contact.cost}." if contact.cost else ""
    return Card(
        contact.name,
        is_open,
        hours + cost,
        contact.href,
        action(contact),
        contact.what_happens,
        secondary=contact.way is Way.WEB or not contact.opening.open_now,
        who=contact.who_answers,
        takes=contact.takes,
        for_whom=contact.for_whom,
        language=contact.language,
    )


def line(contact: Shown) -> Line:
    """A contact that is open day and night, as a line at the foot."""
    return Line(contact.href, action(contact), _("%(name)s, any hour", name=contact.name))


def action(contact: Shown | Content) -> str:
    """What the button says: the number as it is written."""
    if contact.way is Way.TEXT:
        return str(_("Text %(number)s", number=contact.target))
    if contact.way is Way.CALL:
        return str(_("Call %(number)s", number=contact.target))
    return str(_("Open %(name)s", name=contact.name))


def floor_lines() -> tuple[Line, Line]:
    """111 and 999: built in, on every page."""
    return (
        Line(f"tel:{floor.NHS_111}", _("Call 111"), _("Choose mental health")),
        Line(f"tel:{floor.EMERGENCY}", _("Call 999"), _("Life in danger")),
    )


FLOOR = floor.ROUTES


def floor_card(way: Way) -> Card:
    """One of the two routes that are shown when the database cannot be read, in words of its own."""
    contact = FLOOR[way]
    words = {
        Way.TEXT: _("Send any word to start. A trained volunteer texts back. It can take longer at night."),
        Way.CALL: _("A volunteer answers and listens. You do not have to know what to say."),
    }
    return Card(
        contact.name,
        _("Open now,"),
        _("day and night. Free."),
        contact.href,
        action(contact),
        words[way],
        secondary=False,
        who=_("Trained volunteers"),
        takes={Way.TEXT: _("Often a few minutes, longer at night"), Way.CALL: _("As long as you need")}[way],
        language=i18n.language(),
    )


def nhs_111() -> Card:
    """The 111 card: built in, like its number."""
    return Card(
        _("111, mental health option"),
        _("Open now,"),
        _("day and night. Free."),
        f"tel:{floor.NHS_111}",
        _("Call 111"),
        _(
            "Choose the mental health option. A trained person asks a few questions, then helps you work out "
            "what to do next. A friend can call for you."
        ),
        secondary=False,
        who=_("Trained NHS staff"),
        takes=_("You may wait a while to be answered"),
        language=i18n.language(),
    )


def _opening(contact: Shown, at: datetime) -> tuple[str, str]:
    opening = contact.opening
    if opening.always:
        return _("Open now,"), _("day and night.")
    if opening.open_now and opening.until:
        return _("Open now,"), _until(opening.until, at)
    if opening.next_open:
        day = _("today") if i18n.same_day(opening.next_open, at) else i18n.day(opening.next_open)
        return _("Closed now."), _("Opens %(day)s at %(hour)s.", day=day, hour=i18n.hour(opening.next_open))
    return _("Closed now."), ""


def _until(closes: datetime, at: datetime) -> str:
    """The hour alone while it can only be the next one of that name."""
    soon = closes - at < timedelta(days=1)
    return str(_("until %(hour)s.", hour=i18n.hour(closes) if soon else i18n.moment(closes)))
