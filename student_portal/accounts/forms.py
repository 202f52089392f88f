"""What is asked at the door: of students one thing a page, of staff three things on one."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from student_portal.foundation import addresses
from student_portal.foundation.addresses import Address
from student_portal.foundation.forms import BornParts, PortalForm, digits, one_address, six_digits

LONGEST = 254  # characters of an e-mail address, and of a password


class AskForm(PortalForm):
    """Where to send a code."""

    where = StringField(_l("What is your mobile number or e-mail address?"), validators=[one_address])

    def address(self) -> Address:
        """The address, once the form is valid."""
        return addresses.parse(self.where.data)


class ReachForm(PortalForm):
    """Where a member of staff on duty is texted; empty: nowhere."""

    phone = StringField(_l("Your mobile number"))

    def validate_phone(self, field: StringField) -> None:
        """A UK mobile number, if anything."""
        if (field.data or "").strip():
            one_address(self, field)
            if addresses.parse(field.data).channel != "sms":
                raise ValidationError(_l("Write a mobile number, or leave it empty for e-mails only."))

    def number(self) -> str:
        """The number in E.164 once the form is valid; empty for none."""
        written = (self.phone.data or "").strip()
        return addresses.parse(written).value if written else ""


class CodeForm(PortalForm):
    """The code that came back."""

    digits = StringField(_l("Write the code"), filters=[digits], validators=[six_digits])

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.digits.errors = [*self.digits.errors, sentence]


class BornForm(PortalForm):
    """Who, of the people it could be."""

    born = FormField(BornParts, _l("What is your date of birth?"))

    def given(self) -> date:
        """The date, once the form is valid."""
        born: date = self.born.form.born()
        return born

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.born.form.year.errors = [*self.born.form.year.errors, sentence]


def _pin() -> list[Any]:
    return [DataRequired(message=_l("Write the PIN: 6 to 8 digits"))]


class PinForm(PortalForm):
    """The PIN, where others give a date of birth."""

    pin = PasswordField(_l("What is your PIN?"), filters=[digits], validators=_pin())

    def given(self) -> str:
        """The PIN, once the form is valid."""
        return str(self.pin.data)

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.pin.errors = [*self.pin.errors, sentence]


class NewPinForm(PortalForm):
    """A PIN, twice because nobody can read it while it is written."""

    pin = PasswordField(_l("New PIN"), filters=[digits], validators=_pin())
    again = PasswordField(
        _l("The new PIN once more"),
        filters=[digits],
        validators=[EqualTo("pin", message=_l("The two are not the same. Write the new PIN twice"))],
    )

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.pin.errors = [*self.pin.errors, sentence]


class StaffForm(PortalForm):
    """E-mail, password and six digits; `next` is the page they wanted."""

    next = HiddenField()
    email = StringField(
        _l("Work e-mail"),
        validators=[
            DataRequired(message=_l("Write your work e-mail")),
            Length(max=LONGEST, message=_l("That is longer than an e-mail address can be")),
        ],
    )
    password = PasswordField(
        _l("Password"),
        validators=[
            DataRequired(message=_l("Write your password")),
            Length(max=LONGEST, message=_l("That is longer than a password can be")),
        ],
    )
    code = StringField(
        _l("Six digits from your authenticator"),
        filters=[digits],
        validators=[DataRequired(message=_l("Write the six digits from your authenticator")), six_digits],
    )

    def refuse(self, sentence: str) -> None:
        """Show one sentence for whatever was wrong; nothing says which of the three it was."""
        self.email.errors = [*self.email.errors, sentence]


class UnlockForm(PortalForm):
    """The therapist's own six digits, on a device they lent; `next` is the page they wanted."""

    next = HiddenField()
    code = StringField(
        _l("Six digits from your authenticator"),
        filters=[digits],
        validators=[DataRequired(message=_l("Write the six digits from your authenticator")), six_digits],
    )

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.code.errors = [*self.code.errors, sentence]
