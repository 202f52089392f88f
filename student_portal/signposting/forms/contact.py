"""One version of a contact, as an admin types it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from student_portal.foundation.forms import PortalForm, tidy
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions.queries import Listed
from student_portal.signposting.forms import week
from student_portal.signposting.forms.saying import say
from student_portal.signposting.forms.standing import how, review_by
from student_portal.signposting.languages import LANGUAGES
from student_portal.signposting.queries import Content, Version, Way


def _line(label: Any, longest: int, *required: Any, box: type[StringField] = StringField) -> StringField:
    """Words up to a length, tidied; `required` is the sentence for whoever left them out."""
    too_long = _l("Say it in %(letters)s letters or fewer", letters=longest)
    return box(
        label,
        filters=[tidy],
        validators=[*map(DataRequired, required), Length(max=longest, message=too_long)],
    )


class ContactForm(PortalForm):
    """One version of a contact. The number is typed twice, the second time from the contact's own page."""

    seen = HiddenField()
    name = _line(_l("Name students see"), 80, _l("Enter the name"))
    way = RadioField(
        _l("How do students get in touch?"),
        choices=[
            SelectChoice(Way.TEXT.value, _l("They text")),
            SelectChoice(Way.CALL.value, _l("They call")),
            SelectChoice(Way.WEB.value, _l("They open a page")),
        ],
        validators=[InputRequired(_l("Choose text, call or page"))],
    )
    target = _line(_l("Number, or address of the page"), 200, _l("Enter the number or the address"))
    again = StringField(_l("The same again, read from their own page"), filters=[tidy])
    organisation = SelectField(_l("Which students see it?"), validate_choice=False)
    language = SelectField(
        _l("Language of these words"),
        choices=[SelectChoice(code, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
        validators=[AnyOf(list(LANGUAGES), message=_l("Choose a language from the list"))],
    )
    what = _line(
        _l("What happens when you do it"), 500, _l("Say what happens, in plain words"), box=TextAreaField
    )
    who = _line(_l("Who answers"), 120, _l("Say who answers, such as: trained volunteers"))
    takes = _line(
        _l("How long it takes"),
        80,
        _l("Say how long it takes, such as: a few minutes to an answer"),
    )
    for_whom = _line(_l("Who it is for"), 120)
    cost = _line(_l("What it costs"), 60)
    open = RadioField(
        _l("When is it open?"),
        choices=[SelectChoice("always", _l("Day and night")), SelectChoice("set", _l("Set hours"))],
        validators=[InputRequired(_l("Choose day and night, or set hours"))],
    )
    d0 = week.day(_l("Monday"))
    copy = BooleanField(_l("Tuesday to Friday are like Monday"))
    d1 = week.day(_l("Tuesday"))
    d2 = week.day(_l("Wednesday"))
    d3 = week.day(_l("Thursday"))
    d4 = week.day(_l("Friday"))
    d5 = week.day(_l("Saturday"))
    d6 = week.day(_l("Sunday"))
    dholiday = week.day(_l("Bank holidays"))
    how, review_by = how(), review_by()

    def __init__(self, places: Sequence[Listed], **parts: Any) -> None:
        super().__init__(**parts)
        known = [SelectChoice(place.id, place.name) for place in places]
        self.organisation.choices = [SelectChoice("", _("Everybody, signed in or not")), *known]
        codes = [choice.value for choice in self.organisation.choices]
        self.organisation.validators = [AnyOf(codes, message=_("Choose from the list"))]

    @property
    def days(self) -> dict[str, Any]:
        """Each day's own form, by the key under which a contact keeps its hours."""
        return {key: self[f"d{key}"].form for key in week.KEYS}

    def validate(self, extra_validators: Any = None) -> bool:
        """The week is judged only where it counts; what was typed in it stays in any case."""
        well = super().validate(extra_validators)
        if self.open.data == "set":
            self._judge_week()
        return bool(well and not self.errors)

    def _judge_week(self) -> None:
        judged = {key: one for key, one in self.days.items() if not self.copy.data or key not in week.COPIED}
        for one in judged.values():
            one.judge()
        if not any(field.data for one in judged.values() for pair in one.pairs for field in pair):
            say(self.d0.form.from1, _("Write when it opens and closes, on one day at least"))

    def validate_again(self, field: StringField) -> None:
        if field.data != self.target.data:
            raise ValidationError(_("The two are not the same. Look at their own page and type it again"))

    def content(self) -> Content:
        """The version as typed, once the form is valid."""
        return Content(
            way=Way(self.way.data),
            name=self.name.data,
            target=self.target.data,
            hours=None if self.open.data == "always" else self._hours(),
            cost=self.cost.data,
            what_happens=self.what.data,
            who_answers=self.who.data,
            takes=self.takes.data,
            for_whom=self.for_whom.data,
            organisation_id=self.organisation.data or None,
            language=self.language.data,
            checked_how=self.how.data,
            review_by=self.review_by.data,
        )

    def _hours(self) -> Any:
        days = self.days
        if self.copy.data:
            days |= dict.fromkeys(week.COPIED, days["0"])
        return week.hours(days)


def filled(version: Version[Content], *, seen: int) -> dict[str, Any]:
    """What the form shows when a version is opened for editing. It is to be checked anew each time."""
    content = version.content
    return {
        "seen": str(seen),
        "way": content.way.value,
        "name": content.name,
        "target": content.target,
        "organisation": content.organisation_id or "",
        "language": content.language,
        "open": "always" if content.hours is None else "set",
        **{f"d{key}": spans for key, spans in week.typed(content.hours or {}).items()},
        "cost": content.cost,
        "what": content.what_happens,
        "who": content.who_answers,
        "takes": content.takes,
        "for_whom": content.for_whom,
    }
