"""What an admin types about a written page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from student_portal.foundation.forms import PortalForm, tidy, tidy_lines
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions.queries import Listed
from student_portal.signposting.forms.standing import CheckedForm, how, review_by
from student_portal.signposting.languages import LANGUAGES
from student_portal.signposting.queries import FOR, PageKey, PageWords, Version

_HOW = _l("Say how you checked it, such as: read it aloud and opened each link")


class CheckedPageForm(CheckedForm):
    """That somebody checked what students read, whichever version that was on the page."""

    how, review_by = how(_HOW), review_by()


class PageForm(PortalForm):
    """One version of a page."""

    seen = HiddenField()
    title = StringField(
        _l("Heading"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a heading")),
            Length(max=80, message=_l("Make the heading 80 letters or fewer")),
        ],
    )
    body = TextAreaField(
        _l("Words"),
        filters=[tidy_lines],
        validators=[
            DataRequired(_l("Write what students read")),
            Length(max=4000, message=_l("Use 4,000 letters or fewer. A short page is read")),
        ],
    )
    how, review_by = how(_HOW), review_by()

    def words(self) -> PageWords:
        """The version as typed, once the form is valid."""
        return PageWords(self.title.data, self.body.data, self.how.data, self.review_by.data)


class NewPageForm(PageForm):
    """A page that does not stand yet: for whom it is, where they study, and in which language."""

    key = SelectField(
        _l("For whom"),
        choices=lambda: [SelectChoice(key.value, _(FOR[key])) for key in PageKey],
        validate_choice=False,
        validators=[AnyOf(list(PageKey), message=_l("Choose for whom the page is"))],
    )
    organisation = SelectField(_l("Which students see it"), validate_choice=False)
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice(code, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
        validators=[AnyOf(list(LANGUAGES), message=_l("Choose a language"))],
    )

    def __init__(self, places: list[Listed], **parts: Any) -> None:
        super().__init__(**parts)
        known = [SelectChoice(place.id, place.name) for place in places]
        self.organisation.choices = [SelectChoice("", _("All")), *known]
        one_of_these = AnyOf([choice.value for choice in self.organisation.choices], message=_("Choose one"))
        self.organisation.validators = [one_of_these]


def filled_page(version: Version[PageWords] | None, title: str, body: str, *, seen: int) -> dict[str, Any]:
    """What the form shows when a page is opened for editing. It is to be checked anew each time."""
    if version is None:
        return {"seen": str(seen), "title": title, "body": body}
    return {"seen": str(seen), "title": version.content.title, "body": version.content.body}
