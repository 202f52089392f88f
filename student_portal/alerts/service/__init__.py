"""The verbs of this room, gathered in one door; each file here holds one subject."""

from student_portal.alerts.queries import AnswerFacts, Said
from student_portal.alerts.service.asking import ask_to_talk, take_back, will_talk
from student_portal.alerts.service.escalating import escalate
from student_portal.alerts.service.missing import note_missed
from student_portal.alerts.service.owning import hand_over, keep_owned
from student_portal.alerts.service.raising import change_alert, raise_alert
from student_portal.alerts.service.reading import acknowledge, act
from student_portal.alerts.service.standing_in import end_stand_ins
from student_portal.alerts.service.tasks import claim, done, pass_on
from student_portal.alerts.service.watching import beat, watch

__all__ = [
    "AnswerFacts", "Said", "acknowledge", "act", "ask_to_talk", "beat", "change_alert", "claim", "done",
    "end_stand_ins", "escalate", "hand_over", "keep_owned", "note_missed", "pass_on", "raise_alert",
    "take_back", "watch", "will_talk",
]  # fmt: skip
