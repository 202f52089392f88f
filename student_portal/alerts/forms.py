"""What was done after reading an answer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length


class ReadForm(FlaskForm):
    """The button "I have read this": `version` is that of the words on the page."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that was read; none that ever stands where the page did not say."""
        given = self.version.data or ""
        return int(given) if given.isdecimal() and len(given) < 10 else 0


class DidForm(ReadForm):
    """What was done, in words."""

    note = TextAreaField(
        _l("What you did"),
        [
            DataRequired(_l("Write in a few words what you did.")),
            Length(max=2000, message=_l("Use at most 2,000 characters.")),
        ],
    )
