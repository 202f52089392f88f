"""The ledger of what each student decided, purpose by purpose."""

from datetime import datetime
from enum import StrEnum

from student_portal.foundation.columns import Declare, Keep, Row

ledger = Declare(keep=Keep.LEDGER, readers="care team; the student")


class Scope(StrEnum):
    """What a permission is for (service.md 3.2). Those of later rooms are added when they are asked for."""

    SERVICE = "service"  # be contacted, assessed and offered therapy
    DIGITAL_FORMS = "digital_forms"  # fill in forms on this phone
    SMS = "sms"
    EMAIL = "email"


class Decision(StrEnum):
    GIVEN = "given"
    NOT_GIVEN = "not_given"  # asked, and answered no
    WITHDRAWN = "withdrawn"


class ConsentDecision(Row, table=True):
    """One decision by one student. Rows are only added; the newest for a scope and recipient counts."""

    id: str = ledger.key()
    service_id: str = ledger.ref("service.id", "in which service", index=False)
    person_id: str = ledger.ref("person.id", "who decided")
    scope: Scope = ledger.choice(Scope, "about what", index=True)
    recipient: str = ledger.text("towards whom: an organisation's id, or empty for the team", length=26)
    decision: Decision = ledger.choice(Decision, "what")
    text_version: str = ledger.text("the version of the words they were shown", length=20)
    language: str = ledger.text("in which language", length=12)
    at: datetime = ledger.moment("when")
    by: str | None = ledger.mark("who entered it: the student, or staff as told", null=True)
    channel: str = ledger.text("how: portal, spoken, text", length=20)
