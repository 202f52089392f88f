"""What is known of forms: where each stands, the student's own open one, and what was sent."""

from student_portal.measures.queries.filling import Form, Given, own_form, own_session
from student_portal.measures.queries.reading import Line, ResponseWords, response
from student_portal.measures.queries.sent import SentForm, StoredScore, scores_for_episode
from student_portal.measures.queries.standing import FormState, Stage, form_not_sent, form_state
from student_portal.measures.window import Window

__all__ = [
    "Form", "FormState", "Given", "Line", "ResponseWords", "SentForm", "Stage", "StoredScore", "Window",
    "form_not_sent", "form_state", "own_form", "own_session", "response", "scores_for_episode",
]  # fmt: skip
