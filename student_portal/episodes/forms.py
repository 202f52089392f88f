"""What staff fill in about dates. Date and time are London's wall clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from student_portal.episodes.queries import Mode, SessionFacts
from student_portal.episodes.service import DateRefused
from student_portal.foundation import clock, ids
from student_portal.foundation.errors import Refused
from student_portal.foundation.forms import Day, Hour, PortalForm

MODES = {Mode.CAMPUS: _l("On campus"), Mode.VIDEO: _l("Video"), Mode.PHONE: _l("Phone")}
LENGTH = _l("Write how many minutes the session lasts, from 10 to 180.")


class NeededBeside:
    """A time that may be left out only with its date."""

    def __init__(self, day: str) -> None:
        self.day = day

    def __call__(self, form: Any, field: Any) -> None:
        if form[self.day].data and not (field.raw_data and field.raw_data[0].strip()):
            field.errors[:] = []  # an empty box is not a time written wrongly
            raise StopValidation(_l("Give the time as well, or leave the date empty."))


class Minutes(IntegerField):
    """A length in minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(LENGTH) from None


class SeenForm(PortalForm):
    """A button on something that was read: the version it stood in, so that nothing unseen is overwritten."""

    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(_l("Reload the page and try once more."))]
    )


class OpenForm(SeenForm):
    """Accept a request."""

    referral_id = HiddenField(
        validators=[Regexp(ids.PATTERN, message=_l("Open the request again and press Accept there."))]
    )


class Choose(SelectField):
    """One of a few; anything else is met with the sentence given."""

    def __init__(self, label: Any, sentence: Any, **parts: Any) -> None:
        super().__init__(label, **parts)
        self.sentence = sentence

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(self.sentence) from None


class HowForm(PortalForm):
    """How long, in which way and where."""

    minutes = Minutes(_l("Length in minutes"), [InputRequired(LENGTH), NumberRange(10, 180, LENGTH)])
    mode = Choose(
        _l("How you meet"),
        _l("Choose how you meet."),
        choices=[SelectChoice(mode.value, words) for mode, words in MODES.items()],
    )
    place = StringField(
        _l("Room, or how to join"), [Length(max=200, message=_l("Use at most 200 characters for the place."))]
    )


class MoveForm(HowForm, SeenForm):
    """Another date for one session."""

    day = Day(_l("Date"), [InputRequired(_l("Give the date."))])
    time = Hour(_l("Time"), [InputRequired(_l("Give the time."))])


class ContactedForm(PortalForm):
    """What came of the one contact after a student left."""

    note = TextAreaField(
        _l("What happened"),
        [
            DataRequired(_l("Write in a few words what happened.")),
            Length(max=2000, message=_l("Use at most 2,000 characters.")),
        ],
    )


def booking(numbers: Sequence[int], **data: Any) -> Any:
    """A form with a date and a time for each of these session numbers, `day_1`, `time_1` and so on."""
    fields: dict[str, Any] = {}
    for number in numbers:
        fields[f"day_{number}"] = Day(_l("Session %(number)s: date", number=number), [Optional()])
        fields[f"time_{number}"] = Hour(
            _l("Session %(number)s: time", number=number), [NeededBeside(f"day_{number}"), Optional()]
        )
    return type("BookForm", (HowForm,), fields)(data=data)


def starts_at(form: Any, number: int) -> datetime | None:
    """The moment asked for one session of a booking form; None if its date is empty."""
    day, time = form[f"day_{number}"], form[f"time_{number}"]
    return clock.in_london(day.data, time.data) if day.data and time.data else None


def moving(facts: SessionFacts) -> MoveForm:
    """A move form that shows where the session stands."""
    stands: dict[str, Any] = {
        "minutes": facts.minutes,
        "mode": facts.mode,
        "place": facts.place,
        "version": facts.version,
    }
    if facts.starts_at:
        wall = clock.london(facts.starts_at)
        stands |= {"day": wall.date(), "time": wall.time()}
    return MoveForm(data=stands)


REFUSALS = {
    "empty": _l("Give at least one date. The others can stay empty and be booked later."),
    "first": _l("Give the first date and its time, then fill in the others from them."),
    "past": _l("This is in the past. Give a date to come."),
    "order": _l("The dates must follow the numbers: an earlier session cannot come after a later one."),
    "clash": _l("You have another session at this time. Give another date or time."),
    "booked": _l("This session has a date already. Move it on its own page."),
    "ended": _l("These sessions were ended, so no date can be given."),
    "unread": _l("There is something of theirs to read first. After this nobody could open it."),
    "not_booked": _l("This session has no date, so there is nothing to change."),
    "not_yet": _l("This session has not begun yet, so nobody can say how it went."),
}


def refuse(form: Any, refused: Refused) -> None:
    """Say in words why a date was refused, at the row it is about (or the first)."""
    days = [field for field in form if isinstance(field, Day)]
    number = refused.number if isinstance(refused, DateRefused) else None
    say(next((field for field in days if field.name == f"day_{number}"), days[0]), refused.code)


def say(field: Any, code: str) -> None:
    """Put a sentence next to one field."""
    field.errors = [*field.errors, REFUSALS[code]]


def put(field: Any, value: Any) -> None:
    """Show this value in a field, whatever was typed there."""
    field.data, field.raw_data = value, None
