"""What every service begins with, demo or live: its programme, the six institutions, unchecked contacts."""

from datetime import datetime

from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import db
from student_portal.institutions import service as institutions
from student_portal.settings import queries as settings
from student_portal.settings import service as setting_up
from student_portal.signposting import service as signposting


def first_time(*, at: datetime) -> bool:
    """Set the service up if it is not yet; gives whether this was the first time."""
    with db.write():
        if _is_set_up():
            return False
        by = machine(setting_up.set_up(at=at))
        episodes.set_up_programme(by=by, at=at)
        places = institutions.add_partners(by=by, at=at)
        signposting.publish_starting(organisations=places, by=by, at=at)
        return True


def _is_set_up() -> bool:
    try:
        settings.service_id()
    except LookupError:
        return False
    return True
