"""The form that every form is, and fields that more than one room asks for: words, a date of birth, six
digits, one number or e-mail address.

Nothing typed is thrown away with an error; it stands in the field again, next to what to do.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Form, StringField, TimeField
from wtforms.validators import ValidationError

from student_portal.foundation import addresses, clock, locking
from student_portal.foundation.i18n import gettext as _

OLDEST, YOUNGEST = 120, 12
"""Ages in years. Outside them the year is more likely a slip than a birthday; under 18 is not refused."""

CODE_LENGTH = 6

FIRST_YEAR, LAST_YEAR = 2000, 2099  # outside them a year is a slip, and weeks could not be counted from it

_JOINERS = "\u200c\u200d"  # Persian, Indic and other scripts need them inside words


class PortalForm(FlaskForm):
    """Any form of ours. Where somebody comes back to words that were posted from a locked screen, it shows
    them as it would after an error: as they were typed, to be pressed again.
    """

    words_id = ""  # those that it shows again, or that were posted with it now, if any
    is_given_back = False

    def process(self, *given: Any, **named: Any) -> None:
        """Fill the fields; what is shown again stands letter for letter, not tidied as what will be kept."""
        super().process(*given, **named)
        for field in self if self.is_given_back else ():
            if isinstance(field, StringField) and field.raw_data:
                field.data = field.raw_data[0]

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: "PortalForm", formdata: Any) -> Any:
            """What was posted now, if anything; else what was given back to this form."""
            found, given = super().wrap_formdata(form, formdata), locking.given_back()
            if found is not None:
                form.words_id = locking.still_marked(_typed(form))
            if found is not None or formdata is None or given is None or not given.wanted_by(_typed(form)):
                return found
            form.words_id, form.is_given_back = given.words_id, True
            return given.take()


def _typed(form: Form) -> list[str]:
    """The names of the fields that a person fills in."""
    return [field.name for field in form if getattr(field.widget, "input_type", "") != "hidden"]


def tidy(text: str | None) -> str:
    """One line as it will be kept: NFC, single spaces, nothing invisible that could turn or hide letters."""
    composed = unicodedata.normalize("NFC", text or "")
    seen = [letter for letter in composed if letter.isspace() or not _is_invisible(letter)]
    return " ".join("".join(seen).split())


def tidy_lines(text: str | None) -> str:
    """The same for a box of several lines."""
    return "\n".join(tidy(line) for line in (text or "").splitlines()).strip()


def _is_invisible(letter: str) -> bool:
    unassigned_or_control = unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}
    return letter == "\ufffd" or (unassigned_or_control and letter not in _JOINERS)


def digits(text: str | None) -> str:
    """Digits of any script or width as 0 to 9, without spaces; everything else stays."""
    joined = "".join((text or "").split())
    return "".join(addresses.ascii_digit(letter) for letter in joined)


class BornParts(Form):
    """Day, month and year of birth, judged together at the end; goes into a FormField."""

    day = StringField(filters=[digits])
    month = StringField(filters=[digits])
    year = StringField(filters=[digits])

    def validate_year(self, _field: StringField) -> None:
        parts = (self.year.data, self.month.data, self.day.data)
        if not any(parts):
            raise ValidationError(_("Write your date of birth: day, month and year"))
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            raise ValidationError(_("Write the day, month and year as numbers, for example 14 5 2005"))
        if len(self.year.data) != 4:
            raise ValidationError(_("Write the year with four numbers, for example 2005"))
        born = self.born()
        if born is None:
            raise ValidationError(_("There is no such date. Check the day and the month"))
        if not YOUNGEST <= clock.today().year - born.year <= OLDEST:
            raise ValidationError(_("Check the year. It should be the year you were born"))

    def born(self) -> date | None:
        """The date, if there is one."""
        try:
            return date(int(self.year.data), int(self.month.data), int(self.day.data))
        except ValueError:
            return None


class Day(DateField):
    """A date, as the browser's own field sends it or as people write it: 3/12/2026."""

    data: Any

    def __init__(self, label: Any, validators: Sequence[Any], **parts: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y"], **parts)

    def process_formdata(self, valuelist: list[str]) -> None:
        sentence = _l("Write the date like 3/12/2026.")
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(sentence) from None
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(sentence)


class Hour(TimeField):
    """A time of day, such as 14:00."""

    def __init__(self, label: Any, validators: Sequence[Any], **parts: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%H:%M:%S", "%H.%M"], **parts)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the time like 14:00.")) from None


def six_digits(_form: Any, field: StringField) -> None:
    """Validator of a code from a message or an authenticator."""
    if not field.data:
        raise ValidationError(_("Write the six digits from the message"))
    if not (field.data.isascii() and field.data.isdigit() and len(field.data) == CODE_LENGTH):
        raise ValidationError(_("The code is six digits, for example 123456"))


def one_address(_form: Any, field: StringField) -> None:
    """Validator of one UK mobile number or e-mail address."""
    try:
        addresses.parse(field.data or "")
    except addresses.AddressError as error:
        raise ValidationError(address_sentence(error.code)) from error


def address_sentence(code: str) -> str:
    """What to do about a number or address that cannot be used."""
    return str(
        {
            "empty": _("Write a UK mobile number or an e-mail address"),
            "landline": _(
                "Texts do not reach this number. Use a mobile number that starts with 07, "
                "or an e-mail address"
            ),
            "not_uk_mobile": _(
                "We can only text UK mobile numbers, which start with 07. An e-mail address works too"
            ),
            "two": _("Write one number or one address only"),
            "email": _("Check the e-mail address. It should look like name@example.com"),
        }.get(code, _("Check the number. It should look like 07700 900142. An e-mail address works too"))
    )
