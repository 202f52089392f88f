"""A contact as a person sees it, whether it comes from the database, a draft or the floor."""

import re
from dataclasses import dataclass

from student_portal.signposting.models import ENGLISH, Way
from student_portal.signposting.opening import Hours, Opening


@dataclass(frozen=True)
class Shown:
    """One way to get help. `href` is made from the visible target, so the two cannot differ.

    `who_answers` and `takes` (how long it takes) may be empty in what was written before they were asked for;
    `for_whom` is empty for everybody.
    """

    name: str
    way: Way
    target: str
    opening: Opening
    cost: str
    what_happens: str
    who_answers: str = ""
    takes: str = ""
    for_whom: str = ""
    language: str = ENGLISH
    hours: Hours | None = None  # None: day and night

    @property
    def href(self) -> str:
        return link(self.way, self.target)


def link(way: Way, target: str) -> str:
    """The tel:, sms: or https: address behind a visible number or address."""
    if way is Way.WEB:
        return target
    digits = re.sub(r"[^0-9+]", "", target)
    return f"{'sms' if way is Way.TEXT else 'tel'}:{digits}"
