"""What is entered in the rota: leave, who stands in, hours, closed days. Dates are London's."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from student_portal.accounts.queries import Staff
from student_portal.duty.queries import DayHalf, Span
from student_portal.foundation import clock
from student_portal.foundation.forms import Day, Hour, PortalForm

WEEKDAYS = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"),
)  # fmt: skip
ONLY = (
    _l("Only Mondays"), _l("Only Tuesdays"), _l("Only Wednesdays"), _l("Only Thursdays"), _l("Only Fridays"),
    _l("Only Saturdays"), _l("Only Sundays"),
)  # fmt: skip
HALVES = {DayHalf.MORNING: _l("Mornings, until noon"), DayHalf.AFTERNOON: _l("Afternoons, from noon")}
EVERYBODY, MANAGER = "everybody", "manager"
CHOOSE = _l("Choose one of the list.")
REFUSALS = {
    "order": _l("The last day comes before the first."),
    "past": _l("These days are over. Give a day to come."),
    "long": _l("Enter at most 31 days at a time."),
    "never_open": _l("Then no working day would be left."),
    "self": _l("Nobody can stand in for themselves."),
}


class SelectOne(SelectField):
    """One of a list; anything else is met with a sentence that says what to do."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(CHOOSE) from None


class SpanForm(PortalForm):
    """From the first to the last day, or for good; perhaps only some weekday or half."""

    first = Day(_l("First day"), [InputRequired(_l("Give the first day."))])
    last = Day(_l("Last day"), [Optional()])
    weekday = SelectOne(
        _l("On which days"),
        choices=[
            SelectChoice("", _l("Every day")),
            *(SelectChoice(str(n), words) for n, words in enumerate(ONLY)),
        ],
    )
    half = SelectOne(
        _l("At what time"),
        choices=[
            SelectChoice("", _l("All day")),
            *(SelectChoice(half.value, words) for half, words in HALVES.items()),
        ],
    )

    def span(self) -> Span:
        """What was entered; only once it is valid."""
        return Span(
            since=_midnight(self.first.data),
            until=_midnight(self.last.data + timedelta(days=1)) if self.last.data else None,
            weekday=int(self.weekday.data) if self.weekday.data else None,
            half=DayHalf(self.half.data) if self.half.data else None,
        )

    def refuse(self, code: str) -> None:
        """Say in words, next to the last day, why it was refused."""
        self.last.errors = [*self.last.errors, REFUSALS[code]]


def _midnight(day: date) -> datetime:
    return clock.in_london(day, time(0))


class LeaveForm(SpanForm):
    """Who is away. `seen`: the entry whose consequences the page has named, so that they are read first."""

    who = SelectOne(_l("Who is away"))
    seen = HiddenField()

    def __init__(self, *, people: Sequence[Staff], **parts: Any) -> None:
        super().__init__(**parts)
        self.who.choices = [SelectChoice(person.id, person.name) for person in people]

    @property
    def entry(self) -> str:
        """What stands in the fields, in one line."""
        return " ".join(
            str(field.data) for field in (self.who, self.first, self.last, self.weekday, self.half)
        )


class StandInForm(SpanForm):
    """Who stands in for whom, or is the manager on duty."""

    purpose = SelectOne(_l("What for"))
    who = SelectOne(_l("Who"))

    def __init__(self, *, therapists: Sequence[Staff], managers: Sequence[Staff], **parts: Any) -> None:
        super().__init__(**parts)
        self.purpose.choices = [
            SelectChoice(EVERYBODY, _l("Read for every therapist")),
            *(SelectChoice(one.id, _l("Read for %(name)s", name=one.name)) for one in therapists),
            SelectChoice(MANAGER, _l("Be the manager on duty")),
        ]
        self._of = {MANAGER: {one.id for one in managers}}
        self._readers = {one.id for one in therapists}
        self.who.choices = [SelectChoice(one.id, one.name) for one in (*therapists, *managers)]

    def validate_who(self, field: Any) -> None:
        if field.data not in self._of.get(str(self.purpose.data), self._readers):
            is_manager = self.purpose.data == MANAGER
            raise ValidationError(_l("Choose a manager.") if is_manager else _l("Choose a therapist."))

    @property
    def owner_id(self) -> str | None:
        return None if self.purpose.data in (EVERYBODY, MANAGER) else str(self.purpose.data)

    def refuse(self, code: str) -> None:
        if code == "self":
            self.who.errors = [*self.who.errors, REFUSALS[code]]
        else:
            super().refuse(code)


class ClosedForm(PortalForm):
    """Days on which the service is closed."""

    first = Day(_l("First day closed"), [InputRequired(_l("Give the first day."))])
    last = Day(_l("Last day closed"), [InputRequired(_l("Give the last day."))])

    def refuse(self, code: str) -> None:
        self.last.errors = [*self.last.errors, REFUSALS[code]]


class OpensFirst:
    """Both times of a day or neither, and opening before closing."""

    def __init__(self, opens: str) -> None:
        self.opens = opens

    def __call__(self, form: Any, field: Any) -> None:
        opens, closes = form[self.opens], field
        if closes.raw_data and not closes.raw_data[0].strip():
            closes.errors[:] = []  # an empty box is not a time written wrongly
        if opens.errors or closes.errors:
            return
        if (opens.data is None) != (closes.data is None):
            raise ValidationError(_l("Give both times of a day, or leave both empty."))
        if opens.data and opens.data >= closes.data:
            raise ValidationError(_l("Closing comes after opening."))


def week_form(hours: Mapping[int, tuple[time, time]]) -> Any:
    """A form with the opening and closing time of each weekday, `opens_0` and `closes_0` for Monday."""
    fields: dict[str, Any] = {}
    for number, day in enumerate(WEEKDAYS):
        fields[f"opens_{number}"] = Hour(_l("%(day)s: opens", day=day), [Optional()])
        fields[f"closes_{number}"] = Hour(_l("%(day)s: closes", day=day), [OpensFirst(f"opens_{number}")])
    stands = {
        f"{name}_{number}": wall
        for number, span in hours.items()
        for name, wall in zip(("opens", "closes"), span, strict=True)
    }
    return type("WeekForm", (PortalForm,), fields)(data=stands)


def week_of(form: Any) -> dict[int, tuple[time, time] | None]:
    """The hours that were entered, None: closed that day."""
    spans = {number: (form[f"opens_{number}"].data, form[f"closes_{number}"].data) for number in range(7)}
    return {number: span if span[0] else None for number, span in spans.items()}
