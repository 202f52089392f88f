"""What staff write about a student, and type to find one. What was typed stays, whatever keeps it from being
saved.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from student_portal.caseload.queries import LONGEST_NOTE, LONGEST_ROW, About, Note
from student_portal.foundation.forms import tidy, tidy_lines

ROW_FITS = Length(max=LONGEST_ROW, message=_l("Use at most 300 characters."))
NOTE_FITS = Length(max=LONGEST_NOTE, message=_l("Use at most 2,000 characters."))


class AboutForm(FlaskForm):
    """The rows about a student; each may be empty."""

    pronouns = StringField(_l("Pronouns"), [ROW_FITS], filters=[tidy])
    access_needs = TextAreaField(_l("Access needs"), [ROW_FITS], filters=[tidy_lines])
    safe_contact = TextAreaField(_l("Getting in touch safely"), [ROW_FITS], filters=[tidy_lines])
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the rows that were on the page."""
        return number(self.version)


class NoteForm(FlaskForm):
    """A session's note. `version` is that of the note on the page, `draft` that of the reader's own draft."""

    formulation = TextAreaField(_l("Formulation"), [NOTE_FITS], filters=[tidy_lines])
    plan = TextAreaField(_l("Plan"), [NOTE_FITS], filters=[tidy_lines])
    version = HiddenField()
    draft = HiddenField()

    @property
    def seen(self) -> int:
        return number(self.version)

    @property
    def seen_draft(self) -> int:
        return number(self.draft)

    @property
    def words(self) -> dict[str, str]:
        """Both halves as a verb takes them."""
        return {"formulation": self.formulation.data, "plan": self.plan.data}


class FindForm(FlaskForm):
    """One box for a name, a reference, a number or an e-mail. It is posted, so that no address holds it."""

    words = StringField(
        _l("Find a student"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Enter a name, a reference, a phone number or an e-mail address")),
            Length(max=120, message=_l("Enter 120 letters or fewer")),
        ],
    )


def about_form(about: About) -> AboutForm:
    """The rows as they stand, ready to be changed."""
    return AboutForm(
        data={
            "pronouns": about.pronouns,
            "access_needs": about.access_needs,
            "safe_contact": about.safe_contact,
            "version": about.version,
        }
    )


def note_form(note: Note) -> NoteForm:
    """What this person typed last, else the note as it stands; the newest version stands beside it."""
    begun = note.draft or note.newest
    return NoteForm(
        data={
            "formulation": begun.formulation if begun else "",
            "plan": begun.plan if begun else "",
            "version": note.version,
            "draft": note.draft.version if note.draft else 0,
        }
    )


def number(field: Any) -> int:
    """A version from a hidden field; -1, which none ever has, where the page did not say."""
    given = field.data or ""
    return int(given) if str(given).isdecimal() and len(str(given)) < 10 else -1
