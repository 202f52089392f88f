"""One question of a form, built from its definition; not this time; the student's own words and choices."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from questionnaires import Definition
from student_portal.foundation.forms import tidy_lines
from student_portal.measures.queries import LONGEST_TALK, DeclineReason, Talk


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
    blank = HiddenField()  # "1" where the page knew of no answer to its question

    def __init__(
        self, definition: Definition, ticked: int | None = None, *, blank: bool = False, **kw: Any
    ) -> None:
        ticked_box = None if ticked is None else str(ticked)
        shown = {"answer": ticked_box, "edition": edition_of(definition), "blank": "1" if blank else ""}
        super().__init__(data=shown, **kw)
        self.definition = definition
        self.answer.choices = [
            SelectChoice(value=str(option.position), label=option.label) for option in definition.options
        ]

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was chosen."""
        return not any(self.answer.raw_data or [])

    @property
    def was_blank(self) -> bool:
        """Whether the page it came from knew of no answer to this question."""
        return self.blank.data == "1"

    @property
    def position(self) -> int:
        """The chosen box; only after `validate`."""
        return int(self.answer.data)


class DeclineForm(FlaskForm):
    """Not this time, with or without a reason."""

    reason = RadioField(
        _l("Would you like to say why?"),
        choices=[
            SelectChoice(DeclineReason.NO_TIME.value, _l("I have no time now")),
            SelectChoice(DeclineReason.TOO_MUCH.value, _l("It is too much today")),
            SelectChoice(DeclineReason.TALK.value, _l("I would rather talk when we meet")),
            SelectChoice(DeclineReason.NOT_PRIVATE.value, _l("It is not private here")),
            SelectChoice(DeclineReason.OTHER.value, _l("Something else")),
            SelectChoice("", _l("I would rather not say")),
        ],
        validators=[Optional(), AnyOf(list(DeclineReason), message=_l("Choose one of these, or none."))],
        validate_choice=False,
    )

    @property
    def chosen(self) -> DeclineReason | None:
        """The reason given, if one was; only after `validate`."""
        return DeclineReason(self.reason.data) if self.reason.data else None


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
