"""What a student may type or choose, and the sentence for everything that does not fit.

Nothing typed is thrown away with an error; it stands in the field again, next to what to do.
"""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from student_portal.foundation import addresses
from student_portal.foundation.forms import (
    BornParts,
    PortalForm,
    address_sentence,
    digits,
    six_digits,
    tidy,
    tidy_lines,
)
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions.queries import Listed
from student_portal.referral.draft import Answer, Draft
from student_portal.referral.question import Kind, Question
from student_portal.signposting.queries import FOR, PageKey

ANOTHER_WAY = [key for key in PageKey if key is not PageKey.REGISTER_WITH_GP]
NAME_LENGTH = 100
WORDS_LENGTH = 500


class QuestionForm(PortalForm):
    """What the form of every question can do."""

    def answer_given(self) -> dict[str, str]:
        """The answer in the shape a draft keeps."""
        return {"value": self.answer.data, **({"words": self.more.data} if "more" in self else {})}

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field: what was typed has the right shape and is still not right."""
        self.answer.errors = [*self.answer.errors, sentence]


class NameForm(QuestionForm):
    answer = StringField(filters=[tidy])

    def validate_answer(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_("Write what we should call you. A first name is fine"))
        if len(field.data) > NAME_LENGTH:
            raise ValidationError(
                _("That is too long for us to keep. Use %(n)s letters or fewer", n=NAME_LENGTH)
            )
        if not any(letter.isalpha() for letter in field.data):
            raise ValidationError(_("Use at least one letter, so that a person can say it"))


class BornForm(QuestionForm):
    answer = FormField(BornParts)

    def answer_given(self) -> dict[str, str]:
        born = self.answer.form.born()
        return {"value": born.isoformat()}


class AgainForm(BornForm):
    """The date of birth that opens a locked draft."""

    answer = FormField(BornParts, _l("What is your date of birth?"))

    def refuse(self, sentence: str) -> None:
        self.answer.form.year.errors = [*self.answer.form.year.errors, sentence]

    def given(self) -> date:
        """The date, once the form is valid."""
        return date.fromisoformat(self.answer_given()["value"])


class ContactForm(QuestionForm):
    answer = StringField(filters=[tidy])

    def validate_answer(self, field: StringField) -> None:
        try:
            self.address = addresses.parse(field.data)
        except addresses.AddressError as error:
            raise ValidationError(address_sentence(error.code)) from error

    def answer_given(self) -> dict[str, str]:
        address = self.address
        return {"value": address.value, "channel": address.channel, "shown": address.shown}


class CodeForm(QuestionForm):
    answer = StringField(filters=[digits], validators=[six_digits])


def form_for(question: Question, draft: Draft, *, places: list[Listed]) -> QuestionForm:
    """The form of one question, showing what was answered before."""
    kinds = {Kind.NAME: NameForm, Kind.BORN: BornForm, Kind.CONTACT: ContactForm, Kind.CODE: CodeForm}
    kind = kinds.get(question.kind) or _choice_form(question, places)
    form: QuestionForm = kind(data=_shown_again(question, draft.answers.get(question.key, {})))
    form.answer.label.text = _(question.title)
    return form


def _choice_form(question: Question, places: list[Listed]) -> type[QuestionForm]:
    offered = [SelectChoice(place.id, place.name) for place in places if question.kind is Kind.PLACE]
    offered += [SelectChoice(choice.code, _(choice.words)) for choice in question.choices]
    codes = [choice.value for choice in offered]
    one_of_these = AnyOf(codes, message=_(question.missing))
    fields: dict[str, Any] = {
        "answer": RadioField(choices=offered, validate_choice=False, validators=[one_of_these])
    }
    if question.more:
        too_long = _("That is too long for us to keep. Use %(n)s letters or fewer", n=WORDS_LENGTH)
        fits = Length(max=WORDS_LENGTH, message=too_long)
        fields["more"] = StringField(_(question.more), filters=[tidy], validators=[fits])
    return type("ChoiceForm", (QuestionForm,), fields)


def _shown_again(question: Question, answer: Answer) -> dict[str, Any]:
    if not answer:
        return {}
    if question.kind is Kind.BORN:
        born = date.fromisoformat(answer["value"])
        return {"answer": {"day": str(born.day), "month": str(born.month), "year": str(born.year)}}
    return {"answer": answer.get("shown", answer["value"]), "more": answer.get("words", "")}


class SendForm(PortalForm):
    """The check page: what it showed, signed."""

    shown = HiddenField()


class SignpostForm(PortalForm):
    """Another route was agreed."""

    version = IntegerField(validators=[InputRequired(message=_l("Reload the page and try again"))])
    page = SelectField(
        _l("What does the student read under their request?"),
        choices=lambda: [SelectChoice("", _("Choose one")), *_pages()],
        validate_choice=False,
        validators=[AnyOf(ANOTHER_WAY, message=_l("Choose what the student reads"))],
    )
    reason = TextAreaField(
        _l("Which route, and why? What did you agree with the student?"),
        filters=[tidy_lines],
        validators=[
            DataRequired(message=_l("Write which route you agreed, and why")),
            Length(max=2000, message=_l("Use 2,000 letters or fewer")),
        ],
    )


def _pages() -> list[SelectChoice]:
    return [SelectChoice(key.value, _(FOR[key])) for key in ANOTHER_WAY]
