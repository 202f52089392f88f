"""The service, and each change of one of its settings."""

from datetime import datetime
from typing import Any

from student_portal.foundation.columns import Declare, Keep, Row

service = Declare(keep=Keep.SERVICE, readers="all staff")


class Service(Row, table=True):
    """One service that runs on this portal. Every row about a person carries its id."""

    id: str = service.key()
    created_at: datetime = service.moment("when it was set up")


class SettingChange(Row, table=True):
    """One decision. The newest for a key is in force; without one, the catalogue's default is."""

    id: str = service.key()
    service_id: str = service.ref("service.id", "whose setting it is")
    key: str = service.text("which setting, as in the catalogue", length=60)
    value: Any = service.document("what it is set to")
    at: datetime = service.moment("since when")
    by: str | None = service.mark("who decided", null=True)
    reason: str = service.text("why", length=300, default="")
