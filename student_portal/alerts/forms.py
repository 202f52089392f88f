"""What was done after reading an answer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length


class ReadForm(FlaskForm):
    """The button "I have read this"."""


class DidForm(FlaskForm):
    """What was done, in words."""

    note = TextAreaField(
        _l("What you did"),
        [
            DataRequired(_l("Write in a few words what you did.")),
            Length(max=2000, message=_l("Use at most 2,000 characters.")),
        ],
    )
