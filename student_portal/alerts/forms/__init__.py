"""What is written after reading an answer, and about tasks."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from student_portal.accounts.queries import Staff
from student_portal.foundation.forms import PortalForm
from student_portal.foundation.i18n import gettext as _


def _note() -> list[Any]:
    return [
        DataRequired(_l("Write in a few words what you did.")),
        Length(max=2000, message=_l("Use at most 2,000 characters.")),
    ]


class ReadForm(PortalForm):
    """The button "I have read this": `version` is that of the words on the page."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that was read; none that ever stands where the page did not say."""
        return _number(self.version.data)


class DidForm(ReadForm):
    """What was done, in words."""

    note = TextAreaField(_l("What you did"), _note())


class TaskForm(PortalForm):
    """One thing about one task."""


class DoneForm(TaskForm):
    """What was done, in words."""

    note = TextAreaField(_l("What you did"), _note())


class HandOverForm(TaskForm):
    """To which colleague. `seen` is the version of the task on the page."""

    to = RadioField(
        _l("Who takes this over?"), [InputRequired(_l("Choose a colleague."))], validate_choice=False
    )
    seen = HiddenField()

    def __init__(self, *, colleagues: Sequence[Staff], **fields: Any) -> None:
        super().__init__(**fields)
        self.to.choices = [SelectChoice(person.id, person.name) for person in colleagues]

    def validate_to(self, field: RadioField) -> None:
        """Somebody who stands on the page, which says so in our own words."""
        if field.data not in {choice.value for choice in self.to.choices}:
            raise ValidationError(_("They cannot take it now. Choose somebody else."))

    @property
    def version(self) -> int:
        """The version that the page showed."""
        return _number(self.seen.data)

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.to.errors = [*self.to.errors, sentence]


def _number(given: str | None) -> int:
    plain = given or ""
    return int(plain) if plain.isdecimal() and len(plain) < 10 else 0
