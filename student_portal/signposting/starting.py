"""Contacts that come with the software, each marked as never checked by a person.

They are a starting point for an admin, not facts to rely on: numbers and hours change. Lines that the
sources call superseded or could not confirm are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from student_portal.signposting.models import Way
from student_portal.signposting.queries import Content


def starting(organisations: Mapping[str, str]) -> Iterator[Content]:
    """Those for everybody, then those of the universities; `organisations` gives their ids by name."""
    yield from _EVERYBODY
    for name, content in _BY_UNIVERSITY.items():
        if name in organisations:
            yield replace(content, organisation_id=organisations[name])


_EVERYBODY = (
    Content(
        way=Way.TEXT,
        name="Shout",
        target="85258",
        hours=None,
        cost="Free",
        what_happens="Send any word to start. You text each other for a while. You can stop when you like.",
        who_answers="Trained volunteers",
        takes="Often a few minutes until somebody answers, longer late at night",
        for_whom="",
    ),
    Content(
        way=Way.CALL,
        name="Samaritans",
        target="116 123",
        hours=None,
        cost="Free",
        what_happens="Somebody answers and listens. You do not have to give your name or know what to say.",
        who_answers="Trained volunteers",
        takes="It can ring for a while. Then as long as you want to talk",
        for_whom="",
    ),
    Content(
        way=Way.CALL,
        name="Papyrus HOPELINE247",
        target="0800 068 4141",
        hours=None,
        cost="Free",
        what_happens="Somebody talks with you about how to stay safe right now.",
        who_answers="Trained advisers",
        takes="It can ring for a while. You can end the call at any time",
        for_whom="People under 35, and anyone worried about them",
    ),
    Content(
        way=Way.WEB,
        name="111 online",
        target="https://111.nhs.uk",
        hours=None,
        cost="Free",
        what_happens="Answer questions on screen and get told where to go. There is sign language too.",
        who_answers="Nobody talks with you at first: you answer questions on a screen",
        takes="A few minutes",
        for_whom="",
    ),
)
_OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
_BY_UNIVERSITY = {
    "University of Liverpool": Content(
        way=Way.CALL,
        name="Campus Support",
        target="0151 794 2222",
        hours=None,
        cost="",
        what_happens="For help on campus, at any hour. Off campus and in danger, call 999.",
        who_answers="Campus Support staff",
        takes="You can end the call at any time",
        for_whom="Anyone on campus",
    ),
    "Liverpool Institute for Performing Arts": Content(
        way=Way.CALL,
        name="Wellbeing team",
        target="0151 330 3013",
        hours=_OFFICE,
        cost="",
        what_happens="To talk about what comes next, in office hours.",
        who_answers="The wellbeing team",
        takes="You can end the call at any time",
        for_whom="",
    ),
}
