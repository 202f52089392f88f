"""The words of each permission. A new wording gets a new version; the ledger keeps which one was shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from student_portal.consent.models import Scope
from student_portal.foundation.i18n import later


@dataclass(frozen=True)
class ConsentText:
    """One permission in words, to be put through gettext where it is shown.

    `title` may hold %(address)s. `declined` says what happens without it, `stops` what withdrawing does.
    """

    version: str
    title: str
    what: str
    declined: str
    stops: str


TEXTS: Mapping[Scope, ConsentText] = {
    Scope.SERVICE: ConsentText(
        version="1",
        title=later("Hear from the team and be offered sessions"),
        what=later("A person reads what you sent, gets in touch and plans sessions with you."),
        declined=later("we keep what you sent, and nobody gets in touch. You can give it any time."),
        stops=later("your sessions to come are cancelled, and one person gets in touch once."),
    ),
    Scope.DIGITAL_FORMS: ConsentText(
        version="1",
        title=later("Fill in forms on this phone"),
        what=later("You answer before each session, in your own time."),
        declined=later("nothing changes in your sessions. You can do the forms with your therapist."),
        stops=later("links to forms close. You can do them with your therapist instead."),
    ),
    Scope.SMS: ConsentText(
        version="1",
        title=later("Texts to %(address)s"),
        what=later("Short reminders. They never say what they are about."),
        declined=later("we send no texts. Your sessions carry on, and your dates are on this page."),
        stops=later("we send no more texts, even ones already waiting. Your sessions carry on."),
    ),
    Scope.EMAIL: ConsentText(
        version="1",
        title=later("E-mails to %(address)s"),
        what=later("Short reminders. They never say what they are about."),
        declined=later("we send no e-mails. Your sessions carry on, and your dates are on this page."),
        stops=later("we send no more e-mails, even ones already waiting. Your sessions carry on."),
    ),
}
