"""The verbs of this room, gathered in one door; each file here holds one subject."""

from student_portal.accounts.models import CodePurpose
from student_portal.accounts.service.codes import ask_code, check_code, draw_digits
from student_portal.accounts.service.lending import lend, sign_out_student, step_up, take_back
from student_portal.accounts.service.limits import count_try
from student_portal.accounts.service.links import end_links, end_links_of, make_link, redate_links
from student_portal.accounts.service.locked_words import destroy_old_words, drop_words, keep_words
from student_portal.accounts.service.people import (
    add_student,
    create_staff,
    create_student,
    rename_student,
)
from student_portal.accounts.service.pins import remove_own_pin, remove_pin, set_pin
from student_portal.accounts.service.proof import Said, prove_by_code, prove_by_link
from student_portal.accounts.service.reach import close_staff, set_staff_phone
from student_portal.accounts.service.sessions import (
    behind_lock,
    end_all,
    end_session,
    start_session,
    viewer_from,
)
from student_portal.accounts.service.staff import sign_in_staff

__all__ = [
    "CodePurpose",
    "Said",
    "add_student",
    "ask_code",
    "behind_lock",
    "check_code",
    "close_staff",
    "count_try",
    "create_staff",
    "create_student",
    "destroy_old_words",
    "draw_digits",
    "drop_words",
    "end_all",
    "end_links",
    "end_links_of",
    "end_session",
    "keep_words",
    "lend",
    "make_link",
    "prove_by_code",
    "prove_by_link",
    "redate_links",
    "remove_own_pin",
    "remove_pin",
    "rename_student",
    "set_pin",
    "set_staff_phone",
    "sign_in_staff",
    "sign_out_student",
    "start_session",
    "step_up",
    "take_back",
    "viewer_from",
]
