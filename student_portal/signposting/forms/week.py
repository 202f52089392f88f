"""The opening hours of a week and of bank holidays, as an admin types them: up to two spans a day."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

from wtforms import Form, FormField, StringField

from student_portal.foundation.forms import tidy
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting.forms.saying import say
from student_portal.signposting.opening import Hours

KEYS = (*(str(day) for day in range(7)), "holiday")
COPIED = KEYS[1:5]  # Tuesday to Friday, from Monday
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?")  # some browsers send seconds
_DAY_LONG = 24 * 60


class SpansForm(Form):
    """One day. A time at which it closes that is not after the one at which it opens is of the next day."""

    from1 = StringField(filters=[tidy])
    to1 = StringField(filters=[tidy])
    from2 = StringField(filters=[tidy])
    to2 = StringField(filters=[tidy])

    @property
    def pairs(self) -> Iterator[tuple[StringField, StringField]]:
        yield self.from1, self.to1
        yield self.from2, self.to2

    def spans(self) -> list[list[str]]:
        """[[opens, closes], ...] as 09:00, once the day is judged well."""
        typed = [[_wall(opens.data), _wall(closes.data)] for opens, closes in self.pairs]
        return sorted([a, b] for a, b in typed if a is not None and b is not None)

    def judge(self) -> None:
        """Put what is wrong with the day beside its first field that is wrong."""
        for opens, closes in self.pairs:
            for field, beside in ((opens, closes), (closes, opens)):
                if field.data and _wall(field.data) is None:
                    say(field, _("Write a time like 09:00 or 17:30"))
                elif beside.data and not field.data:
                    say(field, _("Write both times, or neither"))
        if not self.errors and _overlap(self.spans()):
            say(self.from2, _("The second time begins before the first one ends"))


def day(label: Any) -> FormField:
    return FormField(SpansForm, label)


def hours(days: dict[str, SpansForm]) -> Hours:
    """What a contact keeps: the spans of each day that has any."""
    return {key: spans for key, one in days.items() if (spans := one.spans())}


def typed(found: Hours) -> dict[str, dict[str, str]]:
    """What each day's fields show for hours that are kept."""
    return {
        key: {
            f"{word}{number}": wall
            for number, span in enumerate(sorted(map(list, found.get(key, ()))), start=1)
            for word, wall in zip(("from", "to"), span, strict=True)
        }
        for key in KEYS
    }


def _wall(words: str | None) -> str | None:
    """09:00 for 9:00, 9.00 and 09:00; None for what is no time of day."""
    found = _TIME.fullmatch(words or "")
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _overlap(spans: list[list[str]]) -> bool:
    if len(spans) < 2:
        return False
    (first_opens, first_closes), (second_opens, second_closes) = (map(_minutes, span) for span in spans)
    first_ends = first_closes if first_closes > first_opens else first_closes + _DAY_LONG
    second_ends = second_closes if second_closes > second_opens else second_closes + _DAY_LONG
    return second_opens < first_ends or second_ends > first_opens + _DAY_LONG


def _minutes(wall: str) -> int:
    read = time.fromisoformat(wall)
    return read.hour * 60 + read.minute
