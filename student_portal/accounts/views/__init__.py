"""The doors: `code` for students (code, link, date of birth), `blueprint` for staff."""

from student_portal.accounts.views import forgotten, lending, link, locked, pin, proof, reach, signing_in
from student_portal.accounts.views.base import code
from student_portal.accounts.views.staff import blueprint

__all__ = [
    "blueprint",
    "code",
    "forgotten",
    "lending",
    "link",
    "locked",
    "pin",
    "proof",
    "reach",
    "signing_in",
]
