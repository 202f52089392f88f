"""What is known of forms: where each stands, the student's own open one, what was sent, and what follows."""

from student_portal.measures.models import DeclineReason, FormLayout
from student_portal.measures.queries.after import AfterSend, Reading, after_send, hides_numbers
from student_portal.measures.queries.entering import Entry, entry
from student_portal.measures.queries.filling import Change, Form, Given, own_form, own_session
from student_portal.measures.queries.going_live import go_live_blockers
from student_portal.measures.queries.manner import Manner, ResponseMode, manners_of
from student_portal.measures.queries.pace import Pace, pace
from student_portal.measures.queries.reading import Line, ResponseWords, response, responses_in
from student_portal.measures.queries.scores import StoredScore
from student_portal.measures.queries.sent import LINE, SentForm, Version, scores_for_episode, scores_in
from student_portal.measures.queries.standing import FormState, Stage, form_not_sent, form_state
from student_portal.measures.queries.standings import form_states
from student_portal.measures.queries.talked import Talked, talked_about, to_talk_about
from student_portal.measures.queries.talking import (
    LONGEST_TALK,
    Talk,
    talking_point,
    talks_for,
    writable_until,
)
from student_portal.measures.queries.who_reads import who_reads
from student_portal.measures.window import Window

__all__ = [
    "LINE", "LONGEST_TALK", "AfterSend", "Change", "DeclineReason", "Entry", "Form", "FormLayout",
    "FormState", "Given", "Line", "Manner", "Pace", "Reading", "ResponseMode", "ResponseWords", "SentForm",
    "Stage", "StoredScore", "Talk", "Talked", "Version", "Window", "after_send", "entry", "form_not_sent",
    "form_state", "form_states", "go_live_blockers", "hides_numbers", "manners_of", "own_form", "own_session",
    "pace", "response", "responses_in", "scores_for_episode", "scores_in", "talked_about",
    "talking_point", "talks_for", "to_talk_about", "who_reads", "writable_until",
]  # fmt: skip
