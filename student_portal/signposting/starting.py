"""Contacts that come with the software, each marked as never checked by a person.

They are a starting point for an admin, not facts to rely on: numbers and hours change. Lines that the
sources call superseded or could not confirm are left out.
"""

from student_portal.signposting.models import Way
from student_portal.signposting.queries import Content

EVERYBODY = (
    Content(
        Way.TEXT,
        "Shout",
        "85258",
        None,
        "Free",
        "Send any word to start. A trained volunteer texts back, often in a few minutes. It can take longer "
        "late at night. You can stop when you like.",
        "",
        None,
    ),
    Content(
        Way.CALL,
        "Samaritans",
        "116 123",
        None,
        "Free",
        "A volunteer answers and listens. You do not have to give your name or know what to say.",
        "",
        None,
    ),
    Content(
        Way.CALL,
        "Papyrus HOPELINE247",
        "0800 068 4141",
        None,
        "Free",
        "For people under 35. A trained adviser talks with you about how to stay safe right now.",
        "",
        None,
    ),
    Content(
        Way.WEB,
        "111 online",
        "https://111.nhs.uk",
        None,
        "",
        "Answer questions on screen and get told where to go. There is a sign language service too.",
        "",
        None,
    ),
)
_OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
BY_UNIVERSITY = {
    "University of Liverpool": Content(
        Way.CALL,
        "Campus Support",
        "0151 794 2222",
        None,
        "",
        "For help on campus, at any hour. Off campus and in danger, call 999.",
        "",
        None,
    ),
    "Liverpool Institute for Performing Arts": Content(
        Way.CALL,
        "Wellbeing team",
        "0151 330 3013",
        _OFFICE,
        "",
        "To talk about what comes next, in office hours.",
        "",
        None,
    ),
}
