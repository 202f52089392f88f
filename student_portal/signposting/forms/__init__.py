"""What an admin types about a contact."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from student_portal.signposting.queries import Content, Version, Way

_WEEKDAYS = ("0", "1", "2", "3", "4")
_WEEKEND = ("5", "6")


def _tidy(value: str | None) -> str:
    return re.sub(r"\s+", " ", "".join(c for c in value or "" if c.isprintable() or c.isspace())).strip()


class ContactForm(FlaskForm):
    """One version of a contact. The number is typed twice, the second time from the contact's own page."""

    seen = HiddenField()
    way = RadioField(
        _l("How do students get in touch?"),
        choices=[
            SelectChoice(Way.TEXT.value, _l("They text")),
            SelectChoice(Way.CALL.value, _l("They call")),
            SelectChoice(Way.WEB.value, _l("They open a page")),
        ],
        validators=[InputRequired(_l("Choose text, call or page"))],
    )
    name = StringField(
        _l("Name students see"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Enter the name")),
            Length(max=80, message=_l("Make the name 80 letters or fewer")),
        ],
    )
    target = StringField(
        _l("Number, or address of the page"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Enter the number or the address")),
            Length(max=200, message=_l("Make the address 200 letters or fewer")),
        ],
    )
    again = StringField(_l("The same again, read from their own page"), filters=[_tidy])
    open = RadioField(
        _l("When is it open?"),
        choices=[SelectChoice("always", _l("Day and night")), SelectChoice("set", _l("Set hours"))],
        validators=[InputRequired(_l("Choose day and night, or set hours"))],
    )
    week_from = TimeField(_l("Monday to Friday, from"), validators=[Optional()])
    week_to = TimeField(_l("Monday to Friday, until"), validators=[Optional()])
    weekend_from = TimeField(_l("Saturday and Sunday, from"), validators=[Optional()])
    weekend_to = TimeField(_l("Saturday and Sunday, until"), validators=[Optional()])
    cost = StringField(
        _l("What it costs"),
        filters=[_tidy],
        validators=[Length(max=60, message=_l("Say it in 60 letters or fewer"))],
    )
    what = TextAreaField(
        _l("What happens when you do it"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Say what happens, in plain words")),
            Length(max=500, message=_l("Say it in 500 letters or fewer")),
        ],
    )
    who = StringField(
        _l("Who answers"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Say who answers, such as: trained volunteers")),
            Length(max=120, message=_l("Say it in 120 letters or fewer")),
        ],
    )
    takes = StringField(
        _l("How long it takes"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Say how long it takes, such as: a few minutes until somebody answers")),
            Length(max=80, message=_l("Say it in 80 letters or fewer")),
        ],
    )
    for_whom = StringField(
        _l("Who it is for"),
        filters=[_tidy],
        validators=[Length(max=120, message=_l("Say it in 120 letters or fewer"))],
    )
    how = StringField(
        _l("How you checked it"),
        filters=[_tidy],
        validators=[
            InputRequired(_l("Say how you checked it, such as: called and got an answer")),
            Length(max=200, message=_l("Say it in 200 letters or fewer")),
        ],
    )
    review_day = StringField(_l("Day"), filters=[_tidy])
    review_month = StringField(_l("Month"), filters=[_tidy])
    review_year = StringField(_l("Year"), filters=[_tidy])

    def validate_again(self, field: StringField) -> None:
        if field.data != self.target.data:
            raise ValidationError(_l("The two are not the same. Look at their own page and type it again"))

    def validate_week_from(self, _field: TimeField) -> None:
        if self.open.data == "set" and not (self._span("week") or self._span("weekend")):
            raise ValidationError(_l("Enter opening and closing times"))

    def validate_review_day(self, _field: StringField) -> None:
        if self.review_by is None:
            raise ValidationError(_l("Enter a real date, such as 19 2 2027"))

    @property
    def review_by(self) -> date | None:
        """The date typed in three boxes, or None if there is no such day."""
        parts = (self.review_year.data, self.review_month.data, self.review_day.data)
        try:
            return date(*(int(part) for part in parts if part.isascii() and part.isdigit()))
        except (TypeError, ValueError, OverflowError):
            return None

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
            checked_how=self.how.data,
            review_by=self.review_by,
        )

    def _hours(self) -> dict[str, list[list[str]]]:
        week, weekend = self._span("week"), self._span("weekend")
        return {day: [week] for day in _WEEKDAYS if week} | {day: [weekend] for day in _WEEKEND if weekend}

    def _span(self, part: str) -> list[str] | None:
        opens, closes = self[f"{part}_from"].data, self[f"{part}_to"].data
        return [_words(opens), _words(closes)] if opens is not None and closes is not None else None


def filled(version: Version, *, seen: int, today: date) -> dict[str, Any]:
    """What the form shows when a version is opened for editing."""
    content = version.content
    hours = content.hours or {}
    week, weekend = _first(hours.get("0")), _first(hours.get("5"))
    review = content.review_by if content.review_by and content.review_by > today else None
    return {
        "seen": str(seen),
        "way": content.way.value,
        "name": content.name,
        "target": content.target,
        "again": "",
        "open": "always" if content.hours is None else "set",
        **_times("week", week),
        **_times("weekend", weekend),
        "cost": content.cost,
        "what": content.what_happens,
        "who": content.who_answers,
        "takes": content.takes,
        "for_whom": content.for_whom,
        "how": "",
        "review_day": str(review.day) if review else "",
        "review_month": str(review.month) if review else "",
        "review_year": str(review.year) if review else "",
    }


def _times(part: str, span: Sequence[str] | None) -> dict[str, time]:
    if not span:
        return {}
    return {f"{part}_from": time.fromisoformat(span[0]), f"{part}_to": time.fromisoformat(span[1])}


def _words(value: time) -> str:
    return value.strftime("%H:%M")


def _first(spans: Sequence[Sequence[str]] | None) -> Sequence[str] | None:
    return spans[0] if spans else None
