"""What is wrong with a box or a cell about a new student, as a sentence that says what to do."""

from student_portal.caseload.rows import LONGEST, MOST, Wrong
from student_portal.foundation.i18n import gettext as _


def slip_words(slip: Wrong) -> str:
    """Without the row: the page says that beside it."""
    words = {
        "empty": _("Paste the row with the names of the columns and at least one more"),
        "unknown_column": _(
            "“%(column)s” is not a column that can be taken over. Remove it", column=slip.column
        ),
        "missing_column": _("The column “%(column)s” is missing", column=slip.column),
        "twice": _("The column “%(column)s” stands there twice", column=slip.column),
        "too_many": _("Paste at most %(n)s students at once", n=MOST),
        "too_wide": _("There are more cells than columns. Put quotation marks round words with a comma"),
        "missing": _missing(slip.column),
        "long": _("Use at most %(n)s characters", n=LONGEST.get(slip.column, 0)),
        "year": _("Check the year. It should be the year they were born"),
        "day": _("Write the date like 14/5/2005"),
        "address": _("Check it. A mobile number looks like 07700 900142, an address like name@example.com"),
        "yes_no": _("Write yes or no, or leave it empty"),
        "past": _("Only sessions before today. Dates to come are booked on the student’s page"),
        "order": _("The dates must follow the numbers of the sessions"),
        "repeated": _("The same name and birthday stand there twice"),
    }
    return str(words[slip.code])


def _missing(column: str) -> str:
    words = {
        "name": _("Enter what they want to be called"),
        "born": _("Enter the date of birth"),
        "university": _("Enter where they study"),
    }
    return str(words.get(column, ""))
