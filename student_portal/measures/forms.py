"""Forms built from a definition: one question, or all of them on one page for students and as staff enter
them; not this time; the student's own words and choices.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from questionnaires import Definition
from questionnaires.definition import Item
from student_portal.foundation.forms import Day, PortalForm, tidy_lines
from student_portal.foundation.i18n import day
from student_portal.measures.queries import (
    LONGEST_TALK,
    DeclineReason,
    Entry,
    FormLayout,
    ResponseMode,
    Talk,
)


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


class AnswerForm(PortalForm):
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


def _as_shown(form: "WholeForm", field: HiddenField) -> None:
    """The page says of which edition it is and names no question that this edition lacks."""
    numbers = {f"q{item.number}" for item in form.definition.items}
    strange = [name for name in form.formdata_names if re.fullmatch(r"q\w*", name) and name not in numbers]
    if strange or (field.raw_data and field.data != edition_of(form.definition)):
        raise ValidationError(_l("That page was from another form, so nothing was saved. Choose again here."))


def _one_box_or_none(form: "WholeForm", field: RadioField) -> None:
    boxes = {str(option.position) for option in form.definition.options}
    if field.raw_data and (len(field.raw_data) != 1 or field.raw_data[0] not in boxes):
        raise ValidationError(_l("Choose one of the answers, or leave this one out."))


class WholeForm(PortalForm):
    """Every item of a definition on one page; made by `whole_form`. Nothing has to be chosen.

    `was` says what the page showed as chosen, so that an old page does not undo what came after it.
    """

    definition: Definition
    edition = HiddenField(validators=[_as_shown])
    was = HiddenField()

    def __init__(self, shown: Mapping[int, int | None], **posted: Any) -> None:
        ticked = {f"q{number}": _box(position) for number, position in shown.items()}
        was = ",".join(ticked.get(f"q{item.number}", "") for item in self.definition.items)
        self.formdata_names = list(posted.get("formdata") or ())
        super().__init__(**posted, data={**ticked, "edition": edition_of(self.definition), "was": was})
        for item in self.definition.items:
            self.box(item.number).choices = [
                SelectChoice(value=str(option.position), label=option.label)
                for option in self.definition.options
            ]

    def box(self, number: int) -> RadioField:
        """The boxes of one question."""
        return self[f"q{number}"]

    def chosen(self) -> dict[int, int]:
        """What was chosen on this page otherwise than it was shown; only after `validate`."""
        given = {item.number: self.box(item.number).data or "" for item in self.definition.items}
        return {number: int(box) for number, box in given.items() if box and box != self._was(number)}

    def blank(self) -> set[int]:
        """The questions to which this page knew no answer."""
        return {item.number for item in self.definition.items if not self._was(item.number)}

    def is_behind(self, shown: Mapping[int, int | None]) -> bool:
        """Whether an answer that this page left alone was given otherwise meanwhile, in another tab."""
        left_alone = {item.number for item in self.definition.items} - self.chosen().keys()
        return any(_box(shown.get(number)) != self._was(number) for number in left_alone)

    def _was(self, number: int) -> str:
        was = (self.was.data or "").split(",")
        return was[number - 1] if len(was) == len(self.definition.items) else ""


def _box(position: int | None) -> str:
    return "" if position is None else str(position)


@cache
def _whole(definition: Definition) -> type[WholeForm]:
    boxes = {
        f"q{item.number}": RadioField(item.text, validate_choice=False, validators=[_one_box_or_none])
        for item in definition.items
    }
    return type("AllQuestions", (WholeForm,), {**boxes, "definition": definition})


def whole_form(definition: Definition, shown: Mapping[int, int | None], **posted: Any) -> WholeForm:
    """All questions of this definition; `shown` is what may be shown as chosen, by item."""
    return _whole(definition)(shown, **posted)


class LayoutForm(PortalForm):
    """Which layout the student wants."""

    layout = HiddenField(validators=[AnyOf([layout.value for layout in FormLayout])])


class DeclineForm(PortalForm):
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
        validators=[
            Optional(strip_whitespace=False),
            AnyOf(list(DeclineReason), message=_l("Choose one of these, or none.")),
        ],
        validate_choice=False,
    )

    @property
    def chosen(self) -> DeclineReason | None:
        """The reason given, if one was; only after `validate`."""
        return DeclineReason(self.reason.data) if self.reason.data else None


class SendForm(PortalForm):
    """What the check page showed, so that Send sends that."""

    seen = HiddenField()


class TalkForm(PortalForm):
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


BLANK = "blank"
ENTERED = {ResponseMode.PAPER: _l("On paper"), ResponseMode.SPOKEN: _l("Told to me")}


def _one_box_or_blank(form: "EntryForm", field: RadioField) -> None:
    given = field.raw_data or []
    boxes = {BLANK, *(str(option.position) for option in form.entry.definition.options)}
    if len(given) != 1 or given[0] not in boxes:
        raise ValidationError(
            _l("%(item)s: choose what was answered, or Not answered.", item=field.label.text)
        )


class EntryForm(PortalForm):
    """A whole form as it was filled in on paper or aloud. `entry_form` adds its questions."""

    mode = RadioField(
        _l("How it was filled in"),
        choices=[SelectChoice(value=mode, label=words) for mode, words in ENTERED.items()],
        validate_choice=False,
        validators=[AnyOf(list(ENTERED), message=_l("Choose how it was filled in."))],
    )
    day = Day(_l("Day it was filled in"), [InputRequired(_l("Write the day it was filled in."))])
    edition = HiddenField()

    entry: Entry

    def validate_day(self, field: Day) -> None:
        first, last = self.entry.first_day, self.entry.last_day
        if first and last and field.data and not self.entry.can_be_of(field.data):
            words = _l(
                "It can have been filled in from %(first)s to %(last)s. Check the day.",
                first=day(first),
                last=day(last),
            )
            raise ValidationError(words)

    def validate_edition(self, field: HiddenField) -> None:
        if field.data != edition_of(self.entry.definition):
            raise ValidationError(_l("That page was from another form, so nothing was stored. Start again."))

    @property
    def questions(self) -> Iterator[tuple[Item, RadioField]]:
        """Each question with its boxes."""
        for item in self.entry.definition.items:
            yield item, self[f"item_{item.number}"]

    @property
    def answers(self) -> list[int | None]:
        """The ticked position of each item, None where not answered; only after `validate`."""
        return [None if field.data == BLANK else int(field.data) for _item, field in self.questions]

    def chosen(self, field: RadioField) -> str | None:
        """The words of what was chosen; None: not answered."""
        return None if field.data == BLANK else self.entry.definition.label_for(int(field.data))


def entry_form(entry: Entry, mode: str | None = None, **kw: Any) -> EntryForm:
    """The form to enter this questionnaire with; nothing is chosen beforehand but how it was filled in."""
    boxes = [
        SelectChoice(value=str(option.position), label=option.label) for option in entry.definition.options
    ]
    questions = {
        f"item_{item.number}": RadioField(
            _l("Question %(number)s", number=item.number),
            choices=boxes,
            validate_choice=False,
            validators=[_one_box_or_blank],
        )
        for item in entry.definition.items
    }
    made: type[EntryForm] = type("EntryForm", (EntryForm,), {"entry": entry, **questions})
    return made(data={"mode": mode, "edition": edition_of(entry.definition)}, **kw)
