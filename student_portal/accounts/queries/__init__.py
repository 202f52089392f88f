"""People as others read them, and links, codes and PINs as they stand."""

from student_portal.accounts.models import CodePurpose
from student_portal.accounts.queries.going_live import go_live_blockers
from student_portal.accounts.queries.locked_words import KEPT_FOR, locked_words, owner_of
from student_portal.accounts.queries.people import (
    Contact,
    Found,
    Preferences,
    Staff,
    address_of,
    born_of,
    channels,
    contact,
    contacts,
    email_mark,
    find_student,
    found,
    is_alive,
    name_of,
    name_words,
    names_of,
    preferences,
    staff,
    staff_first_name,
    staff_name,
    staff_names,
    therapists,
    word_mark,
)
from student_portal.accounts.queries.proofs import (
    LinkFacts,
    PinFacts,
    asks_pin,
    code_is_live,
    find_link,
    holders,
    holders_of_mark,
    is_live,
    is_open,
    link_facts,
    pin,
    same_student,
)
from student_portal.accounts.queries.reach import has_left, staff_address, staff_channels, staff_phone
from student_portal.accounts.queries.tries import BORN, NUMBERS, is_resting, rests, wrong_tries

__all__ = [
    "BORN", "KEPT_FOR", "NUMBERS", "CodePurpose", "Contact", "Found", "LinkFacts", "PinFacts",
    "Preferences", "Staff", "address_of", "asks_pin", "born_of", "channels", "code_is_live", "contact",
    "contacts", "email_mark", "find_link", "find_student", "found", "go_live_blockers", "has_left", "holders",
    "holders_of_mark", "is_alive", "is_live", "is_open", "is_resting", "link_facts", "locked_words",
    "name_of", "name_words", "names_of", "owner_of", "pin", "preferences", "rests", "same_student",
    "staff", "staff_address", "staff_channels", "staff_first_name", "staff_name", "staff_names",
    "staff_phone", "therapists", "word_mark", "wrong_tries",
]  # fmt: skip
