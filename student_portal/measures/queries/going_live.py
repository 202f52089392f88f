"""What of the forms still keeps a service from going live; a page for the manager gathers these."""

from student_portal.foundation.i18n import later as _
from student_portal.measures.models import FormLayout
from student_portal.settings import queries as settings


def go_live_blockers() -> list[str]:
    """A sentence for each thing a person must settle first; the page that shows it translates it."""
    decided = settings.current()
    asked = decided.layout_asked_by and decided.layout_asked_on
    holds = {
        _("Nobody has compared the words of the forms with the official ones, letter by letter."): (
            decided.wording_compared_by and decided.wording_compared_on
        ),
        _(
            "All questions stand on one page, and nobody wrote down who asked the copyright holder, and when."
        ): (asked or decided.form_layout == FormLayout.ONE),
    }
    return [sentence for sentence, settled in holds.items() if not settled]
