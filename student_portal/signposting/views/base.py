"""What the staff's pages about contacts and written pages share: the blueprint, and who may do what."""

from flask import Blueprint

from student_portal.access import queries as access
from student_portal.access.queries import Role

blueprint = Blueprint("signposting", "student_portal.signposting")

EDITORS = (Role.ADMIN,)
DECIDERS = (Role.ADMIN, Role.MANAGER)  # any of them but the one who wrote it
READERS = (Role.ADMIN, Role.MANAGER, Role.THERAPIST, Role.LIAISON)


def is_editor() -> bool:
    return access.current().role in EDITORS
