"""What is said of what stands, a contact or a page: that somebody checked it, or why it is taken off."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from student_portal.foundation.forms import Day, PortalForm, tidy

_CALLED = _l("Say how you checked it, such as: called and got an answer")


def how(empty: Any = _CALLED) -> StringField:
    """`empty` is the sentence for whoever left it out."""
    return StringField(
        _l("How you checked it"),
        filters=[tidy],
        validators=[
            DataRequired(empty),
            Length(max=200, message=_l("Say it in 200 letters or fewer")),
        ],
    )


def review_by() -> Day:
    return Day(_l("Check again by"), [InputRequired(_l("Choose the day for the next check"))])


class CheckedForm(PortalForm):
    """That somebody checked what students see: how, and by when to check it again."""

    number = HiddenField()  # the version that was on the page
    how = how()
    review_by = review_by()


class WithdrawForm(PortalForm):
    """Why a contact or a page is taken off."""

    why = StringField(
        _l("Why?"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say why, so that the second person can judge it")),
            Length(max=200, message=_l("Say it in 200 letters or fewer")),
        ],
    )
