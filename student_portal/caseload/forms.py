"""What staff write about a student, and type to find one. What was typed stays, whatever keeps it from being
saved.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from student_portal.caseload.queries import LONGEST_NAME, LONGEST_NOTE, LONGEST_ROW, About, Note
from student_portal.caseload.rows import ALLOWED
from student_portal.foundation.forms import PortalForm, digits, six_digits, tidy, tidy_lines
from student_portal.foundation.i18n import gettext as _

ROW_FITS = Length(max=LONGEST_ROW, message=_l("Use at most 300 characters."))
PERMITTED = [SelectChoice("yes", _l("They said yes")), SelectChoice("no", _l("They said no"))]
COLUMNS = frozenset(column.replace(" ", "_") for column in ALLOWED)
NOTE_FITS = Length(max=LONGEST_NOTE, message=_l("Use at most 2,000 characters."))


class AboutForm(PortalForm):
    """What a student is called, and the rows about them, each of which may be empty.

    How long a new name may be is judged by `service.describe`, which knows the one that stands.
    """

    name = StringField(_l("Name"), [DataRequired(_l("Enter what they want to be called"))], filters=[tidy])
    pronouns = StringField(_l("Pronouns"), [ROW_FITS], filters=[tidy])
    access_needs = TextAreaField(_l("Access needs"), [ROW_FITS], filters=[tidy_lines])
    safe_contact = TextAreaField(_l("Getting in touch safely"), [ROW_FITS], filters=[tidy_lines])
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version of the rows that were on the page."""
        return number(self.version)

    def refuse_name(self, code: str) -> None:
        """Show next to the name what one may be, or why it must stay."""
        words = _("Use at least one letter and at most %(n)s characters", n=LONGEST_NAME)
        if code == "shared":
            words = _("Another record has the same birthday and the same number or address. Only the name "
                      "tells the two apart, so it cannot be changed here")  # fmt: skip
        self.name.errors = [*self.name.errors, words]


class NoteForm(PortalForm):
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


class FindForm(PortalForm):
    """One box for a name, a reference, a number or an e-mail. It is posted, so that no address holds it."""

    words = StringField(
        _l("Find a student"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Enter a name, a reference, a phone number or an e-mail address")),
            Length(max=120, message=_l("Enter 120 letters or fewer")),
        ],
    )


class AddForm(PortalForm):
    """A student who is in therapy already. What each box may hold is judged by `rows.student`."""

    key = HiddenField()
    name = StringField(_l("What they want to be called"), filters=[tidy])
    born = StringField(_l("Date of birth"), filters=[tidy])
    university = StringField(_l("University or college"), filters=[tidy])
    phone = StringField(_l("Mobile number, if they want texts or codes there"), filters=[tidy])
    email = StringField(_l("E-mail address, if they want e-mails or codes there"), filters=[tidy])
    safe = StringField(_l("When these are safe to use, in their words"), filters=[tidy])
    forms = RadioField(_l("Forms on their own phone"), choices=PERMITTED, validators=[Optional()])
    texts = RadioField(_l("Texts to this number"), choices=PERMITTED, validators=[Optional()])
    emails = RadioField(_l("E-mails to this address"), choices=PERMITTED, validators=[Optional()])
    session_1 = StringField(_l("Session 1"), filters=[tidy])
    session_2 = StringField(_l("Session 2"), filters=[tidy])
    session_3 = StringField(_l("Session 3"), filters=[tidy])
    session_4 = StringField(_l("Session 4"), filters=[tidy])
    session_5 = StringField(_l("Session 5"), filters=[tidy])
    session_6 = StringField(_l("Session 6"), filters=[tidy])
    another = BooleanField(_l("This is another person of that name and birthday"))

    @property
    def sessions(self) -> list[StringField]:
        return [self[f"session_{number}"] for number in range(1, 7)]

    @property
    def row(self) -> dict[str, str]:
        """The boxes as the columns of a spreadsheet are named."""
        boxes = (field for field in self if isinstance(field, StringField | RadioField))
        return {field.name.replace("_", " "): field.data or "" for field in boxes if field.name in COLUMNS}


class PasteForm(PortalForm):
    """Rows of a spreadsheet. `shown` is the mark of the rows that were read back to the therapist."""

    rows = TextAreaField(_l("Rows of your spreadsheet, with the names of the columns first"))
    shown = HiddenField()


class ReportsForm(PortalForm):
    """One's own six digits, before the reports of many students."""

    code = StringField(
        _l("Six digits from your authenticator"),
        filters=[digits],
        validators=[DataRequired(_l("Write the six digits from your authenticator")), six_digits],
    )

    def refuse(self, sentence: str) -> None:
        """Show this sentence next to the field."""
        self.code.errors = [*self.code.errors, sentence]


def about_form(name: str, about: About) -> AboutForm:
    """The name and the rows as they stand, ready to be changed."""
    return AboutForm(
        data={
            "name": name,
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
