"""One question of a form, built from its definition; and the student's own words and choices."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from questionnaires import Definition
from student_portal.foundation.forms import tidy_lines
from student_portal.measures.queries import LONGEST_TALK, Talk


def edition_of(definition: Definition) -> str:
    """A short mark of the wording on the screen, so that a page of another form is noticed."""
    return definition.checksum[:12]


def _same_form(form: "AnswerForm", _field: RadioField) -> None:
    if form.edition.raw_data and form.edition.data != edition_of(form.definition):
        raise ValidationError(_l("That page was from another form, so nothing was saved. Choose one here."))


def _one_of_the_boxes(form: "AnswerForm", field: RadioField) -> None:
    given = field.raw_data or []
    boxes = {str(option.position) for option in form.definition.options}
    if len(given) != 1 or given[0] not in boxes:
        raise ValidationError(_l("Choose one of the answers, or skip this question."))


class AnswerForm(FlaskForm):
    """The boxes of one item; nothing is chosen unless the student chose it and may see it again."""

    answer = RadioField(validate_choice=False, validators=[_same_form, _one_of_the_boxes])
    edition = HiddenField()

    def __init__(self, definition: Definition, ticked: int | None = None, **kw: Any) -> None:
        ticked_box = None if ticked is None else str(ticked)
        super().__init__(data={"answer": ticked_box, "edition": edition_of(definition)}, **kw)
        self.definition = definition
        self.answer.choices = [
            SelectChoice(value=str(option.position), label=option.label) for option in definition.options
        ]

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was chosen."""
        return not any(self.answer.raw_data or [])

    @property
    def position(self) -> int:
        """The chosen box; only after `validate`."""
        return int(self.answer.data)


class SendForm(FlaskForm):
    """What the check page showed, so that Send sends that."""

    seen = HiddenField()


class TalkForm(FlaskForm):
    """What the student wants to talk about; `seen` is the version of the words on the page."""

    words = TextAreaField(
        _l("What I want to talk about"),
        filters=[tidy_lines],
        validators=[
            DataRequired(_l("Write what you want to talk about, or go back without saving")),
            Length(max=LONGEST_TALK, message=_l("Use 500 characters or fewer")),
        ],
    )
    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        """None that ever stands, where the page did not say."""
        given = self.seen.data or ""
        return int(given) if given.isdecimal() and len(given) < 10 else -1

    def over(self, standing: Talk) -> None:
        """From here on Save replaces these words, which the page shows."""
        self.seen.data = str(standing.version)
