"""How the questions of a form stand on a student's phone: their own choice, else the service's."""

from sqlmodel import select

from student_portal.foundation import db
from student_portal.measures.models import FormLayout, FormPreference
from student_portal.settings import queries as settings


def layout_for(person_id: str) -> FormLayout:
    """The layout in which this student fills in forms."""
    with db.read() as unit:
        theirs = select(FormPreference.layout).where(FormPreference.person_id == person_id)
        chosen = unit.exec(theirs).first()
    return FormLayout(chosen or settings.current().form_layout)
