"""How the questions of a form stand on a student's phone: their own choice, else the service's."""

from sqlmodel import col

from student_portal.foundation.prepared import Columns, columns, prepared
from student_portal.measures.models import FormLayout, FormPreference
from student_portal.settings import queries as settings


def layout_for(person_id: str) -> FormLayout:
    """The layout in which this student fills in forms."""
    chosen = next((layout for (layout,) in _chosen(person_id=person_id)), None)
    return FormLayout(chosen or settings.current().form_layout)


@prepared
def _chosen(person_id: str) -> Columns:
    return columns(FormPreference.layout).where(col(FormPreference.person_id) == person_id)
