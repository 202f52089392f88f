"""Whether a student who is being added is here already."""

from datetime import date

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Found
from student_portal.foundation import crypto, ids
from student_portal.referral import queries as referral


def same_person(viewer: Viewer, name: str, born: date) -> list[Found]:
    """Students of this name and birthday whom the viewer may open."""
    return [one for one in accounts.find_student(viewer, name) if accounts.born_of(viewer, one.id) == born]


def added_with(viewer: Viewer, key: str) -> str | None:
    """The student whom this viewer added with this key before: the same page, pressed again."""
    return referral.taken_on_with(own_key(viewer, key))


def own_key(viewer: Viewer, key: str) -> str:
    """A colleague who pastes the same row means a student of their own."""
    return crypto.blind(f"{viewer.person_id}\n{key}", purpose="added student").hex()[: ids.LENGTH]
