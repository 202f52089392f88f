"""Why sending starts with something open, and why it stops."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from student_portal.foundation.forms import PortalForm, tidy_lines

_REASON = {
    "filters": [tidy_lines],
    "validators": [
        DataRequired(_l("Write why, for whoever reads this later")),
        Length(min=10, max=1000, message=_l("Use 10 to 1,000 characters")),
    ],
}


class StartForm(PortalForm):
    """A manager's reason; `seen` is the mark of what stood on the page."""

    seen = HiddenField()
    reason = TextAreaField(_l("Why messages may leave"), **_REASON)

    def over(self, seen: str) -> None:
        """From here on the button is about what this page shows."""
        self.seen.data = seen


class StopForm(PortalForm):
    """A manager's reason. What is open does not matter to a stop."""

    why = TextAreaField(_l("Why nothing may leave"), **_REASON)
