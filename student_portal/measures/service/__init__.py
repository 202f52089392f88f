"""The verbs of a form: open, save one answer, decline, send, change what was sent; enter one from paper; lend
a device for one; what follows Send; and destroying what was never sent.
"""

from student_portal.measures.service.amending import begin_change
from student_portal.measures.service.entering import enter
from student_portal.measures.service.filling import Saved, decline, open_form, save_answer, save_answers
from student_portal.measures.service.lending import lend
from student_portal.measures.service.preferences import choose_layout, hide_numbers
from student_portal.measures.service.purge import destroy_unsent
from student_portal.measures.service.reading import record_readings
from student_portal.measures.service.sending import send
from student_portal.measures.service.talked import say_talked_about
from student_portal.measures.service.talking import save_talking_point, take_back_talking_point

__all__ = [
    "Saved", "begin_change", "choose_layout", "decline", "destroy_unsent", "enter", "hide_numbers", "lend",
    "open_form", "record_readings", "save_answer", "save_answers", "save_talking_point",
    "say_talked_about", "send", "take_back_talking_point",
]  # fmt: skip
