"""The blueprint of the student's own pages."""

from flask import Blueprint

from student_portal.access import queries as access
from student_portal.access.queries import Viewer

blueprint = Blueprint("home", "student_portal.home")


def student() -> tuple[Viewer, str]:
    """Who is signed in, and their person id."""
    viewer = access.current()
    return viewer, str(viewer.person_id)
